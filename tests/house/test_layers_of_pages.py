"""The layers hold for templates, tag libraries and addresses too: tried on the house, and on one that breaks them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.reading import ROOT
from tools.layers.__main__ import ALLOWED, against, main
from tools.layers.contract import parse_layers, read_layers
from tools.layers.naming import in_module, in_template, read_names

LAYERS = parse_layers(["(site) : (cli)", "(services) | (mail)", "(desk)", "(ui)"])
GOOD = {
    "ui/templates/ui/base.html": "{% load i18n ui %}",
    "ui/templatetags/ui.py": "",
    "desk/templates/desk/page.html": "{% extends \"ui/base.html\" %}{% load ui %}{% url 'desk-home' %}",
    "desk/urls.py": "urlpatterns = [path('', home, name='desk-home')]",
    "services/templates/services/form.html": '{% include "desk/page.html" %}{% url chosen %}',
    "services/views.py": 'HOME = "desk-home"\nrender(request, "services/form.html")\nredirect(HOME)',
    "services/urls.py": "urlpatterns = [path('x', x, name='counter')]",
    "mail/templates/mail/letter.html": "",
    "mail/templatetags/mail.py": "",
    "site/urls.py": "urlpatterns = [path('', x, name='home'), path('in', x, name='account_login')]",
    "site/views.py": 'reverse("counter")\nreverse("home")',
}
BAD = {
    'desk/templates/desk/a.html: {% include "services/form.html" %}': "template 'services/form.html' of services",
    "desk/templates/desk/a.html: {% url 'counter' %}": "address 'counter' of services",
    'services/templates/services/a.html: {% extends "mail/letter.html" %}': "template 'mail/letter.html' of mail",
    "services/templates/services/a.html: {% load letter from mail %}": "library 'mail' of mail",
    "desk/a.py: Section('a', 'services/form.html', shown)": "template 'services/form.html' of services",
    "desk/a.py: @register.inclusion_tag('mail/letter.html')\ndef x(): ...": "template 'mail/letter.html' of mail",
    "ui/a.py: redirect('desk-home')": "address 'desk-home' of desk",
    "desk/a.py: NEXT = 'counter'\nreverse(NEXT)": "address 'counter' of services",
    "desk/a.py: Item('counter', label, 10)": "address 'counter' of services",
    "desk/a.py: Matter('desk', counter='counter')": "address 'counter' of services",
}


def build(folder: Path, extra: str = "") -> list[str]:
    """What is wrong in a small house of these files and one more."""
    files = dict(GOOD)
    if extra:
        path, text = extra.split(": ", 1)
        files[path] = text
    for path, text in files.items():
        file = folder / "tadbir" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        (folder / "tadbir" / path.split("/")[0] / "__init__.py").touch()
        file.write_text(text)
    return list(against(folder / "tadbir", LAYERS, {}))


@pytest.mark.parametrize("extra", BAD)
def test_what_names_something_above_or_beside_is_refused(tmp_path: Path, extra: str) -> None:
    assert build(tmp_path / "good") == []
    (said,) = build(tmp_path / "bad", extra)
    assert said.endswith(BAD[extra])
    assert said.startswith(f"tadbir/{extra.split(': ')[0]}:")


def test_the_house_keeps_to_its_layers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ROOT) == 0, capsys.readouterr().err
    read = list(read_names(ROOT / "tadbir"))
    for what in ("template", "library", "address"):
        assert sum(one.what == what for one in read) > 50, f"hardly any {what} was read"
    assert all(ALLOWED.values())


def test_an_exception_that_nobody_needs_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    assert list(against(tmp_path / "tadbir", LAYERS, {"desk: counter": "x"})) == [
        "no longer named: desk: counter; take it off the list"
    ]


def test_the_layers_are_those_of_import_linter() -> None:
    layers = read_layers(ROOT)
    assert layers.allow("services", "desk")
    assert layers.allow("site", "cli")
    assert not layers.allow("desk", "services")
    assert not layers.allow("services", "mail")
    assert {path.name for path in (ROOT / "tadbir").iterdir() if (path / "templates").is_dir()} <= set(layers.ranks)


def test_what_is_read_from_a_variable_is_no_name() -> None:
    assert list(in_template("{% include template %}{% url next_visitor %}\n{% load static %}")) == [
        (2, "library", "static")
    ]
    assert list(in_module("render(request, own.template)\nreverse(item.address)")) == []
