"""What the services declare: requests of residents, from the phone or the counter."""

from django.utils.translation import gettext_lazy as _

from tadbir.councils.rights import Right
from tadbir.desk.added import ADDED
from tadbir.desk.followed import Followed
from tadbir.desk.matter import Beside, Follow, Item, Matter
from tadbir.dossiers.models import Dossier
from tadbir.services.actions.adding import tell_added
from tadbir.services.actions.appeals import FILED, tell_filed, tell_of_lapse
from tadbir.services.actions.drafts import discard_drafts_of
from tadbir.services.actions.steps import tell_of_letter, tell_of_step
from tadbir.services.actions.struck import give_new_receipt, put_receipts_right, tell_urgency
from tadbir.services.forms.residents import ResumeForm
from tadbir.services.papers import LETTERS
from tadbir.services.public.begun import close_begun
from tadbir.services.public.follow import shown
from tadbir.services.queries.counter import dossiers_of_paper
from tadbir.services.queries.follow import RequestView
from tadbir.services.registers import KINDS, RECEIPTS, REQUESTS
from tadbir.services.verbs import VERBS


def _state(followed: Followed) -> str:
    return RequestView(followed).state


def _without(dossier: Dossier) -> frozenset[str]:
    """The right of extension where the sheet provides for no expertise or inquiry (law 55-19, article 17)."""
    extendable = dossier.sheet is not None and dossier.sheet.parsed.extendable
    return frozenset() if extendable else frozenset({"PROC-EXTEND"})


MATTER = Matter(
    "services",
    kinds=KINDS,
    verbs=VERBS,
    menu=(
        Item("office-counter", _("Counter"), 20, Right.FILE_AT_COUNTER, "2", ("office-counter", "office-receipt")),
        Item("office-blocks", _("Paper receipts"), 60, Right.PRINT_BLOCKS, below=("office-block",)),
    ),
    letters=LETTERS,
    registers=(REQUESTS, RECEIPTS),
    wordings="tadbir.services",
    office="tadbir.services.office.urls",
    public="tadbir.services.public.urls",
    api="tadbir.services.api",
    follow=Follow("services/public/dossier.html", shown, _state),
    beside_follow=Beside("services/public/resume_code.html", ResumeForm, close_begun),
    counter="office-counter",
    numbered=dossiers_of_paper,
    on_fact={
        "lapsed": tell_of_lapse,
        "entry_corrected": put_receipts_right,
        "day_corrected": give_new_receipt,
        "urgency_corrected": tell_urgency,
        **dict.fromkeys(ADDED, tell_added),
        **dict.fromkeys(FILED, tell_filed),
        **dict.fromkeys(LETTERS, tell_of_step),
        "letter_signed": tell_of_letter,
    },
    without=_without,
    erase=discard_drafts_of,
)
