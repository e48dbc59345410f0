"""A paper that the person has and that no longer counts stays on his page and says so, answers as other letters; he is
told when it is annulled; and nobody is asked to notify what can no longer be notified."""

from datetime import date

from django.utils.translation import override

from tadbir.acts.models import Act
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import simulated
from tadbir.desk.dossier import Desk
from tadbir.desk.followed import Followed
from tadbir.desk.next import next_of
from tadbir.desk.sections import letters, papers_issued
from tadbir.dossiers.models import Dossier
from tadbir.notify.models import Notice
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted, loan_filing


def states(dossier: Dossier) -> dict[str, str]:
    with override("fr"):
        return {act.number: str(state) for act, state in Followed(dossier).papers_told}


def refused(office: Office, dossier: Dossier) -> Act:
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    assert act.number not in states(dossier), "before its notification it is not his"
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    return act


def test_an_answer_that_was_notified_stays_and_says_what_became_of_it(office: Office, loan: Dossier) -> None:
    act = refused(office, loan)
    assert states(loan)[act.number] == ""
    desk.correct_entry(loan.facts.get(kind="notified"), office.director, "سُجل في غير ملفه")
    assert "notification" in states(loan)[act.number]
    assert not Notice.objects.filter(code="paper_annulled").exists()
    desk.correct_entry(loan.facts.get(kind="outcome_signed"), office.director, "سُجل في غير ملفه")
    assert states(loan)[act.number] == "document annulé"
    assert act.number in Notice.objects.get(code="paper_annulled").body


def test_an_annulled_letter_that_never_reached_him_is_not_told(office: Office, loan: Dossier) -> None:
    draft = desk.draft_outcome(loan, office.officer, "refused", "لا", "السبب")
    act = desk.sign_outcome(draft, loan, office.officer, office.president, means="wet_ink")
    desk.correct_entry(loan.facts.get(kind="outcome_signed"), office.director, "لم يوقع")
    assert act.number not in states(loan)
    assert not Notice.objects.filter(code="paper_annulled").exists()


def test_an_extension_whose_notification_was_struck_has_no_effect(office: Office) -> None:
    sheet = adopted(office, "access-to-information")
    asked = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="ميزانية 2026")).dossier
    with simulated(at("2026-12-03 10:00")):
        draft = actions.record_step(
            asked, office.officer, "extension_notified", date(2026, 12, 3), "طلب واسع يستلزم وقتا"
        )
        act = desk.sign_outcome(draft, asked, office.officer, office.president, means="wet_ink")
        assert "pas notifiée" in states(asked)[act.number]
        desk.notify_outcome(act, asked, office.officer, how="in_hand", on=act.date, proof="توقيع")
        assert states(asked)[act.number] == ""
        fact = asked.facts.get(kind="extension_notified")
        desk.correct_entry(fact, office.director, "سُجل في غير ملفه")
        assert "notification" in states(asked)[act.number]
        shown = Desk(asked, office.officer)
        assert letters(shown)
        refused(office, asked)
        asked.refresh_from_db()
        assert asked.closed_at is not None
        after = Desk(asked, office.director, frozenset({"director"}))
        told = letters(after)
        assert told is None or not told["signed"], "no delay runs: nobody is asked to notify it"
        with override("fr"):
            step = next_of(after)
        assert step is not None
        assert act.number in step.words
        assert step.url.endswith(f"?fact={asked.facts.get(kind='letter_signed').pk}")
        page = sign_in(office.officer).get(address(office.council, "office-answer-notify", asked.number, act.number))
        assert page.status_code == 200


def test_the_list_of_papers_does_not_call_notified_what_was_struck(office: Office, loan: Dossier) -> None:
    act = refused(office, loan)
    act.refresh_from_db()
    desk.contest_signature(act, loan, office.president, "لم أمض هذا", sure=True, shown=as_shown(act).token)
    found = {one.act.number: one.struck for one in papers_issued(Desk(loan, office.officer))["papers"]}
    assert found[act.number]
    page = sign_in(office.officer).get(address(office.council, "office-dossier", loan.number, french=True))
    assert "sa notification est rayée" in page.content.decode()


def test_who_recorded_a_contested_signature_and_who_answers_for_it_are_told(office: Office, loan: Dossier) -> None:
    act = refused(office, loan)
    act.refresh_from_db()
    desk.contest_signature(act, loan, office.president, "لم أمض هذا", sure=True, shown=as_shown(act).token)
    told = Notice.objects.filter(code="contested_paper", dossier_ref=loan.number)
    to = " ".join(one.recipient for one in told)
    for person in (office.officer, office.director):
        assert person.account is not None
        assert person.account.email in to
    assert office.president.account is not None
    assert office.president.account.email not in to, "he did it himself"
    assert all(act.number in one.body for one in told)
