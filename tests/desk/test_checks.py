"""A regime that names what does not exist stops the start, by name; what is shipped passes."""

from dataclasses import replace

import pytest

from tadbir.desk import checks
from tadbir.law import REGIMES


def test_what_is_shipped_passes() -> None:
    assert checks.check_regimes() == []


def test_an_unknown_right_or_wording_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = REGIMES["31-13"]
    told = replace(shipped.facts["extension_notified"], told="nowhere")
    wrong = replace(shipped, handled_by="do_all", facts={**shipped.facts, told.code: told})
    monkeypatch.setattr(checks.law, "REGIMES", {"31-13": wrong})
    first, second = checks.check_regimes()
    assert "handled_by" in first.msg
    assert "do_all" in first.msg
    assert wrong.file in first.msg
    assert "extension_notified.told" in second.msg
    assert "nowhere" in second.msg
