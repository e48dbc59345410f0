"""Every signed letter asks to be handed over until somebody records that it arrived, and a letter that tells what still
stands is written anew: kind by kind, as the data list them."""

from collections.abc import Callable
from datetime import date

import pytest

from tadbir.acts.kinds import kind_of, notified_kinds
from tadbir.acts.models import Act, Draft
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.next import next_of
from tadbir.desk.papers.letters import _letters
from tadbir.dossiers.models import Dossier, Fact
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tadbir.ui.dates import day_words
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


def complete(office: Office) -> Dossier:
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def without_papers(office: Office) -> Dossier:
    return actions.file_request(loan_filing(adopted_loan(office), brought=())).dossier


def petition(office: Office) -> Dossier:
    sheet = take_from_catalogue("petition", office.unit)
    return actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="عريضة")).dossier


def personal(right: str) -> Callable[[Office], Dossier]:
    def made(office: Office) -> Dossier:
        sheet = take_from_catalogue("personal-data-rights", office.unit)
        return actions.file_request(loan_filing(sheet, brought=(), answers={"right": right})).dossier

    return made


def step(kind: str) -> Callable[[Office, Dossier], Draft]:
    def write(office: Office, dossier: Dossier) -> Draft:
        made = actions.record_step(dossier, office.officer, kind, None, "صُحح الاسم في السجل وسُلمت نسخة منه")
        found = made if isinstance(made, Draft) else papers.letter_waiting(dossier, kind)
        assert found
        return found

    return write


#: How each letter that stands by its signature comes to be: its dossier, the day, how it is written.
WRITTEN: dict[str, tuple[Callable[[Office], Dossier], str, Callable[[Office, Dossier], Draft]]] = {
    "replacement_asked": (
        complete,
        "2026-12-02",
        lambda office, one: actions.ask_replacement(one, office.officer, "liability", "غير موقع من صاحبه"),
    ),
    "original_asked": (
        complete,
        "2026-12-02",
        lambda office, one: actions.ask_original(one, office.officer, "liability", "نسخة غير واضحة"),
    ),
    "information_asked": (
        complete,
        "2026-12-02",
        lambda office, one: actions.ask_information(one, office.officer, "كم عدد الخيام؟"),
    ),
    "misdirected": (
        complete,
        "2026-12-02",
        lambda office, one: actions.misdirected(one, office.officer, "جماعة النخلة", "الرخصة من اختصاص الجماعة"),
    ),
    "file_returned": (
        without_papers,
        "2027-01-20",
        lambda office, one: actions.return_file(one, office.officer, "missing"),
    ),
    "bureau_accepted": (petition, "2026-12-02", step("bureau_accepted")),
    "rectified": (personal("rectification"), "2026-12-02", step("rectified")),
    "access_given": (personal("access"), "2026-12-02", step("access_given")),
}


def test_every_signed_letter_waits_for_its_notification_or_for_its_hand_over() -> None:
    for _kind, fact in _letters:
        paper = _letters[_kind, fact].paper
        assert (paper.code in notified_kinds()) != (paper.code in papers.handed_kinds()), fact
    standing = {fact for (_kind, fact), letter in _letters.items() if letter.paper.code in papers.handed_kinds()}
    ours = {fact for kind, fact in _letters if kind in ("55-19", "09-08", "petition")}
    assert standing & ours == set(WRITTEN), "each has its row here"
    assert all(kind_of(code).notified for code in papers.KINDS)


def in_tray(office: Office, dossier: Dossier) -> bool:
    tray = address(office.council, "office-tray", "notify")
    return dossier.number in sign_in(office.officer).get(tray).content.decode()


def asks(office: Office, dossier: Dossier) -> bool:
    """Whether the page of the dossier asks for the hand-over first."""
    dossier.refresh_from_db()
    found = next_of(Desk(dossier, office.officer))
    return bool(found and "/notify/" in found.url)


@pytest.mark.parametrize("kind", sorted(WRITTEN))
def test_it_asks_until_its_arrival_is_recorded_and_again_once_that_is_struck_out(office: Office, kind: str) -> None:
    make, day, write = WRITTEN[kind]
    dossier = make(office)
    with simulated(at(f"{day} 10:00")):
        draft = write(office, dossier)
        assert (in_tray(office, dossier), asks(office, dossier)) == (False, False)
        act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
        assert (in_tray(office, dossier), asks(office, dossier)) == (True, True)
        page, clerk = address(office.council, "office-answer-notify", dossier.number, act.number), sign_in(office.clerk)
        told = {"how": "in_hand", "on": day, "proof": "توقيع على النسخة"}
        assert clerk.post(page, told | {"proof": ""}).status_code == 422
        assert clerk.post(page, told).status_code == 302
        act.refresh_from_db()
        assert (act.notified_on, in_tray(office, dossier), asks(office, dossier)) == (
            date.fromisoformat(day),
            False,
            False,
        )
        arrived = dossier.facts.get(kind="request_received")
        taken = Fact.objects.get(pk=arrived.data["asked"])
        assert taken.data["act"] == act.number
        assert kind in (taken.kind, taken.data.get("step"))
        assert clerk.post(page, told).status_code == 422, "once is enough"
        desk.correct_entry(arrived, office.director, "سُجل في غير ملفه")
        act.refresh_from_db()
        assert (act.notified_on, in_tray(office, dossier), asks(office, dossier)) == (None, True, True)


def test_the_card_of_a_returned_file_says_the_day_that_its_reception_moves(office: Office) -> None:
    """Signed on 20 January, received on 28 January: the careful day counts from the first, the last from the second."""
    dossier = without_papers(office)
    with simulated(at("2027-01-20 10:00")):
        draft = actions.return_file(dossier, office.officer, "missing")
        act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    with simulated(at("2027-01-29 10:00")):
        page = address(office.council, "office-answer-notify", dossier.number, act.number)
        told = {"how": "in_hand", "on": "2027-01-28", "proof": "توقيع على النسخة"}
        assert sign_in(office.clerk).post(page, told).status_code == 302
        dossier.refresh_from_db()
        open_ = [row for row in Desk(dossier, office.officer).duties if row.over_on is None and row.file_before]
        clock = next(row for row in open_ if row.type == "right" and row.accept_until != row.shown_day)
        assert clock.accept_until is not None
        assert clock.accept_until > date(2027, 3, 26)  # sixty days of the reception at least
        card = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
        until = card[card.index("بأطول احتساب") :][:250]
        assert day_words(clock.accept_until, "ar") in until


def test_a_question_that_was_answered_asks_no_more(office: Office) -> None:
    dossier = complete(office)
    desk.ask_information(dossier, office.officer, "كم عدد الخيام؟")
    assert (in_tray(office, dossier), asks(office, dossier)) == (True, True)
    actions.answer_information(dossier, "خمس خيام")
    assert (in_tray(office, dossier), asks(office, dossier)) == (False, False)


@pytest.mark.parametrize("how", ["dropped", "struck", "contested"])
def test_the_letter_of_an_acceptance_that_stands_is_written_anew(office: Office, how: str) -> None:
    dossier = petition(office)
    draft = WRITTEN["bureau_accepted"][2](office, dossier)
    officer, do = sign_in(office.officer), address(office.council, "office-do", dossier.number, "tell-again")
    page = address(office.council, "office-dossier", dossier.number)
    assert do not in officer.get(page).content.decode(), "it is told, or will be"
    if how == "dropped":
        desk.drop_letter(draft, dossier, office.officer, "خطأ في النص")
    else:
        means = {"means": "session"} if how == "struck" else {"means": "wet_ink"}
        by = office.president if how == "struck" else office.officer
        act = desk.sign_outcome(draft, dossier, by, office.president, **means)
        if how == "struck":
            desk.correct_entry(dossier.facts.get(kind="letter_signed"), office.director, "خطأ في النص")
        else:
            shown = as_shown(act).token
            desk.contest_signature(act, dossier, office.president, "لم أمضها", sure=True, shown=shown)
    found = next_of(Desk(Dossier.objects.get(pk=dossier.pk), office.officer))
    assert found
    assert do.endswith(found.url)
    assert officer.post(do, {"key": "one", "kind": "bureau_accepted", "note": "نص مصحح"}).status_code == 302
    again = papers.letter_waiting(dossier, "bureau_accepted")
    assert again
    assert officer.post(do, {"key": "two", "kind": "bureau_accepted", "note": "نص"}).status_code != 302, "once"
    told = desk.taken(again)
    assert (
        told.kind,
        Act.objects.filter(dossier_ref=dossier.number, kind="applicant_notice", status="valid").count(),
    ) == ("letter_signed", 1)
    assert len(dossier.facts.filter(kind="bureau_accepted")) == 1


@pytest.mark.parametrize("contested", [False, True])
def test_a_favourable_answer_that_fell_is_written_anew(office: Office, contested: bool) -> None:
    dossier = complete(office)
    if contested:
        draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب قائم")
        act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
        actions.file_appeal(dossier, "أعيد النظر", "appeal")
    for _round in range(2):
        draft = desk.draft_outcome(dossier, office.officer, "granted", "قرر المجلس إعارتكم الخيام.")
        act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
        notified = dossier.facts.filter(data__act=act.number, kind__in=("notified", "appeal_answered")).latest("pk")
        desk.correct_entry(notified, office.director, "خطأ في التبليغ")
        signed = dossier.facts.filter(data__act=act.number, kind__in=("outcome_signed", "answer_signed")).latest("pk")
        desk.correct_entry(signed, office.director, "خطأ في الإمضاء")
        act.refresh_from_db()
        assert act.status == Act.Status.ANNULLED
