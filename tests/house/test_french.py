"""French keeps its spaces: in the catalogues, the data, and the sentences that code holds."""

import re
from pathlib import Path

import polib
import pytest

from tadbir.notify.segments import as_sent, cost
from tools.french import kept_together, of_python, of_toml, spaced, unlike

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Pourquoi cette date ?", "Pourquoi cette date\u202f?"),
        ("Pourquoi cette date?", "Pourquoi cette date\u202f?"),
        ("Motif: %(why)s ; fin", "Motif\u00a0: %(why)s\u202f; fin"),
        ("%(day)s : %(words)s", "%(day)s\u00a0: %(words)s"),
        ("« Oui »", "«\u00a0Oui\u00a0»"),
        ("«Oui ?»", "«\u00a0Oui\u202f?\u00a0»"),
        ("à 10:30, https://a.ma/?b=1;c", "à 10:30, https://a.ma/?b=1;c"),
        ("Combien\u00a0?", "Combien\u202f?"),
    ],
)
def test_a_french_text_gets_its_spaces_once(typed: str, right: str) -> None:
    assert spaced(typed) == right
    assert spaced(right) == right


def test_only_french_is_changed_in_data_and_code() -> None:
    assert of_toml('fr = "Qui ?"\nar = "من ؟"\nen = "a : b"\n') == 'fr = "Qui\u202f?"\nar = "من ؟"\nen = "a : b"\n'
    assert of_python('"""Doc : a"""\nx = ("من؟", "Qui ?")  # why : here\n') == (
        '"""Doc : a"""\nx = ("من؟", "Qui\u202f?")  # why : here\n'
    )
    assert kept_together("Documents: three; more?") == "Documents: three; more?"


def test_every_french_text_has_its_spaces() -> None:
    assert [path.relative_to(ROOT).as_posix() for path, _right in unlike(ROOT / "tadbir")] == []
    for path in sorted((ROOT / "tadbir").glob("**/locale/fr/LC_MESSAGES/django.po")):
        texts = [text for entry in polib.pofile(str(path)) for text in (entry.msgstr, *entry.msgstr_plural.values())]
        assert [text for text in texts if text != spaced(text)] == [], path


def test_a_text_message_does_not_pay_for_print_spaces() -> None:
    text = "Votre dossier D-2026-00041 est enregistré\u00a0: l’agent l’étudie\u202f; merci."
    assert as_sent(text) == "Votre dossier D-2026-00041 est enregistré : l'agent l'étudie ; merci."
    assert cost(text).alphabet == "gsm7"


def test_a_template_puts_the_colon_of_its_reader() -> None:
    outside = re.compile(r"{% blocktrans.*?{% endblocktrans\w* %}", re.DOTALL)
    typed = re.compile(r"[%}]}:(?:\s|<|$)", re.MULTILINE)
    pages = sorted((ROOT / "tadbir").rglob("*.html"))
    assert len(pages) > 100
    assert [page.name for page in pages if typed.search(outside.sub("", page.read_text("utf-8")))] == []
