"""What has no effect any more is asked of nobody, and its person reads so: the letter of a return taken back, a
remedy whose request was granted meanwhile, the arrival of a letter that was annulled."""

from datetime import date

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.actions import correct_entry
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier
from tadbir.dossiers.story import Story
from tadbir.services import actions as services
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted_loan, loan_filing
from tests.services.residents import Resident, text
from tests.services.test_remedies import GRIEVANCE

SENT = {"key": "a" * 32, "text": "قدمت الوثيقة في الأجل"}


@pytest.fixture
def resident(office: Office) -> Resident:
    adopted_loan(office)
    return Resident(office, french=True)


def to_hand_over(office: Office) -> tuple[list[str], bool]:
    """The letters that the dossier page asks to hand over, and whether it lies in that tray."""
    dossier = Dossier.objects.get()
    waiting = papers.to_hand_over(dossier, Story(clockwork.facts_of(dossier)), Act.objects.order_by("pk"))
    tray = text(sign_in(office.officer).get(address(office.council, "office-tray", "notify")))
    return [one.step for one in waiting], dossier.number in tray


def test_the_letter_of_a_return_that_was_taken_back_is_handed_to_nobody(resident: Resident) -> None:
    _draft, number, code = resident.file("signed-request")
    office = resident.office
    with simulated(at("2027-02-01 10:00")):
        record_lapses(date(2027, 2, 1))
        desk.return_file(Dossier.objects.get(), office.officer, "missing")
        assert to_hand_over(office) == (["file_returned"], True)
        resident.post("follow/", {"number": number, "code": code})
        resident.post(f"follow/{number}/{GRIEVANCE}", SENT)
        assert "plus d’effet : retirée" not in text(resident.get(f"follow/{number}/"))
        desk.answer_appeal(Dossier.objects.get(), office.officer, office.president, "granted", "")
        assert to_hand_over(office) == ([], False)
        assert "plus d’effet : retirée" in text(resident.get(f"follow/{number}/"))


def test_a_remedy_filed_before_the_answer_that_grants_all_is_said_to_have_no_object(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    office, said = resident.office, "Sans objet : votre demande a reçu une suite favorable."
    resident.post(f"follow/{number}/{GRIEVANCE}", SENT)
    assert said not in text(resident.get(f"follow/{number}/"))
    dossier = Dossier.objects.get()
    draft = desk.draft_outcome(dossier, office.officer, "granted", "قررنا الاستجابة لطلبكم.")
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع على النسخة")
    page = text(resident.get(f"follow/{number}/"))
    assert page.count(said) == 1
    notified = dossier.facts.get(kind="notified")
    correct_entry(notified, office.director, "سُجل في غير ملفه")
    assert said not in text(resident.get(f"follow/{number}/")), "nothing is granted any more"
    page = text(resident.get(f"follow/{number}/"))
    assert "Le conseil est revenu sur ce qu’il avait inscrit au sujet de votre notification." in page
    assert "9 décembre 2026" in page or "janvier 2027" in page, "what runs without it stays dated"


def test_the_page_that_records_the_arrival_of_an_annulled_letter_says_so(office: Office) -> None:
    dossier = services.file_request(loan_filing(adopted_loan(office))).dossier
    asked = desk.ask_information(dossier, office.officer, "كم عدد الخيام؟")
    officer = sign_in(office.officer)
    page = address(office.council, "office-answer-notify", dossier.number, asked.data["act"], french=True)
    assert officer.get(page).status_code == 200
    correct_entry(asked, office.director, "سُجل في غير ملفه")
    gone = officer.get(page)
    assert (gone.status_code, "n’est plus en vigueur" in text(gone)) == (410, True), "as its dossier says"
    assert address(office.council, "office-dossier", dossier.number, french=True) in gone.content.decode()
    other = address(office.council, "office-answer-notify", dossier.number, "N-2026-00099", french=True)
    assert officer.get(other).status_code == 404
