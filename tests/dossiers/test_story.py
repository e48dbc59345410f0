"""What stands and what waits in a dossier: read from its rows, without a query."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tadbir.dossiers import actions, clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.law import LawError
from tadbir.procedures.sheet import RequiredDocument, SheetBody
from tests.dossiers.test_relay import make
from tests.factories import Office


def rows(*told: tuple[str, dict[str, Any]] | tuple[str, dict[str, Any], int]) -> list[Fact]:
    """Rows that are in no database: kind, data, and the number of the fact it removes."""
    return [
        Fact(
            pk=number,
            kind=one[0],
            data=one[1],
            voids_id=one[2] if len(one) > 2 else None,
            happened_at=datetime(2026, 11, 2, 9, number, tzinfo=UTC),
        )
        for number, one in enumerate(told, 1)
    ]


def told(facts: list[Fact]) -> list[str]:
    return [fact.kind for fact in facts]


FILED, COMPLETED = ("filed", {}), ("completed", {})


def test_a_removal_that_was_removed_removes_nothing() -> None:
    given = rows(FILED, ("withdrawn", {}), ("entry_corrected", {"kind": "withdrawn"}, 2))
    story = Story(given)
    assert told(story.alive) == ["filed"]
    assert {number: fact.pk for number, fact in story.voided.items()} == {2: 3}
    assert story.last("withdrawn") is None
    again = Story([*given, *rows(*[FILED] * 3, ("entry_corrected", {"kind": "entry_corrected"}, 3))[3:]])
    assert told(again.alive) == ["filed", "withdrawn"]
    assert {number: fact.pk for number, fact in again.voided.items()} == {3: 4}
    assert again.last("withdrawn") is given[1]
    assert again.first("filed", "withdrawn") is given[0]


def test_what_removes_nothing_that_is_there_is_refused() -> None:
    with pytest.raises(LawError, match="voids '9', which is not in this dossier"):
        Story(rows(FILED, ("entry_corrected", {"kind": "filed"}, 9)))


def test_a_question_waits_until_its_own_answer() -> None:
    given = rows(
        FILED,
        COMPLETED,
        ("replacement_asked", {"document": "a"}),
        ("information_asked", {}),
        ("opinion_asked", {"unit": "dgs"}),
        ("request_received", {"asked": "3", "means": "hand"}),
        ("replacement_received", {"asked": "3", "document": "a"}),
    )
    assert told(Story(given[:5]).asked_of("person")) == ["replacement_asked", "information_asked"]
    assert told(Story(given[:5]).not_received()) == ["replacement_asked", "information_asked"]
    assert told(Story(given[:6]).asked_of("person")) == ["replacement_asked", "information_asked"], (
        "received, not answered"
    )
    assert told(Story(given[:6]).not_received()) == ["information_asked"]
    story = Story(given)
    assert told(story.asked_of("person")) == ["information_asked"]
    assert told(story.asked_of("unit")) == ["opinion_asked"]
    assert told(story.waiting("opinion_asked", "information_asked")) == ["information_asked", "opinion_asked"]
    assert story.waiting("replacement_asked") == []
    assert story.asked_of("cndp") == []


def test_an_answer_that_was_a_mistake_answers_nothing() -> None:
    given = rows(
        FILED,
        COMPLETED,
        ("information_asked", {}),
        ("information_received", {"asked": "3"}),
        ("entry_corrected", {"kind": "information_received"}, 4),
    )
    assert Story(given[:4]).asked_of("person") == []
    assert told(Story(given).asked_of("person")) == ["information_asked"]


def sheet(*codes: str) -> SheetBody:
    documents = tuple(RequiredDocument(code, "وثيقة", "Pièce") for code in codes)
    return SheetBody("s", 1, "55-19", "خدمة", "Service", "خدمة", "Service", ("person",), documents=documents)


def test_what_was_listed_as_missing_and_has_not_come() -> None:
    listed = rows(FILED, ("missing_listed", {"documents": ["a", "b", "gone"]}))
    story = Story(listed)
    assert [one.code for one in story.missing(sheet("a", "b", "c"), "", {"b"})] == ["a"]
    assert story.missing(None, "", ()) == []
    assert story.not_received() == []
    assert told(story.not_received(story.missing(sheet("a"), "", ()))) == ["missing_listed"]
    assert Story([*listed, *rows(FILED, FILED, COMPLETED)[2:]]).missing(sheet("a"), "", ()) == []


def test_it_asks_the_database_nothing(office: Office, django_assert_num_queries: Any) -> None:
    dossier = make(office, "31-13")
    actions.record(dossier, "filed", by=office.clerk, data={"channel": "counter"})
    facts = list(Fact.objects.filter(dossier=dossier).order_by("pk"))
    with django_assert_num_queries(0):
        story = Story(facts)
        assert (story.alive, story.voided, story.not_received()) == (facts, {}, [])


def ended(dossier: Dossier) -> str:
    dossier.refresh_from_db()
    return dossier.closed_by_kind


def corrected(dossier: Dossier) -> set[int]:
    return {fact.pk for fact in dossier.facts.all()} & set(Story(clockwork.facts_of(dossier)).voided)


def test_removing_the_removal_of_an_end_ends_the_dossier_again(office: Office) -> None:
    dossier = make(office, "31-13")
    actions.record(dossier, "filed", by=office.clerk, data={"channel": "counter"})
    withdrawn = actions.record(dossier, "withdrawn", by=office.clerk)
    assert ended(dossier) == "withdrawn"
    removed = actions.void_fact(withdrawn, office.director, "typed in the wrong dossier")
    assert (ended(dossier), corrected(dossier)) == ("", {withdrawn.pk})
    actions.void_fact(removed, office.director, "it was the right one")
    assert (ended(dossier), corrected(dossier)) == ("withdrawn", {removed.pk})


def test_data_that_no_row_names_are_not_recorded(office: Office) -> None:
    dossier = make(office, "31-13")
    with pytest.raises(LawError, match="name: unknown key"):
        actions.record(dossier, "filed", by=office.clerk, data={"name": "Ahmed"})
    with pytest.raises(LawError, match="urgent: expected flag"):
        actions.record(dossier, "filed", by=office.clerk, data={"urgent": "yes"}, check=False)
    assert not Fact.objects.filter(dossier=dossier).exists()
