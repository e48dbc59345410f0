"""The bounds of an answer are data of the sheet, checked with it."""

from typing import Any

import pytest
from django.utils.translation import override

from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.parsing import parse_sheet
from tadbir.procedures.sheet import SheetError


def sheet(**question: Any) -> dict[str, Any]:
    """The shipped loan with one question more."""
    table = catalogue()["equipment-loan"]
    more = {"code": "more", "type": "number", "ar": "كم؟", "fr": "Combien ?"} | question
    return table | {"questions": [*table["questions"], more]}


@pytest.mark.parametrize(
    "bounds",
    [
        {"min": 5, "max": 4},
        {"type": "text", "min": 1},
        {"type": "date", "max": 3},
        {"type": "date", "not_before": "tomorrow"},
        {"not_after": "today"},
        {"min": "1"},
    ],
)
def test_a_bound_that_says_nothing_is_refused(bounds: dict[str, Any]) -> None:
    with pytest.raises(SheetError, match=r"more|min"):
        parse_sheet(sheet(**bounds), "test")
    assert parse_sheet(sheet(min=1, max=4), "test").questions[-1].max == 4


def test_the_shipped_sheets_bound_what_they_ask() -> None:
    for code, table in catalogue().items():
        for question in parse_sheet(table, code).questions:
            if question.type == "number":
                assert question.min is not None, f"{code}: {question.code} may be none at all"
            if question.type == "date":
                assert question.not_before or question.not_after, f"{code}: {question.code} may be any day"


@pytest.mark.parametrize(
    ("months", "arabic", "french"), [(60, "5 سنوات", "5 ans"), (24, "سنتان", "2 ans"), (18, "18 شهرا", "18 mois")]
)
def test_whole_years_are_said_as_years(months: int, arabic: str, french: str) -> None:
    body = parse_sheet(catalogue()["equipment-loan"] | {"retention_months": months}, "test")
    with override("ar"):
        assert body.kept == arabic
    with override("fr"):
        assert body.kept == french
