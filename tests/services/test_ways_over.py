"""What a person may still do after what he lost, and what is over: each way keeps its last day on his page."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from tadbir import law
from tadbir.councils.clock import simulated
from tadbir.dossiers.models import Dossier
from tadbir.services.queries.remedies import Way, reasons_over, way_of, ways_elsewhere
from tadbir.ui.dates import day_words
from tests import at_once as desk
from tests.conftest import at
from tests.factories import adopted
from tests.services.residents import Resident, text
from tests.services.test_remedies import GRIEVANCE, OWN, refused

CALENDAR = law.Calendar.build(2026, 2028)
FILED = (("2026-06-01", "filed"), ("2026-06-01", "completed"))
NO = (*FILED, ("2026-07-01", "notified", {"sense": "refused", "means": "hand"}))
REFUSED = {"asked": "4", "sense": "refused", "means": "hand"}
APPEAL = (*NO, ("2026-07-10", "appeal_filed", {"level": "president", "against": "refusal"}))
GRIEVED = (*NO, ("2026-07-10", "grievance_filed", {"against": "refusal"}))
COMPLAINED = (*NO, ("2026-07-10", "complaint_to_head", {"against": "refusal"}))
COMPLAINT_LOST = (*COMPLAINED, ("2026-07-20", "complaint_answered", REFUSED))
AT_COMMISSION = (*COMPLAINT_LOST, ("2026-08-03", "cdai_seised"))
STORIES: dict[str, tuple[str, tuple[tuple[Any, ...], ...]]] = {
    "55-19 refused": ("55-19", NO),
    "55-19 silent": ("55-19", FILED),
    "55-19 appeal lost": ("55-19", (*APPEAL, ("2026-07-20", "appeal_answered", REFUSED))),
    "55-19 appeal lost in part": (
        "55-19",
        (*APPEAL, ("2026-07-20", "appeal_answered", REFUSED | {"sense": "partial"})),
    ),
    "55-19 appeal unanswered": ("55-19", APPEAL),
    "55-19 grievance": ("55-19", GRIEVED),
    "31-13 refused": ("31-13", NO),
    "31-13 silent": ("31-13", FILED),
    "31-13 complaint lost": ("31-13", COMPLAINT_LOST),
    "31-13 complaint unanswered": ("31-13", COMPLAINED),
    "31-13 commission silent": ("31-13", AT_COMMISSION),
    "31-13 commission answered": ("31-13", (*AT_COMMISSION, ("2026-08-20", "cdai_answered", {"asked": "6"}))),
    "complaint refused": ("complaint", NO),
    "complaint silent": ("complaint", FILED),
} | {
    f"{kind} {what}": (kind, told)
    for kind in ("petition", "council-commitment", "09-08")
    for what, told in {
        "refused": NO,
        "silent": FILED,
        "grievance unanswered": GRIEVED,
        "grievance lost": (*GRIEVED, ("2026-07-20", "grievance_answered", REFUSED)),
    }.items()
}


def _facts(story: tuple[tuple[Any, ...], ...], until: date) -> list[law.Fact]:
    told = [(date.fromisoformat(day), kind, data[0] if data else {}) for day, kind, *data in story]
    return [law.Fact(str(n + 1), kind, on, data, seq=n) for n, (on, kind, data) in enumerate(told) if on <= until]


def _with_lapses(kind: str, facts: list[law.Fact], today: date) -> list[law.Fact]:
    """The facts with what the daily round records of them."""
    while True:
        known = {(one.data["rule"], one.data["trigger"]) for one in facts if one.kind == "lapsed"}
        fresh = [
            duty
            for duty in law.duties(kind, facts, CALENDAR, today)
            if duty.type in ("duty", "effect") and duty.lapsed(today) and (duty.rule_id, duty.trigger_fact) not in known
        ]
        if not fresh:
            return facts
        for duty in fresh:
            data = {"rule": duty.rule_id, "trigger": duty.trigger_fact, "owner": duty.owner}
            assert duty.lapses_on
            facts = [*facts, law.Fact(f"L{len(facts)}", "lapsed", duty.lapses_on, data, seq=len(facts))]


def ways(kind: str, story: tuple[tuple[Any, ...], ...], today: date) -> list[Way]:
    """Every way of a regime on a day, as the page of the person reads them."""
    facts = _with_lapses(kind, _facts(story, today), today)
    state, regime = law.standing(kind, facts, CALENDAR, today), law.REGIMES[kind]
    with simulated(at(f"{today} 09:00")):
        why = reasons_over(state)
        here = [way_of(state, one) for one in regime.answered]
        return [*here, *ways_elsewhere(regime, state), *([why] if why else [])]


def days(first: str, count: int = 420, step: int = 5) -> Iterator[date]:
    begun = date.fromisoformat(first)
    return (begun + timedelta(days=n) for n in range(0, count, step))


@pytest.mark.parametrize("name", STORIES)
def test_whatever_was_open_until_a_day_says_afterwards_that_it_is_over_and_never_before(name: str) -> None:
    kind, story = STORIES[name]
    advised = dict[str, date]()
    seen = set[str]()
    for today in days(story[-1][0]):
        found: Mapping[str, Way] = {one.name: one for one in ways(kind, story, today)}
        for way, last in advised.items():
            now = found.get(way)
            if last >= today:
                assert now is None or now.state != "over", f"{today}: {way} is open until {last}"
            elif now is None or now.state == "over":
                assert now is not None, f"{today}: nothing is said of {way}, open until {last}"
                assert now.over_since is not None, f"{today}: {way}"
                assert last <= now.over_since < today
                seen.add(way)
        advised |= {one.name: one.before for one in found.values() if one.state == "open" and one.before}
    assert seen == set(advised), "each of them ended"
    if kind != "complaint":
        assert seen


@pytest.mark.parametrize("kind", ["09-08"])
def test_what_has_no_last_day_stays_named(kind: str) -> None:
    """A complaint to the commission of law 09-08 has no day: it does not vanish with the court's."""
    with override("fr"):
        for today in ("2026-07-10", "2026-12-20"):
            assert [one.state for one in ways(kind, NO, date.fromisoformat(today)) if "CNDP" in one.name] == ["open"]
        assert [one for one in ways(kind, FILED, date(2026, 6, 5)) if "CNDP" in one.name] == []


@pytest.mark.parametrize("french", [False, True])
def test_once_the_appeal_is_over_the_page_says_what_no_longer_opens_and_at_last_what_is_left(
    resident: Resident, french: bool
) -> None:
    resident.french = french
    number, code = refused(resident)
    after = "recevable ici qu’après ce recours" if french else "لا تُقبل هنا إلا بعد هذا الطعن"
    left = "Tous les délais pour contester sont passés" if french else "انتهت هنا كل آجال الطعن"
    then = "écrivez au gouverneur" if french else "راسلوا العامل"
    page = text(resident.get(f"follow/{number}/"))
    assert (after in page, left in page) == (False, False)
    assert then in text(resident.get(f"follow/{number}/{OWN}"))
    with simulated(at("2027-01-10 09:00")):
        resident.post("follow/", {"number": number, "code": code})
        page = text(resident.get(f"follow/{number}/"))
        assert (after in page, left in page) == (True, False), "the grievance is open"
        page = text(resident.get(f"follow/{number}/{OWN}"))
        assert (after in page, then in page) == (True, False), "nothing follows what can no longer be filed"
    with simulated(at("2027-04-15 09:00")):
        resident.post("follow/", {"number": number, "code": code})
        for one in ("", OWN, GRIEVANCE):
            page = resident.get(f"follow/{number}/{one}")
            assert left in text(page), one
            assert resident.full("services/equipment-loan/") in page.content.decode()


@pytest.mark.parametrize("french", [False, True])
def test_after_the_commission_s_days_its_page_says_since_when_and_what_is_left(
    resident: Resident, french: bool
) -> None:
    resident.french = french
    office = resident.office
    adopted(office, "access-to-information")
    asked = {"q_information": "ميزانية 2026", "q_address": "دوار النخلة", "q_form": "paper", "q_urgent": "no"}
    draft = resident.begin("access-to-information", asked | {"subject": "الميزانية", "kind": "person", "name": "سلمى"})
    assert resident.send(draft).status_code == 302
    number = Dossier.objects.get().number
    code = resident.receipt(draft).context["code"]
    dossier = Dossier.objects.get()
    answer = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "معلومات لا توجد.")
    act = desk.sign_outcome(answer, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    sent = {"key": "a" * 32, "text": "هذه المعلومات موجودة"}
    assert resident.post(f"follow/{number}/remedies/complaint_to_head/", sent).status_code == 302
    dossier.refresh_from_db()
    with simulated(at("2026-12-08 10:00")):
        desk.answer_appeal(dossier, office.officer, office.president, "refused", "لا توجد.")
        resident.post("follow/", {"number": number, "code": code})
        page = text(resident.get(f"follow/{number}/"))
        open_until = ("au plus tard le" if french else "إلى غاية") in page
        assert open_until
    left = "Tous les délais pour contester sont passés" if french else "انتهت هنا كل آجال الطعن"
    with simulated(at("2027-03-01 09:00")):
        resident.post("follow/", {"number": number, "code": code})
        page = text(resident.get(f"follow/{number}/"))
        last = max(row.accept_until for row in Dossier.objects.get().duties.filter(rule="ATI-CDAI") if row.accept_until)
        assert day_words(last, "fr" if french else "ar") in page
        assert ("Le tribunal ne vient qu’après" if french else "لا يُلجأ إلى المحكمة إلا بعد") in page
        assert left in page


COURTS = {
    "equipment-loan": (("بعد استنفاد الطعن", "ضد إرجاع الملف"), ("une fois épuisé", "Contre le retour du dossier")),
    "petition": (
        ("ضد قرار مكتوب", "ضد السكوت", "بعد تظلم"),
        ("Contre une décision écrite", "Contre le silence", "Après un recours gracieux"),
    ),
}


@pytest.mark.parametrize("french", [False, True])
@pytest.mark.parametrize("service", COURTS)
def test_the_sheet_says_of_each_court_line_when_it_is_the_one(resident: Resident, service: str, french: bool) -> None:
    resident.french = french
    if service != "equipment-loan":
        adopted(resident.office, service)
    page = resident.get(f"services/{service}/").content.decode()
    court = "tribunal administratif" if french else "المحكمة الإدارية"
    lines = [line for line in page.split("<li>") if court in line]
    words = COURTS[service][french]
    assert len(lines) >= len(words)
    assert [line for line in lines if not any(one in line for one in words)] == []
    for one in words:
        assert any(one in line for line in lines), one
