"""Translations: what make messages collects, and everything make check-messages refuses."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tools.messages import catalogue
from tools.messages.__main__ import apps_of, main
from tools.messages.extract import Message, Problem, extract, from_python, from_template, placeholders, unnamed

GOOD = """
from django.utils.translation import gettext_lazy as _, ngettext as n, pgettext
from django.utils import translation
title = _("A request")
late = lambda days: n("%(days)s day late", "%(days)s days late", days) % {"days": days}
month = pgettext("month", "May")
other = translation.gettext("Counter")
marked = _(title)
"""
PAGE = """{% load i18n %}<h1>{% translate "Where is my dossier?" %}</h1>
{% blocktranslate with name=person.name trimmed %}
  Hello
  {{ name }}
{% endblocktranslate %}
{% blocktranslate count days=left %}{{ days }} day left{% plural %}{{ days }} days left{% endblocktranslate %}
{% translate "May" context "month" %} {{ label|default:_("None yet") }} {# _("not me") #}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one app, written and translated as it should be."""
    app = tmp_path / "sample" / "desk"
    (app / "templates" / "desk").mkdir(parents=True)
    (app / "views.py").write_text(GOOD, encoding="utf-8")
    (app / "templates" / "desk" / "home.html").write_text(PAGE, encoding="utf-8")
    main(["--package", str(app.parent)])
    for language in catalogue.LANGUAGES:
        change(app, language, translate)
    return app.parent


def translate(entry: polib.POEntry) -> None:
    """A translation that keeps every placeholder."""
    if entry.msgid_plural:
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, f"ت {entry.msgid_plural}")
    else:
        entry.msgstr = f"ت {entry.msgid}"


def change(app: Path, language: str, edit: object, compiled: bool = True) -> None:
    """Edits every entry of a catalogue, and compiles it unless told not to."""
    path = catalogue.path_of(app, language)
    found = catalogue.read(path)
    for entry in found:
        edit(entry)  # type: ignore[operator]
    found.save(str(path))
    if compiled:
        found.save_as_mofile(str(path.with_suffix(".mo")))


def refusals(package: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["--check", "--package", str(package)]) == 1
    return capsys.readouterr().err


def test_python_texts_are_collected_with_context_and_plural() -> None:
    found = {item.key: item for item in from_python(GOOD, "a.py") if isinstance(item, Message)}
    assert set(found) == {(None, "A request"), (None, "%(days)s day late"), ("month", "May"), (None, "Counter")}
    assert found[(None, "%(days)s day late")].plural == "%(days)s days late"


def test_template_texts_are_collected_as_django_looks_them_up() -> None:
    found = {item.key: item for item in from_template(PAGE, "a.html") if isinstance(item, Message)}
    assert set(found) == {
        (None, "Where is my dossier?"),
        (None, "Hello %(name)s"),
        (None, "%(days)s day left"),
        ("month", "May"),
        (None, "None yet"),
    }
    assert found[(None, "%(days)s day left")].plural == "%(days)s days left"


@pytest.mark.parametrize(
    "written", ['_(f"Hello {name}")', '_("Hello " + name)', '_("Hello %s" % name)', '_("Hello {}".format(name))']
)
def test_a_text_built_while_running_is_refused(written: str) -> None:
    assert [item for item in from_python(written, "a.py") if isinstance(item, Problem)]
    assert not [
        item for item in from_python('_("Hello %(name)s") % {"name": name}', "a.py") if isinstance(item, Problem)
    ]


@pytest.mark.parametrize("text", ["Hello %s", "%d days", "Hello {}", "Hello {0}"])
def test_an_unnamed_placeholder_is_seen(text: str) -> None:
    assert unnamed(text)
    assert not unnamed("Hello %(name)s, {place}: 100%% of 50 % done")
    assert placeholders("%(name)s of {place} at 100%%(x)s") == {"name", "place"}


def test_a_complete_package_passes_and_collecting_twice_changes_nothing(package: Path) -> None:
    before = {path: path.read_bytes() for path in package.rglob("django.*")}
    assert len(before) == 4
    assert main(["--package", str(package)]) == 0
    main(["--package", str(package)])
    assert main(["--check", "--package", str(package)]) == 0
    reread = {path: catalogue.contents(polib.mofile(str(path))) for path in package.rglob("django.mo")}
    assert [len(texts) for texts in reread.values()] == [8, 8]


def empty(entry: polib.POEntry) -> None:
    if entry.msgid == "Counter":
        entry.msgstr = ""


def fuzzy(entry: polib.POEntry) -> None:
    if entry.msgid == "Counter":
        entry.flags.append("fuzzy")


def without_name(entry: polib.POEntry) -> None:
    if "name" in entry.msgid:
        entry.msgstr = "مرحبا"


def other_name(entry: polib.POEntry) -> None:
    if "name" in entry.msgid:
        entry.msgstr = "مرحبا %(nom)s"


def plural_without_number(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural[max(entry.msgstr_plural)] = "أيام"


def plural_missing(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural[1] = ""


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (empty, "not translated: 'Counter'"),
        (fuzzy, "fuzzy (to be confirmed): 'Counter'"),
        (without_name, "placeholders differ"),
        (other_name, "placeholders differ"),
        (plural_without_number, "placeholders differ in plural form"),
        (plural_missing, "plural form 1 not translated"),
    ],
)
def test_a_bad_translation_is_refused(
    package: Path, capsys: pytest.CaptureFixture[str], edit: object, words: str, language: str
) -> None:
    assert main(["--check", "--package", str(package)]) == 0
    change(package / "desk", language, edit)
    err = refusals(package, capsys)
    assert words in err
    assert f"/{language}/" in err


def test_arabic_may_name_one_and_two_without_a_figure(package: Path) -> None:
    def said(entry: polib.POEntry) -> None:
        if entry.msgid_plural:
            entry.msgstr_plural.update({0: "لا يوم", 1: "يوم واحد", 2: "يومان"})

    change(package / "desk", "ar", said)
    assert main(["--check", "--package", str(package)]) == 0


def test_a_new_text_an_unused_one_and_a_stale_mo_are_refused(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = package / "desk" / "views.py"
    source.write_text(GOOD.replace('"Counter"', '"Window"'), encoding="utf-8")
    err = refusals(package, capsys)
    assert "not collected: 'Window'" in err
    assert "no longer used: 'Counter'" in err
    source.write_text(GOOD, encoding="utf-8")
    change(package / "desk", "fr", lambda entry: setattr(entry, "msgstr", entry.msgstr + "."), compiled=False)
    assert "its .mo says something else" in refusals(package, capsys)
    catalogue.path_of(package / "desk", "fr").with_suffix(".mo").unlink()
    assert "not compiled" in refusals(package, capsys)


def test_a_mended_text_keeps_its_old_translation_as_fuzzy(package: Path) -> None:
    source = package / "desk" / "views.py"
    source.write_text(GOOD.replace('"A request"', '"A request."'), encoding="utf-8")
    main(["--package", str(package)])
    found = catalogue.read(catalogue.path_of(package / "desk", "ar")).find("A request.")
    assert found.msgstr == "ت A request"
    assert "fuzzy" in found.flags


def test_two_translations_of_one_text_are_refused(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = package / "mail"
    other.mkdir()
    (other / "views.py").write_text("from django.utils.translation import gettext as _\n_('Counter')\n")
    main(["--package", str(package)])
    change(other, "ar", lambda entry: setattr(entry, "msgstr", "ت Counter"))
    change(other, "fr", lambda entry: setattr(entry, "msgstr", "Guichet"))
    assert "translated otherwise" in refusals(package, capsys)
    change(other, "fr", lambda entry: setattr(entry, "msgstr", "ت Counter"))
    assert main(["--check", "--package", str(package)]) == 0


def test_every_text_of_tadbir_can_be_collected() -> None:
    """No built text, no unnamed placeholder. Missing translations fail in make check-messages."""
    root = Path(__file__).resolve().parents[2]
    apps = apps_of(root / "tadbir")
    problems = [problem for app in apps for problem in extract(app, set(apps), root)[1]]
    assert problems == []
