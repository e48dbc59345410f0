"""A remedy that came before the answer is kept by the refusal that follows: its letter says so, and what may come after
it; it is signed, handed over, and answered."""

from datetime import date

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.actions import correct_entry
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.dossiers.story import Story
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

#: For each law: its remedy, the rule of the answer to it, when that answer is due, which way comes after it.
LAWS = {
    "loan": ("appeal_filed", "PROC-APPEAL-ANS", date(2026, 12, 21), "une fois épuisé le recours"),
    "information": ("complaint_to_head", "ATI-COMPLAIN-ANS", date(2026, 12, 21), "commission du droit d’accès"),
    "personal-data": ("grievance_filed", "GRIEVANCE-60", date(2027, 2, 1), "Après un recours gracieux"),
}
KEPT = {"ar": "قدمتم بتاريخ 3 دجنبر 2026: ", "fr": "Vous avez déposé le 3 décembre 2026"}


def contested_early(office: Office, law: str) -> Dossier:
    """A request of 1 December 2026 that nobody answered, and a remedy of the 3rd."""
    if law == "loan":
        filing = loan_filing(adopted_loan(office))
    elif law == "information":
        filing = loan_filing(take_from_catalogue("access-to-information", office.unit), brought=(), answers={})
    else:
        sheet = take_from_catalogue("personal-data-rights", office.unit)
        filing = loan_filing(sheet, brought=(), answers={"right": "rectification"})
    dossier = actions.file_request(filing).dossier
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "أطلب جوابا", "key", filed=LAWS[law][0])
    return dossier


@pytest.mark.parametrize("sense", ["refused", "partial"])
@pytest.mark.parametrize("law", LAWS)
def test_a_refusal_keeps_the_remedy_that_came_before_it(office: Office, law: str, sense: str) -> None:
    dossier = contested_early(office, law)
    filed, rule, due, after = LAWS[law]
    with simulated(at("2026-12-05 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, sense, "نص الجواب", "السبب")
        assert papers.why_not_signed(dossier, draft, Story(clockwork.facts_of(dossier))) == []
        write = address(office.council, "office-answer", dossier.number)
        folder = address(office.council, "office-signing-letter", draft.pk)
        for page in (
            sign_in(office.officer).get(f"{write}?sense={sense}").content.decode(),
            sign_in(office.president).get(folder).content.decode(),
        ):
            assert KEPT["ar"] in page
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        kept, *ways = act.content.body["remedies"]
        assert (kept["text_ar"].startswith(KEPT["ar"]), kept["text_fr"].startswith(KEPT["fr"])) == (True, True)
        moved = "ويُحتسب أجل الجواب عنه من تبليغ هذا الجواب" in kept["text_ar"]
        assert moved is (filed != "grievance_filed"), "the delay of a grievance runs from its filing"
        assert any(after in way["text_fr"] for way in ways)
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
        dossier.refresh_from_db()
        assert papers.to_answer(dossier).kind == filed
        assert Duty.objects.get(dossier=dossier, rule=rule).do_by == due
        reply = desk.draft_outcome(dossier, office.officer, "refused", "نص الجواب", "السبب")
        assert papers.asked_by(reply, dossier).kind == filed
        answer = desk.sign_outcome(reply, dossier, office.officer, office.president, means="wet_ink")
        assert KEPT["fr"] not in str(answer.content.body), "it is answered: nothing is kept"
        desk.notify_outcome(answer, dossier, office.officer, how="in_hand", on=answer.date, proof="توقيع")
    assert papers.to_answer(dossier) is None


def test_a_remedy_that_comes_after_the_letter_was_written_is_on_it(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    assert "قدمتم" not in str(draft.body)
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "أطلب جوابا", "key")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    assert act.content.body["remedies"][0]["text_ar"].startswith(KEPT["ar"])


def test_what_is_granted_says_nothing_of_it(office: Office) -> None:
    dossier = contested_early(office, "loan")
    with simulated(at("2026-12-05 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, "granted", "نعيركم خيمتين")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    assert (act.content.body.get("remedies"), Act.objects.filter(kind="outcome").count()) == ([], 1)


def test_a_remedy_that_was_struck_out_is_not_kept(office: Office) -> None:
    dossier = contested_early(office, "loan")
    with simulated(at("2026-12-05 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
        correct_entry(Fact.objects.get(dossier=dossier, kind="appeal_filed"), office.director, "يخص ملفا آخر")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    assert "قدمتم" not in str(act.content.body["remedies"])
    assert act.content.body["remedies"][0]["file_before"] == "2027-01-05"
