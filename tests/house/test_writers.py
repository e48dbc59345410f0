"""Actions write, queries read, views do neither; one clock; only the law counts days."""

from __future__ import annotations

from pathlib import Path

from tests.house.reading import ROOT, counts_days, files, name, reaches_into_tables, reads_a_clock, shown, writes

VIEWS = {"public", "office", "api", "urls"}
# actions.py or the folder of that name; the demonstration and commands call actions, but may lay the first
# stones of an empty database.
WRITERS = {"actions", "management", "demo"}

# Other modules that write, each with the reason. The list only shrinks.
OTHER_WRITERS: dict[str, str] = {
    "tadbir/acts/keys.py": "makes and revokes seal keys; its verbs are those of acts.actions, which names them",
    "tadbir/dossiers/clockwork.py": "keeps the duty rows equal to what the law answers; only actions call it",
}

# Modules outside the law that compute with days, each with the reason why no legal date is made there.
OTHER_COUNTERS: dict[str, str] = {
    "tadbir/operations/certificates.py": "how long a certificate of the local network is valid",
    "tadbir/site/demo/command.py": "how far the fictional past reaches back",
    "tadbir/site/demo/programme.py": "on which day of the fictional past a story begins",
    "tadbir/site/demo/stage.py": "how many days pass between two scenes of a story",
    "tadbir/site/demo/stories/loans.py": "the day somebody asks the equipment for",
    "tadbir/textsearch/actions.py": "keeps a day as a number in the index, to sort by",
    "tadbir/textsearch/queries.py": "reads that number back as a day",
    "tadbir/acts/documents/pki.py": "how long a certificate is valid",
    "tadbir/councils/actions/enrolling.py": "how long a one-use enrolment link works",
    "tadbir/notify/actions/forgetting.py": "the age of notices to erase",
    "tadbir/notify/actions/sending.py": "how long a notice waits for a way out",
    "tadbir/notify/queries.py": "how far back a report looks",
    "tadbir/register/actions/sweep.py": "how long a file that nothing refers to is left alone",
    "tadbir/services/actions/drafts.py": "how long a draft and its code are kept",
}

CLOCK = "tadbir/councils/clock.py"


def words(path: Path) -> set[str]:
    """The names a module goes by: those of its folders and its own."""
    return {*path.relative_to(ROOT).parts, path.stem}


def test_views_touch_no_table() -> None:
    found = [
        line
        for path in files("tadbir", ".py")
        if VIEWS & {path.stem, path.parent.name} and "actions" not in words(path)
        for line in shown(path, reaches_into_tables(path.read_text("utf-8")))
    ]
    assert found == [], "a view calls an action or a query"
    assert list(reaches_into_tables("Dossier.objects.get(id=1)")) == [(1, ".objects")]
    assert list(reaches_into_tables("form.save()")) == [(1, ".save()")]
    assert list(reaches_into_tables("file_request(council, form.cleaned_data)")) == []


def test_only_actions_write() -> None:
    found = {
        name(path): shown(path, iter(lines))
        for path in files("tadbir", ".py")
        if not WRITERS & words(path) and (lines := list(writes(path.read_text("utf-8"))))
    }
    assert {path: lines for path, lines in found.items() if path not in OTHER_WRITERS} == {}
    assert set(OTHER_WRITERS) - set(found) == set(), "writes no more: take it off the list"
    assert list(writes("Fact.objects.create(kind='filed')")) == [(1, ".create()")]
    assert list(writes("rows.filter(id=1).update(x=2)")) == [(1, ".update()")]
    assert list(writes("context.update(x=2); data.create()")) == []


def test_one_clock() -> None:
    found = [
        line
        for path in files("tadbir", ".py")
        if name(path) != CLOCK
        for line in shown(path, reads_a_clock(path.read_text("utf-8")))
    ]
    assert found == [], "the time comes from councils.clock"
    for bad in ("timezone.now()", "date.today()", "datetime.datetime.now(tz)", "datetime.utcnow()"):
        assert list(reads_a_clock(bad)), bad
    assert list(reads_a_clock("clock.now(); clock.today()")) == []


def test_only_the_law_counts_days() -> None:
    found = {
        name(path): shown(path, iter(lines))
        for path in files("tadbir", ".py")
        if not name(path).startswith("tadbir/law/") and (lines := list(counts_days(path.read_text("utf-8"))))
    }
    assert {path: lines for path, lines in found.items() if path not in OTHER_COUNTERS} == {}
    assert set(OTHER_COUNTERS) - set(found) == set(), "counts no more: take it off the list"
    for bad in ("timedelta(days=60)", "datetime.timedelta(60)", "timedelta(weeks=1)", "d.toordinal()"):
        assert list(counts_days(bad)), bad
    assert list(counts_days("timedelta(seconds=30) or timedelta(0)")) == []
