"""The words of a letter that is no longer there come back under the sense that they were written for, and no other;
what became of it is said in one sentence, the same wherever it is read."""

import re
from datetime import date

import pytest

from tadbir.acts.models import Act
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import simulated
from tadbir.desk.actions import contest_signature, correct_entry
from tadbir.dossiers.models import Dossier, Fact
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

BODY, REASONS, WHY = "تعذرت الاستجابة لطلبكم.", "الآلية محجوزة في تلك الأيام.", "لم أمض هذا الجواب"


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def plain(page: str) -> str:
    """What a page says, without its tags and marks of direction."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|[\u2066-\u2069]", "", page))


def annulled(office: Office, dossier: Dossier) -> Act:
    """A refusal of 1 December, annulled on the 4th at 10:00 by whoever was said to have signed it."""
    draft = desk.draft_outcome(dossier, office.officer, "refused", BODY, REASONS)
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    act.refresh_from_db()
    with simulated(at("2026-12-04 10:00")):
        contest_signature(act, dossier, office.president, WHY, sure=True, shown=as_shown(act).token)
    act.refresh_from_db()
    dossier.refresh_from_db()
    return act


def fallen(office: Office, dossier: Dossier) -> Fact:
    """The answer to an appeal, written and not signed, which fell with it."""
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    actions.file_appeal(dossier, "أعيد النظر", "appeal")
    desk.draft_outcome(dossier, office.officer, "refused", BODY, REASONS)
    correct_entry(dossier.facts.get(kind="appeal_filed"), office.director, WHY)
    actions.file_appeal(dossier, "أعيد النظر مرة أخرى", "another")
    dossier.refresh_from_db()
    return dossier.facts.get(kind="letter_dropped")


@pytest.mark.parametrize("how", [annulled, fallen])
def test_words_come_back_under_their_own_sense_alone(office: Office, dossier: Dossier, how: object) -> None:
    how(office, dossier)  # type: ignore[operator]
    officer, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    with simulated(at("2026-12-04 11:00")):
        for sense in ("", "?sense=refused"):
            read = officer.get(page + sense).content.decode()
            assert (f">\n{BODY}</textarea>" in read, f">\n{REASONS}</textarea>" in read) == (True, True)
            assert "وقد كُتبت على أنها: رفض" in plain(read)
        for sense in ("granted", "partial"):
            read = officer.get(f"{page}?sense={sense}").content.decode()
            form = read.split('id="typed"')[1].split("</form>")[0].split("</details>")[-1]
            assert (BODY in form, REASONS in form) == (False, False), sense
            assert "other_sense" not in form
            assert "وقد كُتبت على أنها: رفض" in plain(read)
            assert (f"<p>{BODY}</p>" in read.replace(' dir="auto"', ""), REASONS in read) == (True, True), "to be read"


def test_words_that_nobody_touched_do_not_follow_the_sense_that_is_chosen(office: Office, dossier: Dossier) -> None:
    annulled(office, dossier)
    officer, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    with simulated(at("2026-12-04 11:00")):
        same = {"sense": "refused", "body_ar": BODY, "reasons_ar": REASONS, "switch": "partial"}
        moved = officer.post(page, same)
        assert moved["Location"].endswith("?sense=partial")
        form = officer.get(moved["Location"]).content.decode().split('id="typed"')[1].split("</details>")[-1]
        assert (BODY in form, REASONS in form) == (False, False)
        own = officer.post(page, same | {"body_ar": f"{BODY} ونقترح موعدا آخر."})
        kept = officer.get(own["Location"]).content.decode()
        assert "ونقترح موعدا آخر" in kept, "what he wrote himself is kept, and said to be of another sense"
        assert "other_sense" in kept


def test_reasons_written_for_another_sense_are_said_to_be_under_the_wording_of_the_sheet_too(
    office: Office, dossier: Dossier
) -> None:
    officer, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    blank = officer.get(f"{page}?sense=refused").content.decode()
    wording = re.findall(r'<textarea[^>]*name="body_ar"[^>]*>\n?(.*?)</textarea>', blank, re.DOTALL)[0]
    sent = {"sense": "refused", "body_ar": wording, "reasons_ar": REASONS}
    there = officer.post(f"{page}?sense=refused", sent | {"switch": "partial"})["Location"]
    partial = officer.get(there).content.decode()
    assert (REASONS in partial, "other_sense" in partial) == (True, True)
    there = officer.post(f"{page}?sense=refused", sent | {"switch": "granted"})["Location"]
    assert "other_sense" not in officer.get(there).content.decode(), "a letter that grants everything bears none"


def test_the_page_of_an_annulled_letter_says_what_its_dossier_says(office: Office, dossier: Dossier) -> None:
    act = annulled(office, dossier)
    said = f"لم تعد الوثيقة {act.number} قائمة: ألغاها {office.president} بتاريخ"
    officer = sign_in(office.officer)
    places = {
        "dossier": officer.get(address(office.council, "office-dossier", dossier.number)),
        "letter": officer.get(address(office.council, "office-answer-notify", dossier.number, act.number)),
        "writing": officer.get(address(office.council, "office-answer", dossier.number)),
        "signatory": sign_in(office.president).get(address(office.council, "office-signed", act.number)),
    }
    found = {name: plain(page.content.decode()) for name, page in places.items()}
    sentences = {page[page.index(said) :].split(WHY)[0] for page in found.values()}
    assert len(sentences) == 1, sentences
    assert places["letter"].status_code == 410


def test_the_page_of_a_letter_that_fell_says_what_its_dossier_says(office: Office, dossier: Dossier) -> None:
    fact = fallen(office, dossier)
    said = f"لم تعد هذه الرسالة للإمضاء: شطب {office.director} بتاريخ"
    officer, draft = sign_in(office.officer), fact.words["draft"]
    places = {
        "dossier": officer.get(address(office.council, "office-dossier", dossier.number)),
        "letter": officer.get(address(office.council, "office-letter", dossier.number, draft)),
        "writing": officer.get(address(office.council, "office-answer", dossier.number)),
        "signatory": sign_in(office.president).get(address(office.council, "office-signing-letter", draft)),
    }
    found = {name: plain(page.content.decode()) for name, page in places.items()}
    assert len({page[page.index(said) :].split(WHY)[0] for page in found.values()}) == 1
    assert "عدل عنها" not in found["dossier"], "nobody gave it up"
