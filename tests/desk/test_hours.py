"""The hour of what happened: said where two things came the same day, never invented where only the day is known."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from tadbir.councils.clock import as_known, day_start
from tadbir.desk.papers.parts import day_among
from tadbir.services import actions
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


def fact(pk: int, moment: Any) -> Any:
    return SimpleNamespace(pk=pk, happened_at=moment)


def test_two_appeals_of_one_day_are_told_apart_by_their_hour() -> None:
    morning, evening, next_day = (
        fact(pk, at(moment)) for pk, moment in enumerate(("2026-12-03 09:05", "2026-12-03 16:40", "2026-12-04 09:05"))
    )
    three = [morning, evening, next_day]
    assert day_among(morning, three, "ar") == "3 دجنبر 2026 على الساعة 09:05"
    assert day_among(evening, three, "fr").replace("\u00a0", " ") == "3 décembre 2026 à 16 h 40"
    assert day_among(next_day, three, "ar") == "4 دجنبر 2026"
    by_post = fact(9, day_start(date(2026, 12, 3)))
    assert day_among(by_post, [*three, by_post], "ar") == "3 دجنبر 2026", "its hour is not known"


def test_a_day_alone_is_told_without_an_hour_and_with_the_hour_of_its_entry(office: Office) -> None:
    filing = replace(loan_filing(adopted_loan(office)), channel="post", filed_on=date(2026, 11, 30))
    dossier = actions.file_request(filing, by=office.clerk).dossier
    assert as_known(dossier.facts.get(kind="filed").happened_at) == date(2026, 11, 30)
    page = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    story = page[page.index('class="history"') :]
    first = story[: story.index("</li>")]
    assert 'datetime="2026-11-30">' in first
    assert "T12:00" not in first
    assert 'datetime="2026-12-01T' in first, "and when it was entered"
