"""Nothing is recorded in a person's name by an empty click: his words or his paper, and the day, of every such act."""

from datetime import date
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import local_date, simulated
from tadbir.desk.dossier import Desk
from tadbir.desk.matter import matters
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Duty
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tadbir.services.actions import Told
from tadbir.services.forms.verbs import ToldForm
from tadbir.services.requests import Piece
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan, loan_filing

LATE = "2027-02-03 09:00"
SAID = {"key": "k", "how": "said", "on": "2027-02-03", "reason": "لم يتوصل بأي جواب"}
VERBS = {
    "appeal": "appeal_filed",
    "grievance": "grievance_filed",
    "ask-reasons": "reasons_asked",
    "withdraw": "withdrawn",
}
STEPS = {"court_seised": "55-19", "cdai_seised": "31-13"}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December, unanswered in February."""
    made = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at(LATE)):
        record_lapses(date(2027, 2, 3))
    return made


def test_every_act_of_a_person_that_an_agent_records_is_tried_here() -> None:
    declared = {verb.fact for matter in matters() for verb in matter.verbs if verb.fact in law.OF_PERSON}
    remedies = {one.filed for regime in law.REGIMES.values() for one in regime.answered}
    assert remedies | declared <= law.OF_PERSON
    assert {*VERBS.values(), *STEPS, "remedy_withdrawn"} | remedies == set(law.OF_PERSON)
    asked = {verb.code: verb.form for matter in matters() for verb in matter.verbs if verb.code in VERBS}
    assert asked.keys() == VERBS.keys()
    assert all(issubclass(form, ToldForm) for form in asked.values())


@pytest.mark.parametrize("code", VERBS)
def test_nothing_is_recorded_in_his_name_without_his_words_and_the_day(
    office: Office, dossier: Dossier, code: str
) -> None:
    with simulated(at(LATE)):
        client, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, code)
        before = dossier.facts.count()
        for change in (
            {"how": "", "on": "", "reason": ""},
            {"how": ""},
            {"reason": ""},
            {"reason": "خ"},
            {"reason": "x x"},
            {"on": ""},
            {"on": "2026-11-30"},
            {"on": "2027-02-04"},
            {"how": "online"},
        ):
            refused = client.post(where, SAID | change)
            assert (refused.status_code, dossier.facts.count()) == (422, before), change
        assert client.post(where, SAID).status_code == 302
        fact = dossier.facts.get(kind=VERBS[code])
        assert (fact.data["how"], fact.by, local_date(fact.happened_at)) == ("said", office.clerk, date(2027, 2, 3))
        assert SAID["reason"] in fact.words.values()
        page = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
        assert SAID["reason"] in page


@pytest.mark.parametrize("told", [None, Told(""), Told("said"), Told("said", "خ"), Told("online", "لم يتوصل بشيء")])
def test_the_actions_refuse_it_too(office: Office, dossier: Dossier, told: Told | None) -> None:
    with simulated(at(LATE)):
        for attempt in (
            lambda: actions.file_appeal(dossier, "لم يتوصل بشيء", "k", by=office.clerk, told=told),
            lambda: actions.ask_reasons(dossier, office.clerk, told),
            lambda: actions.withdraw(dossier, office.clerk, told),
        ):
            with pytest.raises(ValidationError):
                attempt()


@pytest.mark.parametrize("scan", [True, False])
@pytest.mark.parametrize(
    ("code", "requirement"), [("appeal", "appeal"), ("grievance", "appeal"), ("ask-reasons", "reasons")]
)
def test_a_paper_says_it_itself_scanned_now_or_later(
    office: Office, dossier: Dossier, code: str, requirement: str, scan: bool
) -> None:
    with simulated(at(LATE)):
        client, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, code)
        sent = {**SAID, "how": "written", "reason": ""} | (
            {"document": SimpleUploadedFile("paper.png", PNG)} if scan else {}
        )
        assert client.post(where, sent).status_code == 302
        paper = dossier.documents.get(requirement=requirement)
        assert (paper.fact.kind, bool(paper.file)) == (VERBS[code], scan)
        with override("fr"):
            assert Desk(dossier, office.clerk).document_name(paper) == law.FACTS[VERBS[code]].fr


def test_an_appeal_counts_from_the_day_it_was_received_and_the_person_is_told(office: Office, dossier: Dossier) -> None:
    with simulated(at("2027-02-05 09:00")):
        client, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, "appeal")
        sent = SAID | {"shown": client.read(where)}  # type: ignore[attr-defined]
        assert [client.post(where, sent).status_code for _twice in range(2)] == [302, 302]
        fact = dossier.facts.get(kind="appeal_filed")
        assert (local_date(fact.happened_at), fact.data["against"]) == (date(2027, 2, 3), "lapse")
        assert Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-ANS").do_by == date(2027, 2, 19)
        assert Act.objects.filter(dossier_ref=dossier.number, kind="receipt").count() == 2
        assert Notice.objects.filter(dossier_ref=dossier.number, key=f"appeal:{fact.pk}").count() == 1


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_of_the_person_is_recorded_with_his_words(office: Office, dossier: Dossier, kind: str) -> None:
    if STEPS[kind] == "31-13":
        sheet = take_from_catalogue("access-to-information", office.unit)
        dossier = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="محاضر الدورات")).dossier
    with simulated(at(LATE)):
        client, where = sign_in(office.officer), address(office.council, "office-do", dossier.number, "step")
        for note in ("", "x"):
            refused = client.post(where, {"key": "k", "kind": kind, "on": "", "note": note})
            assert (refused.status_code, dossier.facts.filter(kind=kind).exists()) == (422, False)
            with pytest.raises(ValidationError) as told:
                actions.record_step(dossier, office.officer, kind, None, note)
            assert "note" in told.value.message_dict
        assert (
            client.post(where, {"key": "k", "kind": kind, "on": "", "note": "مقال عدد 12 في الملف"}).status_code == 302
        )
        assert dossier.facts.get(kind=kind).words["reason"] == "مقال عدد 12 في الملف"


@pytest.mark.parametrize(("code", "status"), [("appeal", 302), ("grievance", 302), ("withdraw", 422)])
def test_his_own_words_are_not_judged_but_where_they_end_the_dossier(
    office: Office, dossier: Dossier, code: str, status: int
) -> None:
    with simulated(at(LATE)):
        client, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, code, french=True)
        asked = client.get(where if code == "withdraw" else address(office.council, "office-dossier", dossier.number))
        label = asked.content.decode().split('_reason">')[1].split("</label>")[0]
        assert "optional" not in label, "what is asked of spoken words is not called optional"
        answer = client.post(where, SAID | {"reason": "Injuste"})
        assert answer.status_code == status
        assert client.post(where, SAID | {"key": "k2", "reason": " . "}).status_code in (409, 422)


def test_the_offices_own_reason_is_two_words(office: Office, dossier: Dossier) -> None:
    client, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, "put-right")
    told = {"key": "k", "name": "جمعية آفاق النخيل", "phone": "0612345678", "subject": "إعارة خيام"}
    for reason in ("", " . ", "خطأ"):
        assert client.post(where, told | {"reason": reason}).status_code == 422, reason
    assert client.post(where, told | {"reason": "كُتب الاسم خطأ"}).status_code == 302


def test_the_papers_to_scan_are_named_in_the_language_of_who_scans_them(office: Office) -> None:
    sheet = adopted_loan(office)
    pieces = tuple(Piece(document.code, document.ar, None) for document in sheet.parsed.documents[:2])
    dossier = actions.file_request(loan_filing(sheet, channel="counter", pieces=pieces), by=office.clerk).dossier
    page = address(office.council, "office-receipt", dossier.number, french=True)
    html = unescape(sign_in(office.clerk).get(page).content.decode())
    for document in sheet.parsed.documents[:2]:
        assert document.fr in html
        assert f"<li>{document.ar}" not in html
