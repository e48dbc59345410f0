"""The writers of visits."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.models import Draft
from tadbir.councils.actions import require
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Unit
from tadbir.councils.rights import Right
from tadbir.desk.actions import write_letter
from tadbir.desk.notices import tell
from tadbir.desk.search import index_dossier
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact, Party
from tadbir.dossiers.queries import history
from tadbir.dossiers.story import Story
from tadbir.register.actions import keep_content, next_number
from tadbir.ui.dates import day_words
from tests.visits.queries import KIND


@transaction.atomic
def ask_visit(by: Person, unit: Unit, school: str, phone: str, pupils: int, on: date) -> Dossier:
    """Enter that a school asks to come. Raises PermissionDenied away from the counter."""
    require(by, Right.FILE_AT_COUNTER)
    dossier = dossiers.open_dossier(
        number=str(next_number("D", today().year)),
        kind=KIND,
        unit=unit,
        applicant=Party.objects.create(kind=Party.Kind.PUBLIC, name=school, phone=phone),
        request=keep_content({"subject": "", "answers": {}, "mandate": ""}),
        channel="counter",
    )
    dossiers.record(dossier, "visit_asked", by=by, source="counter", data={"pupils": pupils, "on": on.isoformat()})
    index_dossier(dossier, new=True)
    return dossier


@transaction.atomic
def confirm_visit(dossier: Dossier, person: Person, on: date) -> Draft:
    """Write the letter that confirms the day of a visit. Raises Refused once it is confirmed, ValidationError for a
    past day, PermissionDenied without the right."""
    require(person, Right.OVERSEE)
    dossiers.require_work(person, dossier)
    if on < today():
        raise ValidationError({"on": _("This day is past.")})
    dossier = dossiers.lock(dossier)
    asked = Story(list(history(dossier))).last("visit_asked")
    pupils = asked.data["pupils"] if asked else 0
    return write_letter(dossier, person, "visit_confirmed", data={"pupils": pupils, "on": on.isoformat()})


def tell_school(dossier: Dossier, fact: Fact) -> None:
    """Tell the school the day, in the transaction that confirms it."""
    day = day_words(date.fromisoformat(fact.data["on"]), dossier.language)
    tell(dossier.applicant, "visit_confirmed", dossier, key=f"visit_confirmed:{fact.pk}", day=day)
