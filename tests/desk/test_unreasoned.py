"""A decision taken by necessity without its reasons (law 03-01, article 4): the letter says so, and they are owed to
whoever asks for them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Draft
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.residents import Resident


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return actions.file_request(loan_filing(adopted_loan(office), language="fr")).dossier


def test_the_page_asks_it_and_the_letter_says_it_in_place_of_the_reasons(office: Office, dossier: Dossier) -> None:
    client, where = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    assert 'name="unreasoned"' in client.get(f"{where}?sense=refused").content.decode()
    assert 'name="unreasoned"' not in client.get(f"{where}?sense=granted").content.decode()
    half = papers.half_written(dossier, "refused")
    assert half[0].endswith("للأسباب التالية:")
    typed = {"sense": "refused", "body_ar": half[0], "body_fr": half[1]}
    assert client.post(f"{where}?sense=refused", typed).status_code == 422
    assert client.post(f"{where}?sense=refused", typed | {"unreasoned": "on"}).status_code == 302
    draft = Draft.objects.get()
    body = draft.body
    said = str(body["blocks"]) + str(body["fr"])
    assert [words in said for words in ("للأسباب التالية", "motifs suivants")] == [False] * 2, "it announces no reasons"
    assert "fait droit à votre demande." in said
    assert body["blocks"][-1]["text"] == papers.UNREASONED.ar
    assert body["fr"][-1]["text"] == papers.UNREASONED.fr
    written, sealed = body["remedies"], papers.counted(dossier, draft)["remedies"]
    assert [one.get("file_before") for one in written if "03.01" in one["text_ar"]] == [None]  # counted at the seal
    assert [one["file_before"] for one in sealed if "03.01" in one["text_ar"]] == ["2026-12-31"]
    again = client.get(f"{where}?sense=refused").content.decode()
    assert "checked" in again.split('name="unreasoned"')[1].split(">")[0]
    assert papers.UNREASONED.ar not in again.split("reasons_ar")[1].split("</textarea>")[0]


def refused_without_reasons(office: Office) -> tuple[Resident, str, Dossier, Fact]:
    """A resident, his tracking code, his request refused without reasons, and its notification of 1 December."""
    adopted_loan(office)
    resident = Resident(office)
    _draft, number, code = resident.file("signed-request", "liability")
    dossier = Dossier.objects.get(number=number)
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذر ذلك.", unreasoned=True)
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    fact = desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    return resident, code, dossier, fact


def test_its_notification_opens_the_right_to_ask_and_the_duty_to_give(office: Office) -> None:
    resident, code, dossier, fact = refused_without_reasons(office)
    number = dossier.number
    assert fact.data["unreasoned"] is True
    assert Duty.objects.get(dossier=dossier, rule="REASONS-URGENT").file_before == date(2026, 12, 31)
    with simulated(at("2026-12-03 10:00")):
        resident.post("follow/", {"number": number, "code": code})
        page = resident.get(f"follow/{number}/").content.decode()
        assert "المادة 4" in page
        assert "دون تعليل" in page
        assert "الأسباب وطرق الطعن في الرسالة" not in page
        assert resident.post(f"follow/{number}/reasons/").status_code == 302
    owed = Duty.objects.get(dossier=dossier, rule="REASONS-ANS")
    assert (owed.starts_on, owed.do_by) == (date(2026, 12, 3), date(2026, 12, 18))


def test_the_answer_to_the_appeal_bears_them_and_nobody_asks_again(office: Office) -> None:
    """One request, answered by that letter. The day before the court is counted from the letter alone: the reasons that
    were asked were those of another act (law 03-01, article 6)."""
    resident, code, dossier, _fact = refused_without_reasons(office)
    number = dossier.number
    with simulated(at("2026-12-03 10:00")):
        resident.post("follow/", {"number": number, "code": code})
        assert resident.post(f"follow/{number}/reasons/").status_code == 302
        actions.file_appeal(dossier, "أطعن في هذا القرار.", "appeal")
        asked = papers.to_answer(dossier)
        assert f"follow/{number}/reasons/" not in resident.get(f"follow/{number}/").content.decode(), "they are owed"
        [court] = papers.remedies_if_notified(dossier, "refused", asked)
        assert court["file_before"] == "2027-02-01", "the letter, before it is signed: 3 December and 60 days"
        desk.answer_appeal(dossier, office.officer, office.president, "refused", "القاعة محجوزة ذلك اليوم.")
        page = resident.get(f"follow/{number}/").content.decode()
        assert "طلب بيان الأسباب: تاريخ التقديم" in page
        assert "أُجيب عنه بالرسالة المبلغة في" in page
        assert f"follow/{number}/reasons/" not in page
        assert "دون تعليل" not in page
        resident.post(f"follow/{number}/reasons/")
    assert dossier.facts.filter(kind="reasons_asked").count() == 1
    right = Duty.objects.get(dossier=dossier, rule="COURT-APPEAL")
    assert (right.file_before, right.accept_until) == (date(2027, 2, 1), date(2027, 3, 19))
    assert Duty.objects.get(dossier=dossier, rule="REASONS-ANS").discharged_on == date(2026, 12, 3)


def test_other_answers_carry_their_reasons(office: Office, dossier: Dossier) -> None:
    draft = desk.draft_outcome(dossier, office.officer, "granted", "نعم.", unreasoned=True)
    assert not papers.is_unreasoned(draft)
    asked = actions.file_request(
        loan_filing(take_from_catalogue("access-to-information", office.unit), brought=())
    ).dossier
    with pytest.raises(ValidationError) as refused:
        desk.draft_outcome(asked, office.director, "refused", "لا", unreasoned=True)
    assert "unreasoned" in refused.value.message_dict
    where = address(office.council, "office-answer", asked.number)
    assert 'name="unreasoned"' not in sign_in(office.director).get(f"{where}?sense=refused").content.decode()
