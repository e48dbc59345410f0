"""The people that no notice reached: who, about what, by which ways, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils.models import Person
from tadbir.desk.matter import Waiting
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.notify.actions.queueing import BOUNCED, NO_ADDRESS, NO_PHONE, NOT_SET_UP
from tadbir.notify.models import Notice
from tadbir.notify.queries import unreached_people


@dataclass(frozen=True)
class Unreached:
    """One notice that reached nobody, with its dossier and each way that was tried."""

    notice: Notice
    dossier: Dossier
    tried: list[tuple[str, str, str]]  # channel, why not, what the machine said


def unreached(person: Person) -> QuerySet[Notice]:
    """The notices that reached nobody, of the dossiers this person may open."""
    visible = dossiers.visible_to(person)
    return unreached_people().filter(Exists(visible.filter(number=OuterRef("dossier_ref"))))


def waiting_to_be_told() -> list[Waiting]:
    """The dossiers whose person was not told something."""
    return [Waiting(unreached_people(), "dossier_ref")]


def with_dossiers(notices: Iterable[Notice]) -> list[Unreached]:
    """Notices with their dossiers, in one question."""
    rows = list(notices)
    named = {row.dossier_ref for row in rows}
    found = {one.number: one for one in Dossier.objects.filter(number__in=named).select_related("applicant", "unit")}
    return [Unreached(row, found[row.dossier_ref], _tried(row)) for row in rows]


#: What the office reads for what a machine said: by the beginning of it.
_SAID = (
    (("SMTPRecipientsRefused", "SMTPDataError"), gettext_lazy("The mail server refused this address.")),
    (("SMTP",), gettext_lazy("The council's mail server did not take it.")),
    (("GatewayError",), gettext_lazy("The modem did not take it.")),
    (("5.",), gettext_lazy("The letter came back: this address takes none.")),
)
_LINE = gettext_lazy("The council's mail server did not answer.")


def _tried(notice: Notice) -> list[tuple[str, str, str]]:
    """The ways that were tried: in words, and what the machine said, for whoever looks after it."""
    ways = [*notice.tried, [notice.channel, notice.error]]
    return [(str(Notice.Channel(channel).label), *_in_words(why)) for channel, why in ways]


def _in_words(why: str) -> tuple[str, str]:
    if why in (NO_PHONE, NO_ADDRESS, NOT_SET_UP, BOUNCED):
        return _(why), ""
    return str(next((words for begins, words in _SAID if why.startswith(begins)), _LINE)), why
