"""An answer by e-mail needs an address, wherever it is asked for; a form promises only what the council can do."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tadbir.councils.models import Council
from tadbir.desk import actions as desk
from tadbir.dossiers.models import Dossier
from tadbir.notify import mail
from tadbir.procedures.actions import take_from_catalogue
from tadbir.procedures.models import Sheet
from tadbir.services import actions
from tadbir.services.forms.counter import CounterForm
from tadbir.services.forms.residents import TOLD, RequestForm
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan

ASKED = {
    "q_resolution": "مقرر رقم 12 بتاريخ 5 ماي 2026",
    "q_address": "حي السلام، الداخلة",
    "q_form": "email",
    "subject": "نسخة مقرر",
    "kind": "person",
    "name": "محمد العلوي",
    "language": "ar",
    "channel": "counter",
    "key": "k",
}
MAIL = "m.alaoui@example.ma"


@pytest.fixture
def copies(office: Office) -> Sheet:
    """The sheet of copies of resolutions, adopted: it asks in which form the person wants his copy."""
    taken = take_from_catalogue("resolution-copy", office.unit)
    told: dict[str, Any] = {"reference": "م 1/2026", "adopted_on": taken.updated_on, "delay_days": None}
    return at_once.adopt(office.president, taken, **told, cndp_reference="D-1/2026")


@pytest.mark.parametrize("form", [RequestForm, CounterForm], ids=["form", "counter"])
@pytest.mark.parametrize(
    ("way", "email", "refused"), [("email", "", True), ("email", MAIL, False), ("paper", "", False)]
)
def test_by_mail_needs_an_address(copies: Sheet, form: type[RequestForm], way: str, email: str, refused: bool) -> None:
    sent = form(copies, ASKED | {"q_form": way, "email": email})
    assert (("email" in sent.errors), sent.is_valid()) == (refused, not refused), sent.errors


def test_at_the_counter_the_page_says_it_beside_the_address(office: Office, copies: Sheet) -> None:
    client, page = sign_in(office.clerk), address(office.council, "office-counter-file", copies.code)
    refused = client.post(page, ASKED)
    assert (refused.status_code, Dossier.objects.exists()) == (422, False)
    assert "طلبتم الجواب بالبريد الإلكتروني" in refused.content.decode()
    assert client.post(page, ASKED | {"email": MAIL}).status_code == 302


def _asked_by_mail(copies: Sheet, way: str = "email") -> Dossier:
    sent = RequestForm(copies, ASKED | {"q_form": way, "email": MAIL})
    assert sent.is_valid(), sent.errors
    return actions.file_request(sent.to_filing(())).dossier


def test_the_address_of_who_asked_by_mail_is_not_emptied_without_a_word(office: Office, copies: Sheet) -> None:
    dossier, client = _asked_by_mail(copies), sign_in(office.clerk)
    page = address(office.council, "office-do", dossier.number, "put-right")
    typed = {"key": "a", "name": "محمد العلوي", "subject": "نسخة مقرر", "email": "", "reason": "العنوان ليس له"}
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert "طلب هذا الشخص الجواب بالبريد الإلكتروني" in refused.content.decode()
    with pytest.raises(ValidationError):
        desk.correct_particulars(dossier, office.clerk, {"email": ""}, "العنوان ليس له")
    dossier.refresh_from_db()
    assert dossier.applicant
    assert dossier.applicant.email == MAIL
    assert client.post(page, typed | {"key": "b", "email": "m2.alaoui@example.ma"}).status_code == 302
    assert client.post(page, typed | {"key": "c", "without_mail": "on"}).status_code == 302
    again = Dossier.objects.get(pk=dossier.pk).applicant
    assert again
    assert again.email == ""


def test_another_address_is_emptied_as_before(office: Office, copies: Sheet) -> None:
    dossier = _asked_by_mail(copies, "paper")
    shown = sign_in(office.clerk).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert 'name="without_mail"' not in shown
    fact = desk.correct_particulars(dossier, office.clerk, {"email": ""}, "العنوان ليس له")
    assert fact.data == {"what": ["email"]}


@pytest.mark.parametrize("texts", [True, False])
@pytest.mark.parametrize("mails", [True, False])
def test_the_form_promises_only_what_can_be_done(
    office: Office, settings: Any, tmp_path: Any, texts: bool, mails: bool
) -> None:
    settings.TEXT_GATEWAY = {"kind": "gammu", "folder": str(tmp_path)} if texts else {}
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = mail.SMTP, "smtp.example.ma" if mails else ""
    Council.objects.filter(pk=office.council.pk).update(settings={})
    office.council.settings = {}
    fields = RequestForm(adopted_loan(office)).fields
    told = {name: str(fields[name].help_text) for name in ("phone", "email")}
    assert (told["phone"] == str(TOLD), told["email"] == str(TOLD)) == (texts, mails)
    assert (bool(told["phone"]), bool(told["email"])) == (True, mails), "a telephone serves to be called"
