"""Facts of the other regimes that an officer records as they happen, each allowed or refused by the law."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk.actions.checks import meaning_of
from tadbir.desk.notices import tell
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.services import papers


@transaction.atomic
def record_step(dossier: Dossier, person: Person, kind: str, on: date | None, note: str = "") -> Fact:
    """Record one step of the dossier's regime. Raises Refused with the law's reasons, ValidationError otherwise."""
    dossiers.require_work(person, dossier)
    step = law.REGIMES[dossier.kind].facts.get(kind)
    if step is None or not step.step:
        raise ValidationError(_("This step does not belong to this kind of dossier."))
    if step.reasoned and not note.strip():
        raise ValidationError({"note": _("Give the reason: the law asks for it.")})
    if law.FACTS[kind].closes:
        meaning_of(note, "note")
    if step.leaves_today and on is not None and on != today():
        raise ValidationError({"on": _("This letter leaves today: it cannot bear another date.")})
    private = {"reason": note.strip()} if note.strip() else None
    data = {"reasons": True} if step.reasoned and "reasons" in law.FACTS[kind].keys else {}
    fact = dossiers.record(dossier, kind, at=None if on == today() else on, by=person, data=data, private=private)
    if step.told:
        papers.issue_question(dossier, fact, note, person)
        tell(dossier.applicant, step.told, dossier, key=f"{kind}:{fact.pk}")
    return fact
