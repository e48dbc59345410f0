"""A decision that is annulled while a remedy against it waits: the request is owed first, whatever becomes of the
remedy, and nothing is closed while no decision stands."""

import pytest
from django.utils.translation import override

from tadbir.acts.models import Act
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.actions import contest_signature, correct_entry
from tadbir.desk.dossier import Desk
from tadbir.desk.next import next_of
from tadbir.dossiers.models import Dossier, Duty
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
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
    answer(office, dossier, "granted", "2026-12-04")
    assert dossier.closed_by_kind == "notified"
