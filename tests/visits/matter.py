"""What the visits of schools declare: everything that this domain brings to the house."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir import law
from tadbir.councils.rights import Right
from tadbir.desk.dossier import Desk
from tadbir.desk.matter import Item, Matter, Section
from tadbir.desk.verbs import Verb
from tadbir.dossiers.models import Dossier
from tests.visits import actions, queries
from tests.visits.forms import ConfirmForm
from tests.visits.papers import LETTER
from tests.visits.registers import VISITS


def _words(dossier: Dossier) -> tuple[str, str]:
    """A visit is found as what it is called, in both languages."""
    regime = law.REGIMES[queries.KIND]
    return regime.ar, regime.fr


def _who_comes(desk: Desk) -> Mapping[str, Any] | None:
    """How many come and when; nothing where the entry was corrected away."""
    asked, confirmed = desk.story.last("visit_asked"), desk.story.last("visit_confirmed")
    return {"asked": asked.data, "confirmed": confirmed.data if confirmed else None} if asked else None


MATTER = Matter(
    "visits",
    kinds=(queries.KIND,),
    law="tests.visits",
    wordings="tests.visits",
    sections=(Section("visit", "visits/section.html", _who_comes, "side", 30),),
    verbs=(
        Verb(
            "confirm-visit",
            _("Confirm the visit"),
            _("A letter says the day to the school, at once."),
            ConfirmForm,
            lambda desk, typed: actions.confirm_visit(desk.dossier, desk.person, typed["on"]),
            done=_("The visit is confirmed: the school was written to."),
            rank=10,
            right=Right.OVERSEE,
            fact="visit_confirmed",
        ),
    ),
    trays=(queries.TRAY,),
    menu=(Item("office-visits", _("Visits"), 35, Right.FILE_AT_COUNTER, "5"),),
    papers=(LETTER,),
    registers=(VISITS,),
    office="tests.visits.office_urls",
    public="tests.visits.public_urls",
    api="tests.visits.api",
    counter="office-visits",
    words=_words,
    on_fact={"visit_confirmed": actions.tell_school},
)
