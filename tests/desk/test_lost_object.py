"""A decision that is annulled while a remedy against it waits: the request is owed first, whatever becomes of the
remedy, and nothing is closed while no decision stands."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from tadbir.acts.models import Act
from tadbir.acts.queries import as_shown
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.actions import contest_signature, correct_entry
from tadbir.desk.dossier import Desk
from tadbir.desk.history import history
from tadbir.desk.next import next_of
from tadbir.desk.words import fact_name
from tadbir.dossiers.models import Dossier, Duty, Party
from tadbir.procedures.actions import take_from_catalogue
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def refused(office: Office) -> Dossier:
    """A loan of 1 December 2026, refused that day; its appeal came on the 3rd."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    answer(office, dossier, "refused", "2026-12-01")
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "الآلية كانت متوفرة", "appeal")
    dossier.refresh_from_db()
    return dossier


def answer(office: Office, dossier: Dossier, sense: str, on: str) -> None:
    """What waits for an answer is written, signed and handed over on a day."""
    with simulated(at(f"{on} 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, sense, "نص الجواب", "السبب" if sense == "refused" else "")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    dossier.refresh_from_db()


def objected(office: Office, dossier: Dossier, act: Act) -> None:
    contest_signature(act, dossier, office.president, "لم أمض هذا الجواب", sure=True, shown=as_shown(act).token)
    dossier.refresh_from_db()


def owed(dossier: Dossier) -> bool:
    return Duty.objects.get(dossier=dossier, rule="PROC-DECIDE").over_on is None


def test_the_request_is_owed_first_and_the_appeal_contests_the_decision_that_comes(
    office: Office, refused: Dossier
) -> None:
    with simulated(at("2026-12-04 10:00")):
        assert papers.to_answer(refused) is not None
        objected(office, refused, Act.objects.get(kind="outcome"))
        assert (papers.to_answer(refused), owed(refused), refused.closed_at) == (None, True, None)
        with override("fr"):
            now = next_of(Desk(refused, office.officer))
        assert now is not None
        assert "est annulée" in now.words
        assert now.button == "Écrire la réponse"
    answer(office, refused, "refused", "2026-12-07")
    assert (owed(refused), refused.closed_at) == (False, None), "the appeal waits, against the new decision"
    assert papers.to_answer(refused) is not None
    answer(office, refused, "refused", "2026-12-08")
    assert refused.closed_at is not None
    assert [str(one) for step in walk() for one in step.found] == []


def test_an_answer_to_the_appeal_closes_nothing_while_no_decision_stands(office: Office, refused: Dossier) -> None:
    answer(office, refused, "refused", "2026-12-07")
    assert refused.closed_at is not None
    with simulated(at("2026-12-08 10:00")):
        objected(office, refused, Act.objects.get(kind="outcome"))
        assert (refused.closed_at, owed(refused)) == (None, True)
        assert Desk(refused, office.officer).may_write_answer
    answer(office, refused, "granted", "2026-12-09")
    assert (refused.closed_by_kind, owed(refused)) == ("notified", False)


def test_so_is_an_orientation_that_is_struck_out_after_its_appeal(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    letter = actions.misdirected(dossier, office.head, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
    desk.sign_outcome(letter, dossier, office.officer, office.president, means="wet_ink")
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "المجلس هو المختص", "appeal")
        assert papers.to_answer(dossier) is not None
        struck = dossier.facts.get(kind="misdirected")
        correct_entry(struck, office.director, "وُجه خطأ إلى جهة أخرى")
        dossier.refresh_from_db()
        assert (papers.to_answer(dossier), owed(dossier), dossier.closed_at) == (None, True, None)
        line = history(Desk(dossier, office.director))["history"][-1]
        assert fact_name("misdirected") in line.detail, "the history says which entry was struck out"
    answer(office, dossier, "granted", "2026-12-04")
    assert dossier.closed_by_kind == "notified"


def test_the_words_of_the_annulled_letter_are_offered_again_to_whoever_writes_the_next(
    office: Office, refused: Dossier
) -> None:
    with simulated(at("2026-12-04 10:00")):
        page = address(office.council, "office-answer", refused.number)
        officer, act = sign_in(office.officer), Act.objects.get(kind="outcome")
        assert "نص الجواب" not in officer.get(page).content.decode(), "the appeal is answered in its own words"
        objected(office, refused, act)
        read = officer.get(page).content.decode()
        assert ("نصها موضوع هنا: أعيدوا قراءته" in read, act.number in read) == (True, True)
        assert "لم أمض هذا الجواب" in read
        for words in ("نص الجواب", "السبب"):
            assert f">\n{words}</textarea>" in read
        assert "other_sense" not in read
    answer(office, refused, "refused", "2026-12-07")
    assert papers.annulled_answer(refused, None) is None, "another one stands"


@pytest.mark.parametrize("reached", [True, False])
def test_an_objection_says_whether_a_message_tells_the_person(office: Office, refused: Dossier, reached: bool) -> None:
    assert refused.applicant is not None
    Party.objects.filter(pk=refused.applicant.pk).update(phone="+212661234567" if reached else "", email="")
    with simulated(at("2026-12-04 10:00")):
        president = sign_in(office.president)
        page = address(office.council, "office-signed", Act.objects.get(kind="outcome").number)
        told = re.findall(r'name="shown" value="([^"]*)"', president.get(page).content.decode())[0]
        typed = {"reason": "لم أمض هذا الجواب", "sure": "on", "shown": told}
        said = president.post(page, typed, follow=True).content.decode()
    assert ("لا تصله أي رسالة" in said) is not reached
    assert ("ويُخبر من يعنيه الأمر" in said) is reached


def test_who_comes_second_to_a_letter_reads_who_signed_it(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    councils.delegate(office.president, office.director, ["outcome"], "31/2026", date(2026, 12, 1))
    draft = desk.draft_outcome(dossier, office.officer, "granted", "نص الجواب")
    page = address(office.council, "office-signing-letter", draft.pk)
    second = sign_in(office.director)
    assert second.get(page).status_code == 200
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    for answered in (second.post(page, {"read": "on"}, follow=True), second.get(page, follow=True)):
        assert answered.redirect_chain
        assert act.number in answered.content.decode()
        assert str(office.president) in answered.content.decode()
    assert sign_in(office.stranger).get(page).status_code in (403, 404)


def test_an_orientation_that_is_signed_is_handed_over(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    letter = actions.misdirected(dossier, office.head, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
    desk.sign_outcome(letter, dossier, office.officer, office.president, means="wet_ink")
    dossier.refresh_from_db()
    owed = next_of(Desk(dossier, office.officer))
    assert owed is not None
    assert ("سلموها" in owed.words, "/notify/" in owed.url) == (True, True)
    actions.mark_received(dossier, office.officer, dossier.facts.get(kind="misdirected"), "in_hand")
    after = next_of(Desk(dossier, office.officer))
    assert after is not None
    assert "سلموها" not in after.words


def test_the_page_says_why_the_signature_is_not_struck_out_yet(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-04 10:00")):
        correct_entry(refused.facts.get(kind="notified"), office.director, "سُجل في غير ملفه")
        page = address(office.council, "office-do", refused.number, "correct")
        shown = sign_in(office.director).get(page).content.decode()
    kept = shown.split('<dl class="kv">')[1]
    assert fact_name("outcome_signed") in kept
    assert "يطعن في هذه الرسالة" in kept, "the appeal contests it, and is no mistake of the office"
    named = [one.split("</dt>")[0] for one in kept.split("<dt>")[1:]]
    assert not any(fact_name("appeal_filed") in one for one in named), "that one is offered above"


def test_the_letter_bears_the_address_that_the_request_gave(office: Office) -> None:
    sheet = take_from_catalogue("access-to-information", office.unit)
    filing = loan_filing(sheet, brought=(), answers={"address": "حي السلام، رقم 12"}, subject="ميزانية 2026")
    asked = actions.file_request(filing).dossier
    draft = desk.draft_outcome(asked, office.officer, "granted", "نعم")
    assert draft.body["recipient"]["address_ar"] == "حي السلام، رقم 12"
    assert papers.outdated(asked, draft) == []
