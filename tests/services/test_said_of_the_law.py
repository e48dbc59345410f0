"""What pages and papers say of the law: no last day that is not one, each article with its law, what is left to do."""

from datetime import date

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk.codes import follow_code
from tadbir.desk.papers.answers import remedies_if_notified
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Duty
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.residents import Resident, text


def filed(office: Office, code: str) -> Dossier:
    return actions.file_request(loan_filing(take_from_catalogue(code, office.unit), brought=(), answers={})).dossier


@pytest.mark.parametrize(
    ("on", "shown", "received", "said"),
    [
        ("2027-03-15", "2027-04-14", None, "le plus sûr est de compter le délai de sa fin"),
        ("2027-06-01", "2027-07-29", "2027-06-01", "agissez sans attendre"),
        ("2027-01-15", "2027-03-16", "2027-01-15", None),
    ],
)
def test_a_letter_that_follows_a_silence_prints_the_careful_day_and_says_the_second(
    office: Office, on: str, shown: str, received: str | None, said: str | None
) -> None:
    """Law 41-90, article 23: a petition of 15 December, silent since 13 February; its court until 14 April."""
    with simulated(at("2026-12-15 10:00")):
        petition = filed(office, "petition")
    with simulated(at(f"{on} 10:00")):
        printed = [one for one in remedies_if_notified(petition, "refused") if "file_before" in one]
    [court] = [one for one in printed if "41-90" in one["text_fr"]][:1]
    assert (court["file_before"], court.get("if_received")) == (shown, received)
    assert ("une seconde lecture" in court["text_fr"]) is (said is not None)
    assert said is None or said in court["text_fr"]


def test_the_receipt_of_a_grievance_says_that_the_appeal_comes_first_and_each_article_has_its_law(
    office: Office,
) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    filing = Act.objects.get(kind="receipt", dossier_ref=dossier.number).document["receipt"]["clock"]
    assert "55-19" in filing["sentence_fr"]
    assert "55.19" in filing["sentence_ar"]
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    at_once.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "أتظلم من هذا الرفض", "grievance", filed="grievance_filed")
    receipt = Act.objects.filter(kind="receipt", dossier_ref=dossier.number).latest("pk").document["receipt"]
    said = " ".join(step["text_fr"] for step in receipt["clock"]["steps"])
    assert "n’est recevable ici qu’après le recours au président" in said


def test_a_complaint_that_is_over_leaves_a_new_request_and_says_until_when_the_reasons_are_asked(
    office: Office, resident: Resident
) -> None:
    dossier = filed(office, "access-to-information")
    with simulated(at("2027-02-05 10:00")):  # the complaint was until 2 February
        dossiers.record_lapses()
        way = Duty.objects.get(dossier=dossier, rule="REASONS-ASK")
        assert way.file_before
        resident.post("follow/", {"number": dossier.number, "code": follow_code(dossier)})
        page = text(resident.get(f"follow/{dossier.number}/"))
        assert "إيداع طلب جديد" in page
        assert clockwork.may(dossier, "reasons_asked").allowed is ("يمكنكم طلب" in page or "الأسباب" in page)


def test_the_page_keeps_the_careful_day_after_a_late_refusal_and_says_the_second(
    office: Office, resident: Resident
) -> None:
    """A request of 1 December on personal data, silent since 30 January; refused on 1 March."""
    dossier = filed(office, "personal-data-rights")
    with simulated(at("2027-03-01 10:00")):
        dossiers.record_lapses()
        draft = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
        act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        at_once.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2027, 3, 1), proof="توقيع")
        resident.post("follow/", {"number": dossier.number, "code": follow_code(dossier)})
        page = text(resident.get(f"follow/{dossier.number}/"))
    assert "31 مارس 2027" in page
    assert "وبقراءة ثانية، من الجواب الذي جاء بعده: إلى غاية 30 أبريل 2027" in page
