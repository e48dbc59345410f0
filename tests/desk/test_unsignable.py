"""A letter that nobody can sign any more leaves the signing folders by itself: whoever wrote it is told why, and gives
it up or writes it anew; every list says the same."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Draft
from tadbir.councils.clock import simulated
from tadbir.desk.actions import leave_folders
from tadbir.desk.dossier import Desk
from tadbir.desk.next import next_of
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.models import Notice
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def counted(office: Office, letter: Draft) -> dict[str, bool]:
    """Where a letter lies: in the president's folder, in the trays of his home and of the officer's."""
    found = {}
    president, officer = sign_in(office.president), sign_in(office.officer)
    folder = president.get(address(office.council, "office-signing")).content.decode()
    found["folder"] = address(office.council, "office-signing-letter", letter.pk) in folder
    for who, client in (("president", president), ("officer", officer)):
        home = client.get(address(office.council, "office-home")).content.decode()
        for tray in ("signature", "returned"):
            lies = letter.dossier_ref in client.get(address(office.council, "office-tray", tray)).content.decode()
            where = address(office.council, "office-tray", tray)
            says = re.search(rf'href="{where}"[^>]*>.*?(\d+)', home, re.DOTALL)
            assert bool(says and says[1] != "0") == lies, "the home counts what the tray holds"
            found[f"{who} {tray}"] = lies
    return found


WAITS = {"folder": True, "president signature": True, "president returned": False}
WAITS |= {"officer signature": True, "officer returned": False}
BACK = {name: not lies for name, lies in WAITS.items()}
NOWHERE = dict.fromkeys(WAITS, False)


def refusal(office: Office, dossier: Dossier) -> Draft:
    return desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")


def question(office: Office, dossier: Dossier) -> Draft:
    return actions.ask_information(dossier, office.officer, "كم عدد الخيام؟")


def withdraw(office: Office, dossier: Dossier) -> None:
    actions.withdraw(dossier)


def decide(office: Office, dossier: Dossier) -> None:
    draft = desk.draft_outcome(dossier, office.officer, "granted", "قرر المجلس إعارتكم الخيام.")
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")


@pytest.mark.parametrize(
    ("write", "happens"),
    [(refusal, withdraw), (question, withdraw), (question, decide)],
    ids=["answer", "letter", "decided"],
)
def test_it_goes_back_with_its_reason_and_is_given_up(
    office: Office,
    dossier: Dossier,
    write: Callable[[Office, Dossier], Draft],
    happens: Callable[[Office, Dossier], None],
) -> None:
    letter = write(office, dossier)
    assert counted(office, letter) == WAITS
    happens(office, dossier)
    dossier.refresh_from_db()
    assert counted(office, letter) == BACK
    fact = Fact.objects.get(kind="letter_sent_back")
    assert (fact.by, fact.data, bool(fact.words["reason"])) == (None, {"draft": str(letter.pk)}, True)
    assert Notice.objects.filter(code="letter_unsignable").count() == 1
    page = address(office.council, "office-letter", dossier.number, letter.pk)
    now, officer = next_of(Desk(dossier, office.officer)), sign_in(office.officer)
    assert now
    assert (page.endswith(now.url), bool(now.why)) == (True, True)
    read = officer.get(page, follow=True).content.decode()
    assert (fact.words["reason"] in read, "فغادرت حافظة الإمضاء" in read) == (True, True)
    with pytest.raises(ValidationError):
        desk.sign_outcome(letter, dossier, office.president, office.president, means="session")
    drop = address(office.council, "office-letter-drop", dossier.number, letter.pk)
    assert officer.post(drop, {"reason": "سحب صاحب الطلب طلبه."}).status_code == 302
    assert (Draft.objects.filter(pk=letter.pk).exists(), counted(office, letter)) == (False, NOWHERE)


def test_a_letter_that_only_a_day_made_so_goes_back_with_the_round(office: Office, dossier: Dossier) -> None:
    letter = question(office, dossier)
    with simulated(at("2027-01-20 10:00")):  # the first half of the delay is over
        assert leave_folders() == 1
        assert counted(office, letter) == BACK
        assert leave_folders() == 0


def test_one_that_may_be_signed_stays_and_words_alone_submit_none_that_may_not(
    office: Office, dossier: Dossier
) -> None:
    answer, letter = refusal(office, dossier), question(office, dossier)
    desk.correct_particulars(dossier, office.clerk, {"name": "محمد العلوي"}, "خطأ في الاسم")
    assert leave_folders() == 0
    assert counted(office, answer) == WAITS
    with simulated(at("2027-01-20 10:00")):
        leave_folders()
        letter.refresh_from_db()
        words = address(office.council, "office-letter-words", dossier.number, letter.pk)
        officer = sign_in(office.officer)
        assert officer.post(words, {"reason": "كم عدد الخيام تريدون؟"}).status_code == 422
        letter.refresh_from_db()
        assert letter.sent_back_at is not None
