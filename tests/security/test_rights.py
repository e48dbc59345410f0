"""Every action asks who: other councils, other units, ended roles, the administrator, signatures out of time."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.acts.actions import NoSigningPower
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Quality, Role
from tadbir.councils.scope import NoCouncil, council_scope
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.services import actions
from tadbir.services.actions import Told
from tadbir.services.requests import Piece
from tests import at_once as desk
from tests.conftest import at
from tests.factories import PNG, SINCE, Office, adopted_loan, loan_filing, make_office


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def test_an_agent_of_another_unit_does_nothing_at_the_counter_either(office: Office, dossier: Dossier) -> None:
    stranger = office.stranger
    tries = (
        lambda: actions.receive_document(dossier, "other", "وثيقة", None, by=stranger),
        lambda: actions.answer_information(dossier, "نعم", by=stranger),
        lambda: actions.withdraw(dossier, by=stranger),
        lambda: actions.file_appeal(dossier, "", "key", by=stranger),
        lambda: actions.ask_reasons(dossier, by=stranger),
        lambda: desk.reprint_code(dossier, stranger, "passport"),
        lambda: desk.ask_opinion(dossier, stranger, office.unit, "رأي"),
        lambda: desk.misdirected(dossier, stranger, "جماعة", ""),
    )
    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()
    desk.ask_information(dossier, office.officer, "كم؟")
    with pytest.raises(PermissionDenied):
        actions.answer_information(dossier, "نعم", by=office.president)  # the president is not at the counter
    assert actions.answer_information(dossier, "أربع", by=office.clerk)
    for told in (None, Told(""), Told("said", "x"), Told("written")):
        with pytest.raises(ValidationError):
            actions.withdraw(dossier, office.clerk, told)
    assert actions.withdraw(dossier, office.clerk, Told("said", "لم يعد يحتاجها"))


def test_a_scan_is_added_by_who_sees_the_dossier_or_filed_it(office: Office) -> None:
    from io import BytesIO

    sheet = adopted_loan(office)
    mine = actions.file_request(loan_filing(sheet, pieces=_paper()), by=office.clerk).dossier
    paper = mine.documents.get()
    with pytest.raises(PermissionDenied):
        desk.add_scan(paper, office.stranger, BytesIO(PNG), len(PNG))
    assert desk.add_scan(paper, office.officer, BytesIO(PNG), len(PNG)).file
    other = actions.file_request(loan_filing(sheet, pieces=_paper()), by=office.stranger).dossier
    assert desk.add_scan(other.documents.get(), office.stranger, BytesIO(PNG), len(PNG)).file


def _paper() -> tuple[Piece, ...]:
    return (Piece("liability", "التزام", None),)


def test_an_ended_role_gives_no_opinion_and_no_work(office: Office, dossier: Dossier) -> None:
    asked = desk.ask_opinion(dossier, office.officer, office.other_unit, "هل الخيام متوفرة؟")
    role = Role.objects.get(person=office.stranger)
    councils.end_role(role, date(2026, 11, 30))
    with pytest.raises(PermissionDenied):
        desk.give_opinion(dossier, office.stranger, asked, "نعم")
    Role.objects.filter(pk=role.pk).update(ends_on=None)
    assert desk.give_opinion(dossier, office.stranger, asked, "نعم")
    dossiers.reassign(dossier, office.head, office.officer, office.unit)
    dossier.refresh_from_db()
    assert queries.works_on(office.officer, dossier)
    councils.end_role(Role.objects.get(person=office.officer), date(2026, 11, 30))
    assert not queries.works_on(office.officer, dossier)
    assert queries.get_visible(office.officer, dossier.number) is None
    councils.give_role(office.officer, Quality.ADMIN, SINCE)  # he now keeps the machine
    assert queries.get_visible(office.officer, dossier.number) is None


def test_a_dossier_is_given_to_somebody_who_can_work_on_it(office: Office, dossier: Dossier) -> None:
    admin = councils.create_person("هشام", "Hicham", "admin@oed.example")
    councils.give_role(admin, Quality.ADMIN, SINCE)
    empty = councils.create_unit("archive", "الأرشيف", "Archives")
    other = make_office("12.066", "aou")
    for person, unit in (
        (admin, office.unit),
        (office.clerk, office.unit),
        (None, empty),
        (other.officer, office.unit),
        (None, other.unit),
    ):
        with pytest.raises((ValidationError, PermissionDenied, NoCouncil)):
            dossiers.reassign(dossier, office.head, person, unit)
    dossier.refresh_from_db()
    assert (dossier.unit, dossier.officer) == (office.unit, None)
    with pytest.raises(ValidationError, match="لا يعمل") as told:
        dossiers.reassign(dossier, office.head, office.stranger, office.unit)
    assert "to" in told.value.message_dict
    dossiers.reassign(dossier, office.head, office.director, office.unit)  # the council's own
    dossier.refresh_from_db()
    dossiers.reassign(dossier, office.head, office.stranger, office.other_unit)


def test_nothing_of_one_dossier_answers_another(office: Office, dossier: Dossier) -> None:
    second = actions.file_request(loan_filing(dossier.sheet)).dossier  # type: ignore[arg-type]
    draft = desk.draft_outcome(dossier, office.officer, "granted", "نعم")
    with pytest.raises(ValidationError):
        desk.sign_outcome(draft, second, office.officer, office.president, means="wet_ink")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.sign_outcome(
        desk.draft_outcome(second, office.officer, "granted", "نعم"),
        second,
        office.officer,
        office.president,
        means="wet_ink",
    )
    proof = {"how": "in_hand", "on": date(2026, 12, 1), "proof": "توقيع"}
    with pytest.raises(ValidationError):
        desk.notify_outcome(act, second, office.officer, **proof)
    assert desk.notify_outcome(act, dossier, office.officer, **proof)


def test_a_signature_is_not_dated_before_its_letter_nor_after_today(office: Office, dossier: Dossier) -> None:
    with simulated(at("2026-12-10 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, "granted", "نعم")
        for day in (date(2026, 12, 9), date(2026, 1, 2), date(1, 1, 1), date(2026, 12, 11)):
            with pytest.raises((ValidationError, NoSigningPower)):
                desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink", on=day)
    with simulated(at("2026-12-11 10:00")):
        day = date(2026, 12, 10)
        assert desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink", on=day)


def test_a_delegation_serves_its_subjects_and_its_days_only(office: Office, dossier: Dossier) -> None:
    councils.delegate(office.president, office.head, ["letter"], "5/2026", SINCE)
    councils.delegate(office.president, office.director, ["outcome"], "6/2026", date(2026, 12, 5))
    draft = desk.draft_outcome(dossier, office.officer, "granted", "نعم")
    for person in (office.head, office.director, office.officer, office.clerk):
        with pytest.raises(NoSigningPower):
            desk.sign_outcome(draft, dossier, office.officer, person, means="wet_ink")
    with simulated(at("2026-12-06 10:00")):
        with pytest.raises(NoSigningPower):  # the delegation was not yet in force on the day written
            desk.sign_outcome(draft, dossier, office.officer, office.director, means="wet_ink", on=date(2026, 12, 4))
        assert desk.sign_outcome(draft, dossier, office.officer, office.director, means="wet_ink")


def test_a_unit_head_cannot_delegate_and_a_clerk_receives_nothing(office: Office) -> None:
    with pytest.raises(PermissionDenied):
        councils.delegate(office.head, office.director, ["*"], "7/2026", SINCE)
    with pytest.raises(ValidationError):
        councils.delegate(office.president, office.clerk, ["*"], "7/2026", SINCE)
    assert councils.delegate(office.president, office.head, ["*"], "7/2026", SINCE)


def test_a_fact_of_another_council_is_not_corrected_from_here(office: Office) -> None:
    other = make_office("12.066", "aou")
    with council_scope(other.council):
        from tadbir.acts.keys import make_keys

        make_keys()
        theirs = actions.file_request(loan_filing(adopted_loan(other))).dossier
        fact = desk.ask_information(theirs, other.officer, "سؤال")
    with pytest.raises((PermissionDenied, ValidationError, NoCouncil, Dossier.DoesNotExist)):
        desk.correct_entry(fact, office.director, "خطأ")
    with council_scope(other.council):
        assert desk.correct_entry(fact, other.officer, "خطأ")
        assert Fact.objects.filter(dossier=theirs, kind="entry_corrected").count() == 1
