"""Pages name who did it and to whom: in the history, on the page of what changed, among the units that may be asked."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Quality
from tadbir.councils.shown import Changed
from tadbir.desk import actions as desk
from tadbir.desk import papers
from tadbir.desk.actions import leaving
from tadbir.desk.dossier import Desk
from tadbir.desk.history import history
from tadbir.desk.shown import act_shown
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.models import Notice
from tadbir.services import actions
from tadbir.services.actions import Told
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def details(office: Office, dossier: Dossier) -> dict[str, str]:
    found = history(Desk(Dossier.objects.get(pk=dossier.pk), office.director, frozenset({"director"})))
    return {line.fact.kind: line.detail for line in found["history"]}


def test_the_history_names_the_unit_asked_and_to_whom_it_was_given(office: Office, dossier: Dossier) -> None:
    desk.ask_opinion(dossier, office.officer, office.other_unit, "رأيكم؟")
    dossiers.reassign(dossier, office.officer, office.stranger, office.other_unit, "سهو")
    said = details(office, dossier)
    assert str(office.other_unit) in said["opinion_asked"]
    assert str(office.other_unit) in said["reassigned"]
    assert str(office.stranger) in said["reassigned"]


def test_no_code_and_no_row_is_shown_in_the_history(office: Office, dossier: Dossier) -> None:
    actions.receive_document(dossier, "other", "ورقة", None, by=office.clerk, source="counter")
    document = dossier.documents.get(requirement="liability")
    dossiers.withdraw_document(document, office.clerk, "وثيقة شخص آخر", again=False)
    said = details(office, dossier)
    assert "other" not in said["document_received"]
    assert str(document.pk) not in said["document_withdrawn"]
    assert said["document_withdrawn"]


def test_an_opinion_is_asked_of_a_unit_where_somebody_answers(office: Office, dossier: Dossier) -> None:
    empty = councils.create_unit("empty", "قسم فارغ", "Division vide")
    with pytest.raises(ValidationError, match="أحد"):
        desk.ask_opinion(dossier, office.officer, empty, "رأيكم؟")
    assert desk.ask_opinion(dossier, office.officer, office.other_unit, "رأيكم؟").kind == "opinion_asked"


def test_the_page_of_what_changed_names_who_changed_it(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "نأسف.", "نفد المخزون")
    read = papers.shown_to_sign(dossier, draft).token
    with simulated(at("2026-12-08 10:00")):
        dossiers.record(dossier, "told_by_hand", by=office.director, data={"how": "phone", "notices": []})
        with pytest.raises(Changed) as changed:  # the days to contest are others by now, the letter is the same
            papers.shown_to_sign(dossier, draft).require(read)
    assert {one.by for one in changed.value.differences} == {str(office.director)}
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    before = act_shown(act).token
    at_once.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع على النسخة")
    act.refresh_from_db()
    with pytest.raises(Changed) as changed:
        act_shown(act).require(before)
    assert {one.by for one in changed.value.differences} == {str(office.officer)}


def test_an_appeal_dated_before_what_it_attacks_is_asked_twice(office: Office, dossier: Dossier) -> None:
    with simulated(at("2027-02-10 10:00")):
        record_lapses()
        day = date(2027, 1, 13)
        with pytest.raises(ValidationError) as refused:
            actions.file_appeal(dossier, "", "key", by=office.clerk, told=Told("written", on=day))
        assert "early" in refused.value.message_dict
        assert not Fact.objects.filter(kind="appeal_filed").exists()
        made = actions.file_appeal(dossier, "", "key", by=office.clerk, told=Told("written", on=day, early=True))
        assert made.data["against"] == "early"
        desk.correct_entry(made, office.director, "أخطأنا في التاريخ")
        again = actions.file_appeal(dossier, "", "k2", by=office.clerk, told=Told("written", on=date(2027, 2, 9)))
        assert again.data["against"] == "lapse"


def test_a_question_of_a_unit_that_nobody_answers_in_any_more_comes_back(office: Office, dossier: Dossier) -> None:
    asked = desk.ask_opinion(dossier, office.officer, office.other_unit, "هل من مانع؟")
    assert desk.return_opinions() == 0, "its officer is there"
    role = office.stranger.roles.get()
    councils.end_role(role, date(2026, 12, 1), by=office.director)
    with simulated(at("2026-12-02 09:00")):
        assert desk.return_opinions() == 1
        assert desk.return_opinions() == 0, "once"
        came = Fact.objects.get(kind="opinion_returned")
        assert came.data == {"asked": str(asked.pk), "unit": office.other_unit.code}
        notice = Notice.objects.get(code="opinion_returned")
        assert notice.recipient == "officer@oed.example"
        assert str(office.other_unit) in notice.body
        client = sign_in(office.officer)
        tray = client.get(address(office.council, "office-tray", "opinion")).content.decode()
        assert dossier.number in tray
        page = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
        assert "رجع طلب الرأي دون جواب" in page
        assert str(office.other_unit) in details(office, dossier)["opinion_returned"]
        finance = councils.create_unit("finance", "قسم المالية", "Division des finances")
        councils.give_role(office.clerk, Quality.OFFICER, date(2026, 12, 1), unit=finance)
        desk.ask_opinion(dossier, office.officer, finance, "ورأيكم؟")
        tray = client.get(address(office.council, "office-tray", "opinion")).content.decode()
        assert dossier.number not in tray


def test_it_comes_back_with_the_end_of_the_role_that_nobody_else_has(office: Office, dossier: Dossier) -> None:
    asked = desk.ask_opinion(dossier, office.officer, office.other_unit, "هل من مانع؟")
    role = office.stranger.roles.get()
    leaving.end_role(role, date(2026, 12, 1), office.director, give=False)
    assert not Fact.objects.filter(kind="opinion_returned").exists(), "he answers until the end of his last day"
    leaving.end_role(role, date(2026, 11, 30), office.director, give=False)
    assert Fact.objects.get(kind="opinion_returned").data["asked"] == str(asked.pk)
