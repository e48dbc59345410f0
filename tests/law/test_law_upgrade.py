"""What an upgrade does to a council's own changes: nothing, until somebody settles it."""

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

from tadbir.law import RULES, RuleBook
from tadbir.law.parse import parse_rule

from .test_law_overlay import CLOSED, POSTED, change, laid, one

FOLDER = Path(str(resources.files("tadbir.law") / "rules"))


def upgraded(tmp_path, *edits, drop=()):
    """The shipped rules of another version: a copy with some files edited or gone."""
    folder = tmp_path / "rules"
    shutil.copytree(FOLDER, folder)
    for name, before, after in edits:
        text = (folder / name).read_text("utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after), "utf-8")
    for name in drop:
        (folder / name).unlink()
    return RuleBook.load(folder)


def test_on_an_upgrade_the_councils_version_stays_until_it_is_settled(tmp_path):
    ours = change("DEC-POST", max=5, sentence=POSTED)
    newer = upgraded(tmp_path, ("112-14/DEC-POST.toml", "10", "7"))
    assert newer["DEC-POST"].whens[-1].max == 7
    book, (conflict,) = laid(ours, book=newer)
    assert (conflict.code, conflict.applies, conflict.rule) == ("changed", "council", "DEC-POST")
    was = laid(ours).book
    for rows in (CLOSED, [["2025-09-26", "closed"]]):  # inside the change's days and before them: nothing moves
        now, then = (one(rules, "session", rows, "2026-12-01", "DEC-POST") for rules in (book, was))
        assert now == then
    # settled one way: ours is over from a day, and the new shipped rule holds from then on
    ended = change("DEC-POST", max=5, sentence=POSTED, over_from=date(2026, 10, 1))
    settled, none = laid(ended, book=newer)
    assert none == ()
    assert one(settled, "session", CLOSED, "2026-12-01", "DEC-POST").do_by == date(2026, 10, 5)
    after = [["2026-10-02", "closed"]]
    assert one(settled, "session", after, "2026-12-01", "DEC-POST").do_by == date(2026, 10, 9)
    # or the other: ours, on the new text
    kept, none = laid(ended, change("DEC-POST", date(2026, 10, 1), book=newer, max=5, sentence=POSTED), book=newer)
    assert none == ()
    assert one(kept, "session", after, "2026-12-01", "DEC-POST").do_by == date(2026, 10, 7)


def test_a_rule_that_is_shipped_no_more_stays_too_and_a_file_alone_does_not(tmp_path):
    newer = upgraded(tmp_path, drop=["112-14/DEC-POST.toml"])
    book, (conflict,) = laid(change("DEC-POST", max=5, sentence=POSTED), book=newer)
    assert (conflict.code, conflict.applies) == ("unknown", "council")
    assert one(book, "session", CLOSED, "2026-12-01", "DEC-POST").do_by == date(2026, 10, 5)
    book, (conflict,) = laid(change("DEC-POST", text=False, max=5, sentence=POSTED), book=newer)
    assert (conflict.code, conflict.applies, "DEC-POST" in book) == ("unknown", "shipped", False)
    newer = upgraded(tmp_path / "2", ("112-14/DEC-POST.toml", "version = 2", "version = 3"))
    book, (conflict,) = laid(change("DEC-POST", text=False, max=5, sentence=POSTED), book=newer)
    assert (conflict.code, conflict.applies) == ("changed", "shipped")
    assert one(book, "session", CLOSED, "2026-12-01", "DEC-POST").do_by == date(2026, 10, 8)


def test_a_kept_text_that_cannot_be_read_any_more_gives_way_and_says_so():
    broken = change("DEC-POST", shipped="nonsense", corrects="1-00000000", max=5, sentence=POSTED)
    other = change("DEC-POST", shipped=RULES["PV-GOV"].text, corrects="1-00000000", max=5, sentence=POSTED)
    needs = RULES["COURT-APPEAL"].text.replace('lapse_of = "PROC-APPEAL-GOV"', 'lapse_of = "GONE"')
    assert needs != RULES["COURT-APPEAL"].text
    stamp = parse_rule(needs, "x").stamp
    said = {"ar": "داخل 60 يوما", "fr": "dans les 60 jours"}
    lost = change("COURT-APPEAL", shipped=needs, corrects=stamp, sentence=said)
    for item in (broken, other, lost):
        book, conflicts = laid(item)
        assert [(one.code, one.applies) for one in conflicts] == [("unreadable", "shipped")]
        assert book[item.rule].variants == ()
