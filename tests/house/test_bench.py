"""The benchmark's own parts: forms read as a browser reads them, and no budget kept by not measuring it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from tadbir.dossiers.models import Document, Dossier, Fact, Party
from tadbir.reading.letters import plain
from tests.house.reading import ROOT
from tools.bench import multiply, price, profile
from tools.bench.budgets import compare, environment, growth, megabytes, missed, packages, verdict
from tools.bench.forms import forms_of
from tools.bench.measure import System
from tools.bench.pages import needs

PAGE = b"""<form action="/find"><input name="q"></form>
<form method="post" action="/send"><input type="hidden" name="key" value="k1"><input name="name">
<select name="unit"><option value="1">a<option value="2" selected>b</select>
<input type="radio" name="kind" value="person"><input type="radio" name="kind" value="firm" checked>
<input type="checkbox" name="urgent"><textarea name="body">draft</textarea><button name="go">Send</button></form>
<form method="POST" action="/file"><input type="file" name="scan"></form>"""


def test_forms_are_read_as_a_browser_sends_them() -> None:
    find, send, scan = forms_of(PAGE)
    assert (find.method, send.method, scan.method) == ("get", "post", "post")
    assert send.fields == {"key": "k1", "name": "", "unit": "2", "kind": "firm", "body": "draft"}
    assert "urgent" in send.names
    assert scan.has_file
    assert not send.has_file


def test_a_budget_is_kept_over_or_not_measured() -> None:
    assert verdict(10, 20) == "kept"
    assert verdict(21, 20) == "OVER"
    assert verdict(float("nan"), 20) == "NOT MEASURED"
    ours, other = System("ours", {}), System("other", {})
    ours.seconds["home"], other.seconds["home"] = [0.002], [0.001]
    ours.seconds["submit"], other.seconds["submit"] = [0.002], [0.002]
    ours.seconds["search"], other.seconds["search"] = [0.002], [0.0028]
    report = list(compare([ours, other]))
    assert report[1].endswith("0.50  OVER")
    assert report[2].endswith("NOT MEASURED")
    assert report[3].endswith("1.00  kept")
    assert report[4].endswith("1.40  OVER")  # a list must be half as fast again


def test_a_step_may_not_grow_with_the_archive() -> None:
    """Five times as many dossiers take at most half as long again; what was not measured with 100,000 is not judged."""
    lines = list(growth({10_000: {"list": 1.0}, 100_000: {"list": 2.0}, 500_000: {"list": 3.5}}))
    assert [(value, bar) for _, value, bar, _ in lines] == [(1.75, 1.5)]
    assert list(missed(lines)) == ["list with 500000, in times of with 100000: 0.25  over 1.5 (+17%)"]
    assert list(growth({500_000: {"list": 3.5}})) == []


def test_the_price_of_a_receipt_is_told_part_by_part() -> None:
    told = list(price.lines({"sealed": 0.25, "linked": 0.15}, 20.0, [18.0]))
    assert [line.split() for line in told[1:3]] == [["sealed", "5.0", "ms", "25%"], ["linked", "3.0", "ms", "15%"]]
    assert told[-1].endswith("12.0 ms         ratio 1.50")


def test_the_profile_of_a_sending_is_told_function_by_function() -> None:
    """Ours by their names, with their calls for one sending; what the libraries take in one line."""
    found = profile.profile(lambda: plain("عبد الله"), 4)
    ours = next(one for one in found if one.name == "tadbir/reading/letters.py:plain")
    assert ours.calls == 1
    assert 0 <= ours.itself <= ours.all_told
    assert found[-1].name == "libraries and the language"
    told = list(profile.lines([profile.Spent("tadbir/a.py:b", 2.0, 1.5, 0.25)]))
    assert told[1].split() == ["1.50", "ms", "0.25", "ms", "2.0", "tadbir/a.py:b"]


@pytest.mark.parametrize("target", price.PARTS.values())
def test_each_part_of_the_price_is_a_function_that_is_there(target: str) -> None:
    module, name = target.rsplit(".", 1)
    assert callable(getattr(import_module(module), name))


def test_what_is_not_kept_is_named_with_its_excess() -> None:
    lines = [("start", 2.0, 3.0, "s"), ("memory", 180.0, 150.0, "MB"), ("journey", float("nan"), 60.0, "KB")]
    assert list(missed(lines)) == ["memory: 30.00 MB over 150 (+20%)", "journey: not measured"]


def test_a_page_is_weighed_with_what_it_loads() -> None:
    page = b"""<link rel="stylesheet" href="a.css"><link rel="icon" href="i.svg"><link rel="alternate" href="fr/">
    <script src="x.js"></script><script>inline</script><img src="p.png"><a href="/services/"></a>"""
    found = needs(page)
    assert (found.styles, found.others, found.links) == (["a.css"], ["i.svg", "x.js", "p.png"], ["/services/"])


def test_the_installed_packages_are_weighed() -> None:
    locked = packages(ROOT / "requirements/run.lock")
    assert "django" in locked
    assert 20 < megabytes(["django"]) < megabytes(locked) < environment(Path(sys.prefix), locked)


def test_a_copy_has_numbers_and_keys_of_its_own() -> None:
    spans = {Party: 10, Fact: 100, Document: 1000, Dossier: 10}
    copy = multiply.Copy(2, spans, {"D-2026": 60, "R-2026": 60})
    told = {"dossier": "D-2026-00007", "fact": "filed", "data": {"lapse": "5", "documents": ["id"], "sheet": 3}}
    assert copy.moved(told) == {
        "dossier": "D-2026-00127",
        "fact": "filed",
        "data": {"lapse": "205", "documents": ["id"], "sheet": 3},
    }
    assert copy.moved({"fact": 5, "documents": [[1, "id", ""]]}) == {"fact": 205, "documents": [[2001, "id", ""]]}
    assert copy.renumbered("L-2026-00001, D-2026-00001") == "L-2026-00001, D-2026-00121"
    assert copy.renumbered_words("@1 #dossier d 2026 00007 00007 tata 7") == "@1 #dossier d 2026 00127 00127 tata 7"
    assert (copy.moved_key("PROC-DECIDE:7"), copy.moved_key("X:late")) == ("PROC-DECIDE:207", "X:late:2")
