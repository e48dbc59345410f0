"""What the office says after a step is a sentence of its own, and Arabic numbers agree with what they count."""

import re
from pathlib import Path

import polib
import pytest
from django.utils import translation

from tadbir import law
from tadbir.desk.shared import VERBS as SHARED
from tadbir.desk.verbs import Verb
from tadbir.services.verbs import VERBS as SERVICES

ROOT = Path(__file__).resolve().parents[2]
# A number that is not known when the sentence is written, and the noun that should agree with it.
COUNTED = re.compile(
    r"(?:%\(\w+\)s|\{\w+\}) (?:يوم|يوما|أيام|شهر|شهرا|أشهر|سنة|سنوات|ساعة|ساعات|دقيقة|دقائق|ثانية|ثوان|أرقام|حرفا|أحرف"
    r"|ملف|ملفا|ملفات|رسالة|رسائل|جزء|جزءا|أجزاء|رابط|روابط|تعديل|تعديلات)(?!\w)"
)


@pytest.mark.parametrize("verb", [*SHARED, *SERVICES], ids=lambda verb: verb.code)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_step_says_what_happened_and_not_its_name(verb: Verb, language: str) -> None:
    with translation.override(language):
        said, name = str(verb.done), str(verb.label)
        assert said.rstrip().endswith(".")
        assert not said.startswith(name.rstrip("."))


def test_a_number_in_arabic_has_its_six_forms_or_stands_apart() -> None:
    found = []
    for path in sorted((ROOT / "tadbir").glob("**/locale/ar/LC_MESSAGES/django.po")):
        found += [entry.msgstr for entry in polib.pofile(str(path)) if COUNTED.search(entry.msgstr)]
    assert found == []


@pytest.mark.parametrize(("regime", "own", "other"), [("31-13", "شكاية", "طعن"), ("55-19", "طعن", "شكاية")])
def test_each_law_calls_its_remedy_by_its_own_name_and_cites_itself(regime: str, own: str, other: str) -> None:
    appeal = law.REGIMES[regime].appeal
    assert appeal is not None
    assert own in appeal.name.ar
    assert other not in appeal.name.ar
    for words in (appeal.answer, appeal.next):
        assert words is not None
        assert regime in words.fr
        assert ({"31-13", "55-19"} - {regime}).pop() not in words.fr
