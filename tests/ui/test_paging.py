"""Paging: every row once, in order, forwards and backwards, with few queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from tadbir.councils.models import Council
from tadbir.ui.paging import page_of, page_of_list
from tadbir.ui.templatetags.ui import pages


def ask(query: str = "") -> Any:
    return RequestFactory().get("/list" + query)


@pytest.fixture
def many(db: None) -> None:
    Council.objects.all().delete()
    Council.objects.bulk_create(
        Council(
            slug=f"c{i}",
            code=f"9{i}",
            kind="province",
            name_ar="أ",
            name_fr="A",
            region_ar="أ",
            region_fr="A",
            seats=i % 3,
            vice_presidents=1,
        )
        for i in range(23)
    )


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("by", [("seats", "pk"), ("-seats", "pk"), ("-pk",)])
def test_every_row_comes_once_there_and_back(by: tuple[str, ...], django_assert_max_num_queries: Any) -> None:
    wanted = list(Council.objects.order_by(*by))
    seen, query, steps = [], "?q=x", []
    while True:
        with django_assert_max_num_queries(2):
            page = page_of(Council.objects.all(), ask(query), by=by, size=5)
        seen += page.items
        steps.append(page)
        if not page.older:
            break
        query = page.older
        assert "q=x" in query
    assert seen == wanted
    assert page.count == 23
    assert not page.more_than
    back = []
    while page.newer:
        page = page_of(Council.objects.all(), ask(page.newer), by=by, size=5)
        back.append(list(page.items))
    assert back == [list(step.items) for step in steps[:-1]][::-1]
    assert page.older


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("token", ["x", "%00", "W10", "WyJhIl0", "e30", "W251bGxd", "A" * 300])
def test_a_forged_token_is_the_first_page(token: str) -> None:
    for word in ("after", "before"):
        page = page_of(Council.objects.all(), ask(f"?{word}={token}"), by=("pk",), size=5)
        assert list(page.items) == list(Council.objects.order_by("pk")[:5])
        assert page.newer == ""


def test_a_list_in_memory_pages_and_stops_far_away() -> None:
    page = page_of_list(range(60), ask("?from=25"), size=25)
    assert list(page.items) == list(range(25, 50))
    assert page.older.endswith("from=50")
    assert page.newer.endswith("from=0")
    assert page_of_list(range(60), ask("?from=-1"), size=25).newer == ""
    asked: list[tuple[int, int]] = []

    def rows(offset: int, limit: int) -> list[int]:
        asked.append((offset, limit))
        return list(range(offset, offset + limit))

    far = page_of_list(rows, ask("?from=99999999"), size=10)
    assert asked == [(10_000, 11)]
    assert far.count is None


def test_more_than_a_thousand_is_said_so() -> None:
    page = page_of_list(range(5000), ask(), size=25)
    assert page.more_than
    assert page.count == 1000
    from django.template import Context, Template

    with override("fr"):
        html = Template("{% load ui %}{% pages page %}").render(Context({"page": page}))
    assert "plus de 1000 au total" in html.replace("\u202f", "")
    assert pages(page)["page"] is page
