"""The page of a dossier: each verb from its form, what is refused with its reason, history that strikes out."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.matter import matters
from tadbir.dossiers.models import Dossier, Fact
from tadbir.law import permissions
from tadbir.law.engine import compute
from tadbir.procedures.queries import current_sheet
from tadbir.services import actions
from tests.at_once import taken
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def do(client: Client, office: Office, dossier: Dossier, verb: str, **data: Any) -> Any:
    return client.post(address(office.council, "office-do", dossier.number, verb), {"key": f"key-{verb}"} | data)


def page(client: Client, office: Office, dossier: Dossier) -> str:
    return client.get(address(office.council, "office-dossier", dossier.number)).content.decode()


def kinds(dossier: Dossier) -> list[str]:
    return list(Fact.objects.filter(dossier=dossier).order_by("pk").values_list("kind", flat=True))


def question(client: Client, office: Office, dossier: Dossier, words: str) -> Fact:
    """A question, written, and signed by the president."""
    do(client, office, dossier, "ask-information", question=words)
    letter = papers.letter_waiting(dossier, "information_asked")
    assert letter
    return taken(letter)


SIMPLE: dict[str, tuple[dict[str, Any], str]] = {
    "ask-replacement": ({"document": "liability", "reason": "غير موقعة"}, "replacement_asked"),
    "ask-original": ({"document": "liability", "reason": "شك في النسخة"}, "original_asked"),
    "ask-information": ({"question": "كم خيمة؟"}, "information_asked"),
    "supply": ({"requirement": "other"}, "document_received"),
    "misdirected": ({"to": "جماعة الداخلة", "explanation": "رخصة جماعية"}, "misdirected"),
    "withdraw": ({"how": "said", "on": "2026-12-01", "reason": "لم يعد يحتاجها"}, "withdrawn"),
    "appeal": ({"how": "said", "on": "2026-12-01", "reason": "أطعن في القرار"}, "appeal_filed"),
}


@pytest.mark.parametrize("verb", sorted(SIMPLE))
def test_a_verb_records_its_fact_once(office: Office, dossier: Dossier, verb: str) -> None:
    client, (data, kind) = sign_in(office.officer), SIMPLE[verb]
    for _twice in range(2):
        do(client, office, dossier, verb, **data)
    if letter := papers.letter_waiting(dossier, kind):
        assert kind not in kinds(dossier), "nothing stands before somebody signed it"
        taken(letter)
        assert papers.unsigned(dossier) == []
    assert kinds(dossier).count(kind) == 1
    assert do(sign_in(office.stranger), office, dossier, verb, **data).status_code == 404


def test_a_question_stops_the_clock_until_it_is_answered_at_the_counter(office: Office, dossier: Dossier) -> None:
    officer, clerk = sign_in(office.officer), sign_in(office.clerk)
    asked = question(officer, office, dossier, "كم خيمة؟")
    assert "موقوف" in page(officer, office, dossier)
    do(officer, office, dossier, "received", asked=str(asked.pk), means="in_hand")
    again = do(officer, office, dossier, "ask-information", question="وماذا بعد؟", key="again")
    assert (again.status_code, "وماذا بعد؟" in again.content.decode()) == (409, True)  # the words are given back
    assert "وماذا بعد؟" not in page(officer, office, dossier)
    assert "لماذا؟" in do(officer, office, dossier, "ask-information", question="لماذا؟", key="third").content.decode()
    do(clerk, office, dossier, "answer-information", text="ثلاث خيام")
    assert kinds(dossier)[-3:] == ["information_asked", "request_received", "information_received"]
    assert "ثلاث خيام" in page(officer, office, dossier)


def test_an_empty_reason_is_refused_beside_its_field_and_keeps_the_rest(office: Office, dossier: Dossier) -> None:
    client = sign_in(office.officer)
    answer = do(client, office, dossier, "ask-replacement", document="liability", reason="")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "ask-replacement_reason" in text
    assert re.search(r'value="liability" selected', text)
    assert "replacement_asked" not in kinds(dossier)


def test_each_refused_verb_says_why_in_the_reader_s_language(office: Office, dossier: Dossier) -> None:
    with simulated(at("2027-01-15 10:00")):  # the first half of the delay is over
        arabic = page(sign_in(office.officer), office, dossier)
        french = (
            sign_in(office.officer)
            .get(address(office.council, "office-dossier", dossier.number, french=True))
            .content.decode()
        )
        assert 'id="do-ask-information"' not in arabic
        assert "طلب معلومات تكميلية" in arabic
        assert "le dernier jour était le jeudi 31 décembre 2026" in french
        refused = do(sign_in(office.officer), office, dossier, "ask-information", question="كم؟")
        assert refused.status_code == 409
    assert 'id="do-ask-information"' in page(sign_in(office.officer), office, dossier)


def test_a_clerk_serves_and_does_not_decide(office: Office, dossier: Dossier) -> None:
    client = sign_in(office.clerk)
    text = page(client, office, dossier)
    assert 'id="do-supply"' in text
    assert 'id="do-ask-information"' not in text
    assert do(client, office, dossier, "ask-information", question="كم؟").status_code == 403
    assert do(client, office, dossier, "supply", requirement="other").status_code == 302


def test_a_mistaken_entry_is_struck_out_with_its_reason(office: Office, dossier: Dossier) -> None:
    client = sign_in(office.officer)
    wrong = question(client, office, dossier, "سؤال في غير محله")
    where = address(office.council, "office-do", dossier.number, "correct")
    choice = client.get(where).content.decode()
    assert ('<form class="card"' in choice, f'href="?fact={wrong.pk}"' in choice) == (False, True)
    assert f'{where}?fact={wrong.pk}"' in page(client, office, dossier)
    asked = client.get(f"{where}?fact={wrong.pk}").content.decode()
    assert "سؤال في غير محله" in asked
    assert re.search(r"تُلغى الوثيقة <bdi[^>]*>N-2026-00001</bdi>", asked)
    assert "الجواب عن الطلب" in asked, "the clock that it had stopped runs again"
    told = {"key": "k", "fact": str(wrong.pk)}
    for reason, status in (("", 422), ("خطأ", 422), ("ملف آخر", 302)):
        assert client.post(f"{where}?fact={wrong.pk}", told | {"reason": reason}).status_code == status
    text = page(client, office, dossier)
    assert re.search(r"<del><strong>طلب معلومات تكميلية</strong>.*?</del>.*?ملف آخر", text, re.DOTALL)


def test_an_absent_officer_s_dossier_goes_to_somebody_else(office: Office, dossier: Dossier) -> None:
    head = sign_in(office.head)
    offered = re.search(r'<select name="to".*?</select>', page(head, office, dossier), re.DOTALL)
    assert offered is not None
    assert str(office.officer) in offered[0]
    assert str(office.clerk) not in offered[0]  # may hold no dossier
    do(head, office, dossier, "reassign", unit=office.unit.pk, to=office.officer.pk, reason="")
    councils.record_absence(office.officer, date(2026, 11, 30), date(2026, 12, 10))
    assert "غائب" in page(head, office, dossier)
    do(head, office, dossier, "reassign", unit=office.unit.pk, to=office.head.pk, reason="غياب", key="second")
    dossier.refresh_from_db()
    assert dossier.officer == office.head
    gone = do(head, office, dossier, "reassign", unit=office.other_unit.pk, to="", reason="", key="third")
    dossier.refresh_from_db()
    assert dossier.unit == office.other_unit
    assert gone.status_code == 302
    assert sign_in(office.stranger).get(address(office.council, "office-dossier", dossier.number)).status_code == 200


def test_an_opinion_is_asked_of_another_unit_and_given_without_the_dossier(office: Office, dossier: Dossier) -> None:
    do(sign_in(office.officer), office, dossier, "ask-opinion", unit=office.other_unit.pk, question="هل من مانع؟")
    asked = Fact.objects.get(kind="opinion_asked")
    other = sign_in(office.stranger)
    text = other.get(address(office.council, "office-opinions")).content.decode()
    assert "هل من مانع؟" in text
    assert "0612345678" not in text
    give = address(office.council, "office-opinion", asked.pk)
    assert sign_in(office.officer).post(give, {"text": "لا"}).status_code == 404  # not asked of his unit
    other.post(give, {"text": ""})
    assert "opinion_received" not in kinds(dossier)
    other.post(give, {"text": "لا مانع"})
    assert kinds(dossier)[-1] == "opinion_received"
    assert "لا مانع" in page(sign_in(office.officer), office, dossier)


def test_a_duplicate_names_the_first_dossier_and_both_show_the_link(office: Office, dossier: Dossier) -> None:
    sheet = current_sheet("equipment-loan")
    assert sheet is not None
    second = actions.file_request(loan_filing(sheet)).dossier
    client = sign_in(office.officer)
    assert do(client, office, second, "duplicate", original="D-2026-99999").status_code == 422
    assert do(client, office, second, "duplicate", original="٧٧").status_code == 422
    short = dossier.number.rpartition("-")[2].lstrip("0").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert do(client, office, second, "duplicate", original=short).status_code == 302  # read as it is in the search
    assert dossier.number in page(client, office, second)
    assert second.number in page(client, office, dossier)


def test_every_verb_has_words_and_a_form() -> None:
    verbs = [verb for matter in matters() for verb in matter.verbs]
    assert len(verbs) >= 22
    assert len({verb.code for verb in verbs}) == len(verbs)
    assert [verb.code for verb in verbs if not (str(verb.label) and str(verb.hint) and verb.form)] == []


def test_a_page_derives_the_law_once_for_all_its_verbs(
    office: Office, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived: list[str] = []

    def counted(kind: str, *rest: Any) -> Any:
        derived.append(kind)
        return compute(kind, *rest)

    monkeypatch.setattr(permissions, "compute", counted)
    shown = page(sign_in(office.officer), office, dossier)
    assert 'name="question"' in shown, "its verbs are offered"
    assert derived == [dossier.kind]
