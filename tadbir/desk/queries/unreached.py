"""The people that no notice reached: who, about what, by which ways, and why; and those whom none can reach."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils.models import Person
from tadbir.desk.matter import Waiting
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.notify.models import Notice
from tadbir.notify.queries import can_leave, unreached_people
from tadbir.notify.reasons import BOUNCED, NO_ADDRESS, NO_CONTACT, NO_PHONE, NOT_SET_UP
from tadbir.notify.ways import Way, usable, ways_to


@dataclass(frozen=True)
class Unreached:
    """A person whom something did not reach: his dossier, and the notices that wait, the newest first."""

    dossier: Dossier
    notices: list[Notice]

    @property
    def tried(self) -> list[tuple[str, str, str]]:
        """Each way that was tried and why it failed, once: channel, why, what the machine said."""
        return list(dict.fromkeys(one for notice in self.notices for one in _tried(notice)))

    @property
    def may_leave(self) -> list[Notice]:
        """Those that may reach him when they are sent again as they are."""
        return [notice for notice in self.notices if can_leave(notice)]

    @property
    def other_way(self) -> Way | None:
        """Another way that he left by now and that was not tried."""
        party = self.dossier.applicant
        left = ways_to(party.phone, party.email) if party else []
        used = {notice.recipient for notice in self.notices}
        return next((Way(way.channel, way.address) for way in left if usable(way) and usable(way) not in used), None)


def unreached(person: Person) -> QuerySet[Notice]:
    """The notices that reached nobody, of the dossiers this person may open."""
    visible = dossiers.visible_to(person)
    return unreached_people().filter(Exists(visible.filter(number=OuterRef("dossier_ref"))))


def newest_of_each(person: Person) -> QuerySet[Notice]:
    """The newest notice of each dossier whose person was not told: one row a person."""
    newer = unreached_people().filter(dossier_ref=OuterRef("dossier_ref"), pk__gt=OuterRef("pk"))
    return unreached(person).exclude(Exists(newer))


def unreached_in(person: Person, number: str) -> Unreached | None:
    """What did not reach the person of a dossier; None where all did, or this agent may not open it."""
    return next(iter(with_dossiers(unreached(person).filter(dossier_ref=number))), None)


def waiting_to_be_told() -> list[Waiting]:
    """The dossiers whose person was not told something."""
    return [Waiting(unreached_people(), "dossier_ref")]


def all_of(newest: Iterable[Notice]) -> list[Unreached]:
    """Each person with all that did not reach him, in the order given; two questions."""
    numbers = [notice.dossier_ref for notice in newest]
    found = {one.dossier.number: one for one in with_dossiers(unreached_people().filter(dossier_ref__in=numbers))}
    return [found[number] for number in numbers if number in found]


def with_dossiers(notices: QuerySet[Notice]) -> list[Unreached]:
    """Notices with their dossiers, in two questions."""
    rows = list(notices.order_by("dossier_ref", "-pk"))
    named = Dossier.objects.filter(number__in={row.dossier_ref for row in rows}).select_related("applicant", "unit")
    found = {one.number: one for one in named} if rows else {}
    return [Unreached(found[number], list(own)) for number, own in groupby(rows, lambda row: row.dossier_ref)]


#: What the office reads for what a machine said: by the beginning of it.
_SAID = (
    (("SMTPRecipientsRefused", "SMTPDataError"), gettext_lazy("The mail server refused this address.")),
    (("SMTP",), gettext_lazy("The council's mail server did not take it.")),
    (("GatewayError",), gettext_lazy("The modem did not take it.")),
    (("5.",), gettext_lazy("The letter came back: this address takes none.")),
)
_NAMED = re.compile(r"^[A-Za-z]+: ")
_LINE = gettext_lazy("The council's mail server did not answer.")


def _tried(notice: Notice) -> list[tuple[str, str, str]]:
    """The ways that were tried: in words, and what the machine said, for whoever looks after it."""
    ways = [*notice.tried, [notice.channel, notice.error]]
    return [(str(Notice.Channel(channel).label) if channel else "", *_in_words(why)) for channel, why in ways]


def _in_words(why: str) -> tuple[str, str]:
    if why in (NO_PHONE, NO_ADDRESS, NO_CONTACT, NOT_SET_UP, BOUNCED):
        return _(why), ""
    return str(next((words for begins, words in _SAID if why.startswith(begins)), _LINE)), _NAMED.sub("", why)
