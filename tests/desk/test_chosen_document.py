"""A document that was chosen in a form of the office is not lost where the form is refused: it waits in it, by name."""

import hashlib
import io
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm
from django.test import Client
from PIL import Image

from tadbir.acts.actions import pdf_of
from tadbir.acts.models import Act, Scan
from tadbir.councils.clock import simulated
from tadbir.desk.forms.answer import NotifyForm, ScanForm, SignedScanForm, SignForm
from tadbir.desk.forms.keeping import KeepingForm
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tadbir.ledgers.forms import SignedPagesForm
from tadbir.ledgers.models import RegisterScan
from tadbir.register.models import StoredFile
from tadbir.services import actions
from tadbir.services.forms.residents import UploadForm
from tadbir.services.forms.verbs import AppealForm, SupplyForm, ToldForm, WithdrawForm, WithdrawRemedyForm
from tadbir.ui.forms import FileField
from tadbir.ui.gallery import Paper
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.desk.test_signing_folder import draft_of
from tests.factories import Office, adopted_loan, loan_filing


def _drawn() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(drawn, "PNG")
    return drawn.getvalue()


PICTURE = _drawn()
LATE = "2027-02-03 09:00"
SAID = {"key": "k", "how": "written", "on": "2027-02-03"}
WITHDRAWN = {"asked": "appeal", "reason": "لم يعد يريد هذا الطعن"}
#: Forms with a document that no page of the office draws, or that ask nothing else, with why.
OTHERWISE = {
    UploadForm: "a resident's: sent alone, kept at once in his draft or his dossier",
    ScanForm: "asks nothing but the document: nothing else refuses it",
    Paper: "the gallery of the pieces: nothing is sent",
}
#: Every other form: its page and who fills it, what is refused, what is wanting, and where the document goes.
Page = Callable[[Office, Dossier], str]


def _verb(code: str) -> Page:
    return lambda office, dossier: address(office.council, "office-do", dossier.number, code)


def _withdraw_remedy(office: Office, dossier: Dossier) -> str:
    actions.file_appeal(dossier, "لم أتوصل بأي جواب على طلبي", "a" * 32, filed="appeal_filed")
    return _verb("withdraw-remedy")(office, dossier)


def _sign(office: Office, dossier: Dossier) -> str:
    at_once.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.", "", "")
    return address(office.council, "office-answer-sign", dossier.number)


def _signed(name: str, means: str) -> Page:
    def page(office: Office, dossier: Dossier) -> str:
        _sign(office, dossier)
        signer = office.president if means == "session" else office.officer
        act = at_once.sign_outcome(draft_of(dossier), dossier, signer, office.president, means=means)
        return address(office.council, name, dossier.number, act.number)

    return page


def _pages(office: Office, _dossier: Dossier) -> str:
    (printed,) = at_once.print_register(office.director, "requests", at_once.Period(2026, "m12"))
    return address(office.council, "office-register-print", printed.act.number)


FORMS: dict[type[BaseForm], tuple[str, str, Page, dict[str, Any], dict[str, Any]]] = {
    AppealForm: (LATE, "clerk", _verb("appeal"), SAID | {"on": ""}, SAID),
    ToldForm: (LATE, "clerk", _verb("grievance"), SAID | {"on": ""}, SAID),
    WithdrawForm: (LATE, "clerk", _verb("withdraw"), SAID, SAID | {"reason": "لم يعد يحتاج إلى الخيام"}),
    WithdrawRemedyForm: (LATE, "clerk", _withdraw_remedy, SAID | {"asked": "appeal"}, SAID | WITHDRAWN),
    SupplyForm: ("", "clerk", _verb("supply"), {"key": "k", "requirement": ""}, {"key": "k", "requirement": "other"}),
    SignForm: (
        "",
        "officer",
        _sign,
        {"on": "", "means": "wet_ink", "signatory": "president"},
        {"on": "2026-12-01", "means": "wet_ink", "signatory": "president"},
    ),
    SignedScanForm: ("", "officer", _signed("office-answer-scan", "wet_ink"), {}, {"seen": "on"}),
    NotifyForm: (
        "",
        "officer",
        _signed("office-answer-notify", "session"),
        {"how": "in_hand", "on": "2026-12-01", "proof": ""},
        {"how": "in_hand", "on": "2026-12-01", "proof": "ورقة تسليم رقم 4"},
    ),
    SignedPagesForm: (
        "",
        "director",
        _pages,
        {"signed_by": "president", "signed_on": "2026-12-01"},
        {"signed_by": "president", "signed_on": "2026-12-01", "seen": "on"},
    ),
}


def _forms(form: type[BaseForm] = BaseForm) -> set[type[BaseForm]]:
    found = {one for below in form.__subclasses__() for one in _forms(below)}
    has = any(isinstance(one, FileField) for one in getattr(form, "base_fields", {}).values())
    return found | ({form} if has and form.__module__.startswith("tadbir.") else set())


def test_every_form_of_the_office_with_a_document_is_tried_here() -> None:
    assert _forms() == FORMS.keys() | OTHERWISE.keys()
    assert all(issubclass(form, KeepingForm) for form in FORMS)


def _send(client: Client, page: str, typed: dict[str, Any], office: Office, *, file: bool = False) -> Any:
    named = {"president": lambda: office.president.pk, "appeal": lambda: Fact.objects.get(kind="appeal_filed").pk}
    told = {name: named[one]() if one in named else one for name, one in typed.items()}
    return client.post(page, told | ({"document": SimpleUploadedFile("صورة الورقة.png", PICTURE)} if file else {}))


def _carried(page: str) -> dict[str, str]:
    """What a page carries in fields that nobody sees."""
    hidden = re.findall(r'<input type="hidden" name="(document-given|given)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in hidden if value}


def _filed(dossier: Dossier) -> set[str]:
    """The documents that are where they belong."""
    rows: list[Any] = [*dossier.documents.exclude(file=None), *Scan.objects.all(), *RegisterScan.objects.all()]
    slips = Act.objects.filter(dossier_ref=dossier.number).exclude(notified_file=None)
    return {one.file.sha256 for one in rows} | {act.notified_file.sha256 for act in slips if act.notified_file}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_refused_it_waits_by_its_name_and_goes_with_what_is_sent_next(office: Office, form: type[BaseForm]) -> None:
    day, who, where, wrong, right = FORMS[form]
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at(day)) if day else nullcontext():
        if day:
            record_lapses(date(2027, 2, 3))
        client, page = sign_in(getattr(office, who)), where(office, dossier)
        hashed = hashlib.sha256(PICTURE).hexdigest()
        assert hashed not in _filed(dossier)
        refused = _send(client, page, wrong, office, file=True)
        shown = refused.content.decode()
        assert (refused.status_code, hashed in _filed(dossier)) == (422, False)
        assert "«\u2068صورة الورقة.png\u2069»" in shown, "the page says which document waits"
        carried = _carried(shown)
        again = _send(client, page, wrong | carried, office)
        assert (again.status_code, _carried(again.content.decode())) == (422, carried), "refused twice, it waits still"
        sent = _send(client, page, right | carried, office)
        if form is SignForm:  # what its code says is read before it is relied on
            told = {"seen": "on", "unread": "on"} | _carried(sent.content.decode())
            sent = _send(client, page, right | told | {"document-without": "on"}, office)
        assert sent.status_code == 302
        assert hashed in _filed(dossier)


def test_what_waits_holds_for_one_form_of_one_thing_and_may_be_left_out(office: Office) -> None:
    sheet, client = adopted_loan(office), sign_in(office.clerk)
    one, other = [actions.file_request(loan_filing(sheet)).dossier for _number in range(2)]
    wrong, right = FORMS[SupplyForm][3:]
    refused = _send(client, _verb("supply")(office, one), wrong, office, file=True)
    carried = _carried(refused.content.decode())
    assert _send(client, _verb("supply")(office, other), right | carried, office).status_code == 302
    assert other.documents.get(requirement="other").file is None, "a token of another dossier brings nothing"
    left = right | carried | {"key": "another", "document-without": "on"}
    assert _send(client, _verb("supply")(office, one), left, office).status_code == 302
    assert one.documents.get(requirement="other").file is None


def test_another_choice_replaces_what_waits_and_what_cannot_be_read_says_so(office: Office) -> None:
    client, dossier = sign_in(office.clerk), actions.file_request(loan_filing(adopted_loan(office))).dossier
    wrong, right = FORMS[SupplyForm][3:]
    page, text = _verb("supply")(office, dossier), SimpleUploadedFile("a.png", b"no picture")
    unread = client.post(page, wrong | {"document": text}).content.decode()
    assert "document-given" not in unread
    assert 'class="notice bad"><p>' in unread.split('name="document"')[1]
    kept = _carried(_send(client, page, wrong, office, file=True).content.decode())
    pdf = actions.file_request(loan_filing(adopted_loan(office))).receipt
    with pdf_of(pdf).open() as stream:
        other = SimpleUploadedFile("b.pdf", stream.read())
    assert client.post(page, right | kept | {"document": other}).status_code == 302
    file = dossier.documents.get(requirement="other").file
    assert isinstance(file, StoredFile)
    assert file.media_type == "application/pdf"
