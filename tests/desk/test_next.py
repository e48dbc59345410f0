"""What the page of a dossier says must be done first."""

from datetime import date

import pytest

from tadbir.councils.clock import simulated, today
from tadbir.councils.queries import qualities_of as person_qualities
from tadbir.desk.dossier import Desk
from tadbir.desk.next import next_of
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier
from tadbir.law.words import FSI, PDI, beside, isolated
from tadbir.services import actions
from tadbir.ui.templatetags.ui import bdi
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def refuse(office: Office, dossier: Dossier) -> None:
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")


def test_what_counts_from_a_reception_is_said_as_the_law_counts_it(office: Office, dossier: Dossier) -> None:
    """The careful day counts from the signature, the latest one from the reception: the page says no more than that."""
    desk.misdirected(dossier, office.officer, "جماعة مجاورة", "ليس من اختصاص المجلس")
    dossier.refresh_from_db()
    found = next_of(Desk(dossier, office.officer))
    assert found is not None
    assert "ومنه يُحتسب أبعد تاريخ لآجال صاحب الطلب" in found.words


def test_the_answer_to_an_appeal_is_due_when_its_own_clock_says(office: Office, dossier: Dossier) -> None:
    request = next_of(Desk(dossier, office.officer))
    assert request is not None
    refuse(office, dossier)
    with simulated(at("2026-12-03 10:00")):
        appeal = actions.file_appeal(dossier, "الآلية كانت متوفرة", "appeal")
        dossier.refresh_from_db()
        found = next_of(Desk(dossier, office.officer))
    (its_own,) = [row.do_by for row in queries.duties(dossier) if row.trigger == str(appeal.pk) and row.type == "duty"]
    assert found is not None
    assert found.by == its_own != request.by


def test_a_remedy_without_a_clock_of_its_own_never_shows_that_of_the_request(office: Office, dossier: Dossier) -> None:
    seen = Desk(dossier, office.officer)
    assert seen.clock_of("") == seen.main_clock is not None
    assert seen.clock_of("0") is None


def test_a_complete_file_that_lacks_a_document_is_first_for_all_who_work_on_it(
    office: Office, dossier: Dossier
) -> None:
    piece = dossier.documents.get(requirement="liability")
    dossiers.withdraw_document(piece, office.clerk, "وثيقة شخص آخر", again=False)
    dossier.refresh_from_db()
    for person, strikes in ((office.officer, False), (office.director, True), (office.president, True)):
        found = next_of(Desk(dossier, person, person_qualities(person, today())))
        assert found is not None
        assert "يجب شطب التقييد" in found.words
        assert ("/do/correct/" in found.url) is strikes, person


def test_a_letter_that_nobody_may_sign_any_more_is_given_up(office: Office, dossier: Dossier) -> None:
    actions.misdirected(dossier, office.head, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
    waits = next_of(Desk(dossier, office.officer))
    assert waits is not None
    assert "/letters/" in waits.url
    refuse(office, dossier)
    dossier.refresh_from_db()
    found = next_of(Desk(dossier, office.officer))
    assert found is not None
    assert "يعد ممكنا إمضاؤها: اعدلوا عنها" in found.words, "to be given up, never to be signed"
    assert not found.by


def test_values_that_stand_apart_are_not_turned_round_by_another_isolate() -> None:
    line = beside("رفض", "L-2026-00025")
    assert isolated(line) == line == f"{FSI}رفض{PDI} · {FSI}L-2026-00025{PDI}"
    assert beside(line, "31/12/2026").count(FSI) == 3
    assert bdi(line) == line
