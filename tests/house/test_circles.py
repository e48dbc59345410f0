"""No circle of imports inside an app: what is read first is read without what comes after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.circles import circles, graph, imports_of
from tests.house.reading import ROOT

APPS = sorted(path.name for path in (ROOT / "tadbir").iterdir() if (path / "__init__.py").is_file())


#: The managers of every model ask for today's council, itself a model: for the type checker alone.
ALLOWED = {"councils": ["models scope models"]}


@pytest.mark.parametrize("app", APPS)
def test_no_app_has_a_circle(app: str) -> None:
    assert [" ".join(circle) for circle in circles(graph(ROOT / "tadbir" / app))] == ALLOWED.get(app, [])


def test_a_circle_is_seen_however_it_is_hidden(tmp_path: Path) -> None:
    app = tmp_path / "tadbir" / "mail"
    (app / "queries").mkdir(parents=True)
    for path in (app / "__init__.py", app / "queries" / "__init__.py"):
        path.touch()
    (app / "queries" / "letters.py").write_text("from tadbir.mail.models import Letter")
    (app / "models.py").touch()
    (app / "actions.py").write_text("from tadbir.mail.queries import letters\nfrom . import models")
    assert graph(app) == {"queries": {"models"}, "models": set(), "actions": {"queries", "models"}}
    assert circles(graph(app)) == []
    (app / "queries" / "letters.py").write_text("def late():\n    from tadbir.mail import actions")
    assert circles(graph(app)) == [["actions", "queries", "actions"]]
    (app / "queries" / "letters.py").write_text("from ..models import Letter")
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from tadbir.mail.actions import send"
    (app / "models.py").write_text(typed)
    assert ["actions", "models", "actions"] in circles(graph(app))
    (app / "models.py").write_text("import tadbir.mail.actions")
    assert circles(graph(app)) == [["actions", "models", "actions"], ["actions", "queries", "models", "actions"]]


def test_an_import_names_what_it_reads() -> None:
    assert list(imports_of("from . import story\nfrom ..law import may\nimport re", "tadbir.desk.queries")) == [
        "tadbir.desk.queries.story",
        "tadbir.desk.law.may",
        "re",
    ]
