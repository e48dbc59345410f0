"""The letter that returns a file names what has not come and when it was asked (law 03-01, article 1); the answer that
takes the return back says so, what still lacks and by when, and grants nothing to be fetched at the counter."""

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.followed import Followed
from tadbir.desk.papers.parts import lines_of
from tadbir.dossiers.models import Dossier
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tadbir.services.queries.follow import RequestView
from tadbir.ui.dates import day_words
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, loan_filing
from tests.services.residents import Resident, text


def returned(resident: Resident) -> Dossier:
    """A loan of 1 December that lacked its undertaking, and went back on 1 February 2027. To be called on that day."""
    _draft, number, code = resident.file("signed-request")
    dossier = Dossier.objects.get(number=number)
    with simulated(at("2027-02-01 10:00")):
        desk.return_file(dossier, resident.office.officer, "missing")
        resident.post("follow/", {"number": number, "code": code})
    return dossier


def test_a_return_names_what_lacks_and_the_day_it_was_asked(resident: Resident) -> None:
    dossier = returned(resident)
    letter = Act.objects.filter(dossier_ref=dossier.number, kind="applicant_notice").latest("pk").document
    words = lines_of(letter["blocks"])
    assert dossier.sheet is not None
    wanted = dossier.sheet.parsed.document("liability")
    assert wanted is not None
    assert "بتاريخ فاتح دجنبر 2026" in words
    assert wanted.ar in words
    held = dossier.sheet.parsed.document("signed-request")
    assert held is not None
    assert held.ar not in words


def test_a_return_taken_back_says_what_still_lacks_and_promises_nothing_at_the_counter(resident: Resident) -> None:
    dossier, office = returned(resident), resident.office
    with simulated(at("2027-02-08 10:00")):
        actions.file_appeal(dossier, "أدليت بالالتزام", "k", filed="grievance_filed")
        asked = papers.to_answer(dossier)
        arabic, french = papers.half_written(dossier, "granted", asked)
        assert "التراجع عن إرجاع ملفكم" in arabic
        assert dossier.sheet is not None
        wanted = dossier.sheet.parsed.document("liability")
        assert wanted is not None
        assert (wanted.ar in arabic, wanted.fr in french) == (True, True)
        assert "إرجاع" not in papers.half_written(dossier, "refused", asked)[0]
        draft = desk.draft_outcome(dossier, office.officer, "granted", arabic)
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
        dossier.refresh_from_db()
        day = RequestView(Followed(dossier)).todos[0].before
        assert day is not None
        assert day_words(day, "ar") in arabic, "the letter and the page give one day"
        page = text(resident.get(f"follow/{dossier.number}/"))
        assert "أُلغي إرجاع ملفكم" in page
        assert "للحصول" not in page


def test_a_refused_complaint_names_the_mediator_and_the_address_of_the_council(office: Office) -> None:
    sheet = take_from_catalogue("complaint", office.unit)
    filing = loan_filing(sheet, brought=(), answers={}, subject="شكاية")
    dossier = actions.file_request(filing).dossier
    office.council.settings = {**office.council.settings, "counter": {"where_ar": "شارع الحسن الثاني، الداخلة"}}
    office.council.save()
    dossier.refresh_from_db()
    draft = desk.draft_outcome(
        dossier, office.officer, "refused", "فُحصت شكايتكم وتبين أنها غير مؤسسة.", "لا خطأ في ما وقع"
    )
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    assert ["الوسيط" in one["text_ar"] for one in act.document["remedies"]] == [True]
    assert act.document["sender_ar"].endswith("شارع الحسن الثاني، الداخلة")
    loan = actions.file_request(filing).dossier
    granted = desk.draft_outcome(loan, office.officer, "granted", "عولجت شكايتكم.")
    assert granted.body["remedies"] == []


SAID = {
    "granted": ("استجاب المجلس لشكايتكم", "Le conseil donne suite à votre réclamation"),
    "partial": ("استجاب المجلس لجزء من شكايتكم", "Le conseil donne suite à une partie de votre réclamation"),
    "refused": ("ولم يجد ما يدعو إلى الاستجابة لها", "ne l’a pas trouvée justifiée"),
}


@pytest.mark.parametrize("sense", SAID)
def test_the_page_of_a_complaint_says_in_plain_words_what_was_answered(office: Office, sense: str) -> None:
    filing = loan_filing(take_from_catalogue("complaint", office.unit), brought=(), answers={}, subject="شكاية")
    filed = actions.file_request(filing)
    draft = desk.draft_outcome(filed.dossier, office.officer, sense, "فُحصت شكايتكم.", "لا خطأ في ما وقع")
    act = desk.sign_outcome(draft, filed.dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, filed.dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    for french in (False, True):
        resident = Resident(office, french=french)
        resident.post("follow/", {"number": filed.dossier.number, "code": filed.code})
        for page in ("", "receipt/"):
            said = text(resident.get(f"follow/{filed.dossier.number}/{page}"))
            assert SAID[sense][french] in said
            assert ("Médiateur à tout moment" if french else "مؤسسة الوسيط في كل وقت") in said or sense != "refused"
            assert ("refus." if french else "لطلبكم") not in said, "a complaint is no request for a favour"
