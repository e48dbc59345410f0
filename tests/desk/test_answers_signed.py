"""Whatever the council says to somebody is written, signed and notified: grievances, reasons and petitions too."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.followed import Followed
from tadbir.desk.papers import letter_of
from tadbir.desk.queries.trays import in_tray, tray_named
from tadbir.desk.words import NOTIFIED
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Duty
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tadbir.services.actions import Told
from tadbir.services.queries.follow import RequestView
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

SAID = {"key": "k", "how": "said", "on": "2026-12-03", "reason": "الآلية كانت متوفرة يوم الطلب"}
#: Facts that end a duty of the council towards somebody without a signed letter behind them, and why none is.
UNSIGNED = {
    "filed": "a receipt is given at once by whoever takes the file, in his name (decision 0025)",
    "receipt_given": "the same, where it was given on paper",
    "acknowledged": "an acknowledgement of receipt, as a receipt is",
    "delivered_on_spot": "what was asked for was handed over itself; nothing in the office records it",
    "completed": "the file goes on after a return that was taken back, and its answer is a letter",
    "replacement_received": "the same, where another copy was what it lacked",
    "put_on_agenda": "the council's own agenda, which no letter makes; the petition is answered by letter",
    "cndp_asked": "said to the commission, not to the person",
    "cdai_answered": "the commission's own answer",
    "declaration_receipt": "the commission's own receipt",
    "authorisation_answered": "the commission's own answer",
    "exchange_obtained": "another administration's document; nothing in the office records it",
    "exchange_failed_told": "nothing in the office records it",
    "silence_explained": "said to the governor; nothing in the office records it",
}


def test_what_ends_a_duty_towards_somebody_is_a_signed_letter_or_says_why_not() -> None:
    unsigned = set()
    for kind, regime in law.REGIMES.items():
        if regime.opened_by != "person":
            continue
        duties = (rule for rule in law.RULES if rule.type == "duty" and kind in rule.kinds)
        ends = {one.fact for rule in duties if rule.owner not in law.PERSONS for one in rule.discharged_by}
        known = {fact for fact in ends if fact in regime.facts and fact not in NOTIFIED}
        unsigned |= {fact for fact in known if letter_of(kind, fact) is None}
    assert unsigned == set(UNSIGNED)
    asked = {code for code, kind in law.FACTS.items() if kind.asks == "president" and kind.of_person}
    answers = {law.FACTS[code].answered_by[0] for code in asked}
    assert answers == {"appeal_answered", "complaint_answered", "grievance_answered", "reasons_given"}
    for answer in answers:
        assert {"act", "means"} <= set(law.FACTS[answer].keys), answer
        assert answer in NOTIFIED or all(letter_of(k, answer) for k, one in law.REGIMES.items() if answer in one.facts)


def refused(office: Office, kind: str = "55-19") -> Dossier:
    """A request that was refused on 1 December."""
    if kind == "55-19":
        dossier = actions.file_request(loan_filing(adopted_loan(office), language="fr")).dossier
    else:
        sheet = take_from_catalogue({"petition": "petition", "09-08": "personal-data-rights"}[kind], office.unit)
        dossier = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="موضوع")).dossier
    if kind == "petition":
        with pytest.raises(ValidationError, match="رفض العريضة من طرف المكتب"):
            desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب", "Non", "Le motif")
        actions.record_step(dossier, office.officer, "bureau_refused", None, "شروطها غير مستوفاة")
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب", "Non", "Le motif")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    dossier.refresh_from_db()
    assert dossier.closed_at is not None
    return dossier


@pytest.mark.parametrize("kind", ["55-19", "petition", "09-08"])
def test_a_grievance_is_registered_with_a_receipt_and_answered_by_letter(office: Office, kind: str) -> None:
    dossier = refused(office, kind)
    page = address(office.council, "office-dossier", dossier.number)
    with simulated(at("2026-12-03 10:00")):
        clerk, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, "grievance")
        assert clerk.post(where, SAID | {"reason": ""}).status_code == 422
        assert clerk.post(where, SAID).status_code == 302
        dossier.refresh_from_db()
        assert dossier.closed_at is None, "it is work again"
        receipt = Act.objects.filter(dossier_ref=dossier.number, kind="receipt").latest("pk").document
        assert (receipt["title_ar"], receipt["receipt"]["subject_fr"]) == ("وصل بتسلم التظلم", "Recours gracieux")
        assert receipt["receipt"]["clock"]["do_by"] == "2027-02-01"
        officer = sign_in(office.officer)
        html = officer.get(page).content.decode()
        assert ("الجواب عن: التظلم" in html, "تحرير الجواب" in html) == (True, False)
        assert "grievance_answered" not in html, "nothing answers it in one click"
        with pytest.raises(ValidationError):
            actions.record_step(dossier, office.officer, "grievance_answered", None, "لا")
        draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب قائم", "Non", "Le motif demeure")
        assert (draft.kind, draft.body["title_ar"]) == ("appeal_answer", "التظلم: عدم الاستجابة")
        assert list(in_tray(Dossier.objects.all(), tray_named("signature"))) == [dossier]
    with simulated(at("2026-12-07 10:00")):
        owed = Duty.objects.get(dossier=dossier, rule="GRIEVANCE-60")
        act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
        owed.refresh_from_db()
        assert (owed.discharged_on, [one["text_ar"][:12] for one in act.document["remedies"]] != []) == (None, True)
        assert list(in_tray(Dossier.objects.all(), tray_named("notify"))) == [dossier]
        fact = desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 7), proof="توقيع")
        owed.refresh_from_db()
        dossier.refresh_from_db()
        assert (fact.kind, fact.data["act"], owed.discharged_on) == (
            "grievance_answered",
            act.number,
            fact.happened_at.date(),
        )
        assert dossier.closed_at is not None
        html = officer.get(page).content.decode()
        assert ("تحرير الجواب" in html, "الجواب عن:" in html) == (False, False), "nothing more is owed after the end"


def test_the_reasons_are_a_letter_that_gives_them_once_it_is_notified(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2027-05-03 10:00")):
        record_lapses(date(2027, 5, 3))
        asked = actions.ask_reasons(dossier, office.clerk, Told("said", "يريد معرفة الأسباب"))
        owed = Duty.objects.get(dossier=dossier, rule="REASONS-ANS")
        client, where = sign_in(office.officer), address(office.council, "office-do", dossier.number, "give-reasons")
        typed = {"key": "k", "asked": str(asked.pk), "reasons": "الآلية معطلة منذ شهر نونبر"}
        assert client.post(where, typed | {"reasons": "x"}).status_code == 422
        assert client.post(where, typed).status_code == 302
        draft = papers.unsigned(dossier)[0]
        owed.refresh_from_db()
        assert (dossier.facts.filter(kind="reasons_given").exists(), owed.discharged_on) == (False, None)
        assert [block["text"] for block in draft.body["blocks"]][-1] == "الآلية معطلة منذ شهر نونبر"
        assert "03.01" in draft.body["blocks"][0]["text"]
        act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
        owed.refresh_from_db()
        assert (owed.discharged_on, act.waits_for_notification) == (None, True)
        again = client.get(where)
        assert again.status_code == 422 or "بلغوها أولا" in again.content.decode()
        with pytest.raises(ValidationError, match="بلغوها أولا"):
            actions.give_reasons(dossier, office.officer, asked, "سبب آخر غير الأول")
        fact = desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2027, 5, 3), proof="توقيع")
        owed.refresh_from_db()
        assert (fact.data["asked"], fact.data["act"], owed.discharged_on) == (
            str(asked.pk),
            act.number,
            date(2027, 5, 3),
        )
        assert Notice.objects.filter(code="reasons_given", dossier_ref=dossier.number).count() == 1


def test_an_answer_to_one_remedy_leaves_the_dossier_to_whoever_owes_the_other(office: Office) -> None:
    dossier = refused(office)
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "أطعن", "one")
        actions.file_appeal(
            dossier, "", "two", filed="grievance_filed", by=office.clerk, told=Told("said", "يتظلم أيضا")
        )
    with simulated(at("2026-12-07 10:00")):
        first = desk.answer_appeal(dossier, office.officer, office.president, "refused", "السبب قائم")
        dossier.refresh_from_db()
        assert (first.kind, dossier.closed_at) == ("appeal_answered", None)
        waiting = papers.to_answer(dossier)
        assert waiting is not None
        assert waiting.kind == "grievance_filed"
        second = desk.answer_appeal(dossier, office.officer, office.president, "refused", "السبب قائم")
        dossier.refresh_from_db()
        assert (second.kind, dossier.closed_by_kind) == ("grievance_answered", "notified")


def test_the_page_that_answers_a_grievance_shows_its_day_and_not_that_of_the_late_request(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    late = dossier.duties.get(rule="PROC-DECIDE")
    assert late.lapses_on is not None
    where = address(office.council, "office-answer", dossier.number)
    with simulated(at(f"{late.lapses_on} 10:00")):
        record_lapses(late.lapses_on)
        assert f'datetime="{late.shown_day}"' in sign_in(office.officer).get(where).content.decode()
        told = Told("said", "يتظلم من السكوت")
        actions.file_appeal(dossier, "", "two", filed="grievance_filed", by=office.clerk, told=told)
        own = dossier.duties.get(rule="GRIEVANCE-60", type="duty")
        page = sign_in(office.officer).get(where).content.decode()
        assert f'datetime="{own.shown_day}"' in page
        assert f'datetime="{late.shown_day}"' not in page


@pytest.mark.parametrize("decided", ["bureau_refused", "bureau_accepted"])
def test_what_the_bureau_decided_of_a_petition_is_told_by_letter(office: Office, decided: str) -> None:
    sheet = take_from_catalogue("petition", office.unit)
    dossier = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="عريضة")).dossier
    actions.record_step(dossier, office.officer, decided, None, "قرار المكتب في شأن العريضة")
    html = sign_in(office.officer).get(address(office.council, "office-answer", dossier.number)).content.decode()
    sense, why = ("refused", "شروطها غير مستوفاة") if decided == "bureau_refused" else ("granted", "")
    other = "granted" if decided == "bureau_refused" else "refused"
    assert (f'?sense={sense}"' in html, f'?sense={other}"' in html) == (True, False)
    with pytest.raises(ValidationError, match="مكتب المجلس العريضة"):
        desk.draft_outcome(dossier, office.officer, other, "جواب عن عريضتكم", "شروطها غير مستوفاة")
    draft = desk.draft_outcome(dossier, office.officer, sense, "جواب عن عريضتكم", why)
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    fact = desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    assert fact.kind == "notified"
    assert Duty.objects.get(dossier=dossier, rule="PET-REFUSE").discharged_on == date(2026, 12, 1)


def test_the_person_reads_each_remedy_by_its_own_name_and_what_became_of_it(office: Office) -> None:
    dossier = refused(office)
    with simulated(at("2026-12-03 10:00")):
        told = Told("said", "يتظلم من الرفض")
        actions.file_appeal(dossier, "", "two", filed="grievance_filed", by=office.clerk, told=told)
        dossier.refresh_from_db()
        view = RequestView(Followed(dossier))
        assert (view.state, [(one.name, one.waits, one.answer_by, one.said) for one in view.filed]) == (
            "appealed",
            [("التظلم", True, None, "السكوت رفض بعد فاتح فبراير 2027.")],
        )
    with simulated(at("2026-12-07 10:00")):
        desk.answer_appeal(dossier, office.officer, office.president, "refused", "السبب قائم")
        dossier.refresh_from_db()
        view = RequestView(Followed(dossier))
        assert (view.state, view.sense, view.filed[0].waits) == ("answered", "refused", False)
