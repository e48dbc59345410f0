"""What a person took back stays taken back: no remedy follows his own withdrawal, and none filed before it waits."""

from datetime import date

import pytest

from tadbir.law import REGIMES
from tadbir.law.history import History

from .facts import allowed, facts, of

KINDS = [("55-19", "appeal_filed"), ("council-commitment", "grievance_filed"), ("petition", "grievance_filed")]
KINDS += [("55-19", "grievance_filed"), ("09-08", "grievance_filed"), ("31-13", "complaint_to_head")]


def silent(kind: str, *more: list[object]) -> list[list[object]]:
    """A request that nobody answered, then what more is said of it."""
    done = [["2026-10-01", "completed"]] if kind in ("55-19", "council-commitment") else []
    return [["2026-10-01", "filed"], *done, *more]


@pytest.mark.parametrize(("kind", "remedy"), KINDS)
def test_no_remedy_follows_ones_own_withdrawal(kind: str, remedy: str) -> None:
    month, rows = "2026-11" if kind == "31-13" else "2026-12", silent(kind)
    assert allowed(remedy, rows, f"{month}-14", kind=kind)
    rows += [[f"{month}-14", "withdrawn", {"how": "online"}, "w"]]
    for one in REGIMES[kind].answered:
        told = allowed(one.filed, rows, f"{month}-15", kind=kind)
        assert (told.allowed, told.reasons[0].code) == (False, "taken_back" if "grievance" in one.filed else "closed")
    assert "court_seised" not in REGIMES[kind].facts or allowed("court_seised", rows, f"{month}-16", kind=kind), (
        "what a court says is recorded as it comes"
    )
    struck = [*rows, [f"{month}-15", "entry_corrected", {"kind": "withdrawn"}, "c", "w"]]
    assert allowed(remedy, struck, f"{month}-16", kind=kind), "it was not he who took it back"


@pytest.mark.parametrize(("kind", "remedy"), KINDS)
def test_what_was_asked_before_waits_no_more_whatever_comes_after(kind: str, remedy: str) -> None:
    asked = silent(kind, ["2026-12-14", remedy, {"against": "lapse"}, "a"])
    reasons = [["2026-12-14", "reasons_asked", {}, "r"]] if "reasons_asked" in REGIMES[kind].facts else []
    taken = [*asked, *reasons, ["2026-12-15", "withdrawn", {}, "w"]]
    late = ["2026-12-16", "grievance_filed", {"against": "refusal"}, "g"]  # recorded before this was refused
    for rows in (taken, [*taken, late]):
        history = History(facts(rows))
        assert [one.id for one in history.waiting("reasons_asked")] == []
        assert [one.id for one in history.waiting(remedy) if one.id != "g"] == []
    assert [one.id for one in History(facts([*taken, late])).waiting("grievance_filed")] == ["g"]
    before = History(facts([*asked, *reasons]))
    assert (len(before.waiting(remedy)), len(before.waiting("reasons_asked"))) == (1, len(reasons))
    struck = History(facts([*taken, ["2026-12-15", "entry_corrected", {"kind": "withdrawn"}, "c", "w"]]))
    assert [one.id for one in struck.waiting(remedy)] == ["a"]


def test_a_file_returned_is_still_contested() -> None:
    rows = [["2026-10-01", "filed"], ["2026-10-01", "missing_listed"], ["2026-11-03", "file_returned"]]
    assert allowed("grievance_filed", rows, "2026-11-10")
    assert not allowed("grievance_filed", [*rows[:2], ["2026-10-03", "withdrawn"]], "2026-11-10")


def test_a_withdrawn_appeal_is_owed_no_answer_and_takes_none() -> None:
    rows = silent("55-19", ["2026-12-14", "appeal_filed", {"against": "lapse"}, "a"], ["2026-12-15", "withdrawn"])
    assert not allowed("appeal_answered", rows, "2026-12-16")
    assert allowed("appeal_answered", rows[:-1], "2026-12-16")
    assert not [duty for duty in of("PROC-APPEAL-ANS", "55-19", rows, "2026-12-16") if duty.late(date(2027, 3, 1))]
