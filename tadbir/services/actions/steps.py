"""Facts of the other regimes that an officer records as they happen, each allowed or refused by the law."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.services import papers
from tadbir.services.notices import tell

#: What may be recorded so, by regime. Every other fact has a verb of its own, with its paper and its notice.
STEPS: dict[str, tuple[str, ...]] = {
    "55-19": ("governor_invited", "court_seised", "grievance_filed", "grievance_answered"),
    "31-13": ("acknowledged", "extension_notified", "cdai_seised", "cdai_answered", "court_seised"),
    "09-08": ("acknowledged", "rectified", "access_given", "court_seised"),
    "complaint": ("acknowledged", "defect_notified"),
    "petition": ("bureau_accepted", "bureau_refused", "put_on_agenda", "court_seised"),
    "council-commitment": ("grievance_filed", "grievance_answered", "court_seised"),
}
#: Steps that the law wants reasoned.
REASONED = frozenset({"extension_notified", "defect_notified", "bureau_refused"})
#: Letters that bind the person from the day they leave: they cannot bear an earlier date.
LEAVES_TODAY = frozenset({"extension_notified", "defect_notified"})
#: Steps of which the person is told by letter, and the wording of the message that goes with it.
TOLD = {"extension_notified": "extended", "defect_notified": "defect_notified", "bureau_accepted": "bureau_accepted"}


@transaction.atomic
def record_step(dossier: Dossier, person: Person, kind: str, on: date | None, note: str = "") -> Fact:
    """Record one step of the dossier's regime. Raises Refused with the law's reasons, ValidationError otherwise."""
    dossiers.require_work(person, dossier)
    if kind not in STEPS.get(dossier.kind, ()):
        raise ValidationError(_("This step does not belong to this kind of dossier."))
    if kind in REASONED and not note.strip():
        raise ValidationError({"note": _("Give the reason: the law asks for it.")})
    if kind in LEAVES_TODAY and on is not None and on != today():
        raise ValidationError({"on": _("This letter leaves today: it cannot bear another date.")})
    private = {"reason": note.strip()} if note.strip() else None
    data = {"reasons": True} if kind == "extension_notified" else {}
    fact = dossiers.record(dossier, kind, at=None if on == today() else on, by=person, data=data, private=private)
    if kind in TOLD:
        papers.issue_question(dossier, fact, note, person)
        tell(dossier.applicant, TOLD[kind], dossier, key=f"{kind}:{fact.pk}")
    return fact
