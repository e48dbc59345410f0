"""One thing has one name on every screen and paper, and each language is written as its readers write it (words.md).

Read here: the catalogues, and the sentences that the data carry. What a machine can hold is held; the rest was read.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest

from tadbir import law

ROOT = Path(__file__).resolve().parents[2]

#: A name that is not used, and the one that is. `(?!\w)` ends a word in both alphabets.
NAMES = {
    "ar": {
        r"كلمة (?:ال)?سر(?!\w)": "كلمة المرور",
        r"قاعدة (?:ال)?بيانات(?!\w)": "قاعدة المعطيات",
        r"رسالة قصيرة|الرسائل القصيرة": "رسالة نصية",
        r"هذا القيد(?!\w)": "هذا التقييد",
        r"(?<!شخص )(?<!\w)[وفب]?(?:ال|لل)معني (?!بال\w+ الشخصية)\w+": "صاحب الطلب",
        r"يوم إغلاق": "يوم عطلة",
        r"ملف (?:ال)?توقيع(?! أي)": "حافظة الإمضاء",
        r"(?<!\w)العودة إلى": "الرجوع إلى",
        r"(?<!\w)(?:ال)?ايميل|الإيميل|إيميل": "البريد الإلكتروني",
        r"(?<!\w)(?:ال)?كود(?!\w)": "الرمز",
        r"(?<!\w)(?:ال)?تثبيت(?!\w)": "نسخة منصبة",
        r"^(?:ال)?وحدات$": "الأقسام والمصالح",
    },
    "fr": {
        r"(?i)\b[dl]’intéressé": "demandeur",
        r"(?i)\btouch(?:ez|iez)\b": "appuyer sur",
        r"^unités$": "divisions et services",
        r"\bscans?\b": "copie numérisée",
        r"(?i)\bnumérisations?\b": "copie numérisée",
        r"\bcachet(?:é|ée|és|ées|er|ez)\b": "revêtu du cachet",
        r"\bKo\b": "ko",
        r"\b(?:[Ll]’|[Uu]ne |[Ll]eurs? |[Vv]otre |[Cc]ette )unités?\b": "division ou service",
        r"(?i)\be-?mails?\b": "courriel",
        r"(?i)\bcli(?:c|qu)(?:k|er|ez)\b": "choisir, ouvrir",
        r"(?i)\blogin\b|\bsupporté|\bdigital": "connexion, accepté, numérique",
        r"(?i)\bréponse positive\b|\bréponse négative\b(?! se motive)": "favorable, défavorable",
    },
}
#: «تم» with a noun says in two words what one verb says. Kept: what a law itself says, in its own words.
HEAPED = re.compile(r"(?<![\wً-ْ])(?:و|ف)?(?:تم|تمت|يتم|سيتم|ستتم)(?: \w+)?(?!\w)")
#: Left as the text of the law has it.
OF_THE_LAW = {"FIN-PUB"}
#: Nouns and signs that both languages write alike.
SAME_IN_FRENCH = re.compile(r"^[^ ]+$|^Documents?$|^PDF\b|^version %\(n\)s$")
#: Whoever is spoken to is «أنتم» and “vous”. Left out: what is also a noun or a past tense (demande, note, entre; سجل,
#: قدم, سلم), and in Arabic, where vowels are not written, what is singular and plural alike.
_ORDERED_FR = (
    "Appelle|Apporte|Attends|Choisis|Clique|Coche|Complète|Confirme|Connecte|Conserve|Corrige|Dépose|Donne|Écris|Efface|"
    "Envoie|Essaie|Ferme|Garde|Imprime|Indique|Lis|Ouvre|Présente|Prends|Recommence|Réessaie|Remplis|Réponds|Reviens|"
    "Sélectionne|Signe|Tape|Utilise|Vérifie"
)
_ORDERED_AR = (
    "اكتب|اختر|اذكر|انظر|استرجع|اسأل|احتفظ|ابحث|افتح|اتصل|اطلب|ارجع|استعمل|اسحب|اضغط|انتظر|اطبع|اضبط|اترك|اقرأ|انقر|"
    "احفظ|ابدأ|املأ|انسخ|امسح|اذهب"
)
_ORDERED_FIRST_AR = "أضف|أعط|أجب|ضع|خذ"
_OF_YOURS_AR = "طلب|ملف|هاتف|رقم|بريد|اسم|وصل|رمز|جهاز|متصفح|حساب|عريضت|شكايت|رسالت|وثائق"
_END_AR = r"(?![\w\u064b-\u0652])"
SINGULAR = {
    "fr": re.compile(
        r"(?i)(?<![\w’'-])(?:tu|toi|ton|ta|tes|te|t’\w+)(?![\w’-])"
        rf"|(?-i:(?<![\w’])(?:{_ORDERED_FR})(?=[- ]\w|[.!]|$))"
    ),
    "ar": re.compile(
        rf"(?<!\w)[وف]?(?:{_ORDERED_AR}){_END_AR}"
        rf"|(?:^|(?<=[.،؛:؟!\n(«]))\s*[وف]?(?:{_ORDERED_FIRST_AR}) (?=[ء-ي])"
        rf"|(?<!\w)[وفبل]?(?:ال)?(?:{_OF_YOURS_AR})ك{_END_AR}"
        rf"|(?<!\w)[وف]?(?:أنت|عليك|يمكنك|معك|إليك|منك|عنك|لديك|بإمكانك|لا تنس){_END_AR}"
    ),
}
LATIN_STOPS = re.compile(r"[\u0600-\u06ff]\s*[,;?]")
EASTERN = re.compile(r"[٠-٩۰-۹]")
BARE_CAPITAL = re.compile(
    r"\b(?:Etat|Etape|Ecri\w+|Echeanc\w+|Etes|Eleve|A (?=fournir|joindre|partir|propos|notifier|signer|faire))\b"
)
BEFORE_A_DAY = {
    "ar": re.compile(r"قبل (?:نهاية )?(?:يوم )?(?:%\(\w*day\w*\)s|\{\w*day\w*\})"),
    "fr": re.compile(r"\bavant le (?:%\(\w*day\w*\)s|\{\w*day\w*\})"),
}
OPENED, CLOSED = "\u2066\u2067\u2068", "\u2069"


def _of_data(value: Any, language: str, where: str) -> Iterator[tuple[str, str]]:
    """The sentences of one language in what a data file holds."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (key == language or key.endswith(f"_{language}")):
                yield f"{where}: {key}", inner
            else:
                yield from _of_data(inner, language, where)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_data(inner, language, where)


@cache
def said(language: str) -> tuple[tuple[str, str, str], ...]:
    """Everything said in a language: where, the English of the code (empty for data), the words."""
    found: list[tuple[str, str, str]] = []
    for path in sorted((ROOT / "tadbir").glob(f"**/locale/{language}/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
            found += [(path.parts[-5], entry.msgid, text) for text in texts if not entry.obsolete]
    for path in sorted((ROOT / "tadbir").glob("**/*.toml")):
        if "textsearch" not in path.parts:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [(where, "", text) for where, text in _of_data(data, language, path.name)]
    return tuple(found)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_one_thing_has_one_name(language: str) -> None:
    found = {
        (where, text): right
        for where, _english, text in said(language)
        for wrong, right in NAMES[language].items()
        if re.search(wrong, text)
    }
    assert found == {}


def test_arabic_says_with_a_verb_what_happened() -> None:
    found = [(where, text) for where, _english, text in said("ar") if HEAPED.search(text)]
    assert [one for one in found if one[0].split(".")[0] not in OF_THE_LAW] == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_whoever_reads_is_addressed_in_one_form(language: str) -> None:
    assert [one for one in said(language) if SINGULAR[language].search(one[2])] == []


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("fr", "Choisis ton fichier.", "Choisissez votre fichier."),
        ("fr", "C’est fait. Envoie-le.", "C’est fait. Envoyez-le."),
        ("fr", "Si tu es absent", "Si vous êtes absent"),
        ("fr", "Garde ce reçu.", "Gardez ce reçu : il garde la date. Va-et-vient. Tenez compte de la taxe."),
        ("ar", "اختر ملفا", "اختاروا ملفا"),
        ("ar", "ثم اضغط على الزر", "ثم اضغطوا على الزر"),
        ("ar", "احتفظ بوصلك", "احتفظوا بوصلكم"),
        ("ar", "تم. أضف وثيقة", "أضيفوا وثيقة. وُضع الملف، وأُخذ رأي القسم"),
        ("ar", "يمكنك الرجوع", "يمكنكم الرجوع"),
        ("ar", "رقم هاتفك", "رقم هاتفكم"),
    ],
)
def test_another_form_of_address_is_seen(language: str, wrong: str, right: str) -> None:
    assert SINGULAR[language].search(wrong)
    assert not SINGULAR[language].search(right), SINGULAR[language].search(right)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_text_is_in_its_language(language: str) -> None:
    if language == "ar":
        found = [one for one in said("ar") if len(re.sub(r"%\(\w+\)s|\{\w+\}|\W", "", one[2])) > 1]
        assert [one for one in found if not re.search(r"[\u0600-\u06ff]", one[2])] == []
    else:
        same = [english for _where, english, text in said("fr") if text == english]
        assert [english for english in same if english.strip(" ,") and not SAME_IN_FRENCH.match(english)] == []


def test_arabic_has_its_own_stops_and_western_digits() -> None:
    assert [one for one in said("ar") if LATIN_STOPS.search(one[2]) or EASTERN.search(one[2])] == []


def test_french_has_accents_on_capitals_and_the_right_apostrophe() -> None:
    assert [one for one in said("fr") if BARE_CAPITAL.search(one[2])] == []
    assert [one for one in said("fr") if one[1] and "'" in one[2]] == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_sentence_ends_as_the_english_does(language: str) -> None:
    ends = {".": ".", "?": "؟?", ":": ":", "…": "…"}
    found = [
        (english, text)
        for _where, english, text in said(language)
        if english[-1:] in ends and not text.endswith(tuple(ends[english[-1]])) and not re.search(r"[\w@./)]$", text)
    ]
    assert found == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_last_day_is_said_with_the_same_words(language: str) -> None:
    assert [one for one in said(language) if BEFORE_A_DAY[language].search(one[2])] == []


@pytest.mark.parametrize(
    ("language", "wrong"),
    [("ar", r"(?:رقم|عدد) \d{2}-\d{2}(?!\d)|(?:رقم) 2-\d{2}-\d{3}"), ("fr", r"n°.\d{2,3}\.\d{2}\b|n°.2\.\d{2}\.\d{3}")],
)
def test_a_law_bears_its_number_as_its_language_writes_it(language: str, wrong: str) -> None:
    assert [one for one in said(language) if re.search(wrong, one[2])] == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_rule_is_named_by_its_code(language: str) -> None:
    codes = re.compile("|".join(rf"\b{re.escape(rule.id)}\b" for rule in law.RULES))
    assert [one for one in said(language) if codes.search(one[2])] == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_is_isolated_is_closed_again(language: str) -> None:
    for _where, _english, text in said(language):
        assert sum(text.count(mark) for mark in OPENED) == text.count(CLOSED), text


@pytest.mark.parametrize(("language", "name"), [("ar", r"مرتفق"), ("fr", r"(?i)\busagers?\b")])
def test_who_asks_is_called_a_user_by_the_laws_alone(language: str, name: str) -> None:
    """On the office's screens «صاحب الطلب», "demandeur"; the sentence of a rule keeps its law's own name."""
    offices = {"desk", "notify", "dossiers", "councils"}
    assert [one for one in said(language) if one[0] in offices and re.search(name, one[2])] == []
    owner = getattr(law.OWNERS["user"], language)
    assert not re.search(name, owner)
    assert any(re.search(name, text) for where, _, text in said(language) if where.startswith("PROC-APPEAL"))
