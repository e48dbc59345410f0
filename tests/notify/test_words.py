"""Message lengths and wordings: the pure parts of notices."""

import unicodedata

import pytest

from tadbir.notify import own, wordings
from tadbir.notify.segments import cost
from tadbir.notify.wordings import UnknownWording, catalogue, clean, fill, placeholders


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "messages"),
    [
        ("", "gsm7", 0, 0),
        ("a" * 160, "gsm7", 160, 1),
        ("a" * 161, "gsm7", 161, 2),
        ("a" * 306, "gsm7", 306, 2),
        ("a" * 307, "gsm7", 307, 3),
        ("é" * 160, "gsm7", 160, 1),
        ("€" * 80, "gsm7", 160, 1),
        ("€" * 81, "gsm7", 162, 2),
        ("ê", "ucs2", 1, 1),
        ("ا" * 70, "ucs2", 70, 1),
        ("ا" * 71, "ucs2", 71, 2),
        ("ا" * 134, "ucs2", 134, 2),
        ("ا" * 135, "ucs2", 135, 3),
        ("😀" * 35, "ucs2", 70, 1),
        ("😀" * 36, "ucs2", 72, 2),
    ],
)
def test_arabic_holds_seventy_letters_and_sixty_seven_when_joined(
    text: str, alphabet: str, units: int, messages: int
) -> None:
    assert cost(text) == (alphabet, units, messages)


CODES = sorted(catalogue())


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("code", CODES)
def test_every_wording_is_whole_in_both_languages_and_short(code: str, language: str) -> None:
    shipped = catalogue()[code]
    assert set(shipped) - {"to", "owed", "messages", "paper"} == {"needs", "subject_ar", "subject_fr", "ar", "fr"}
    assert shipped.get("to", "agents") in ("agents", "witness")
    for part in ("subject_ar", "subject_fr", "ar", "fr"):
        assert placeholders(shipped[part]) <= set(shipped["needs"])
    words = fill(code, language, own.sample(language))
    assert "{" not in words.subject + words.text
    arabic = sum("ARABIC" in unicodedata.name(char, "") for char in words.text)
    assert (arabic > 15) if language == "ar" else (arabic == 0 or "council_ar" in shipped["needs"])
    assert not any(unicodedata.category(char) == "Cf" for char in words.subject + words.text)
    if "to" not in shipped:  # agents and witnesses get a letter only
        spent = cost(words.text)
        assert spent.messages <= own.most_messages(code), (spent, words.text)
        assert (spent.alphabet == "ucs2") == (language == "ar")


@pytest.mark.parametrize("code", CODES)
def test_a_notice_says_its_day_and_sends_nobody_to_an_address_for_it(code: str) -> None:
    """«أجل الجواب في http…» reads like a deadline that is an address."""
    for part in ("ar", "fr"):
        before = catalogue()[code][part].partition("{address}")[0].split()[-3:]
        assert (
            not {"أجل", "الأجل", "والأجل", "تاريخه", "délai", "Délai", "Date", "date"} & set(before)
            or "{day}." in before
        ), (code, before)


def test_what_lacks_is_named_in_a_text_message_and_the_day_with_it() -> None:
    words = fill("receipt_incomplete", "ar", own.sample("ar")).text
    assert "غير كامل. تنقصه: الجمعية" in words
    assert "إلى غاية 29 دجنبر 2026" in words
    assert cost(fill("receipt_incomplete", "fr", own.sample("fr")).text)[0::2] == ("gsm7", 2)


def test_an_empty_value_leaves_no_hole() -> None:
    words = fill("receipt", "fr", own.sample("fr") | {"answer": ""}).text
    assert "enregistré. Code de suivi" in words


def test_an_unknown_code_or_a_missing_value_is_told_at_once() -> None:
    with pytest.raises(UnknownWording, match="no notice has the code 'recipe'"):
        fill("recipe", "ar", own.sample("ar"))
    with pytest.raises(UnknownWording, match="needs answer, follow_code"):
        fill("receipt", "ar", {"number": "1", "address": "x"})


def test_values_bring_no_line_breaks_and_no_bidi_controls() -> None:
    evil = "1\r\nBcc: x@y.example\u2028\u202e evil \x00\u200f"
    assert clean(evil) == "1 Bcc: x@y.example evil"
    words = fill("outcome", "fr", {"number": evil, "address": "https://a.example"})
    assert "\n" not in words.subject + words.text
    assert "\u202e" not in words.text


def test_values_are_set_apart_in_letters_only() -> None:
    values = {"number": "2026-7", "address": "https://a.example"}
    assert "\u20682026-7\u2069" in fill("outcome", "ar", values, isolate=True).text
    assert "\u2068" not in fill("outcome", "ar", values, isolate=True).subject
    assert "\u2068" not in fill("outcome", "ar", values).text


def test_a_council_words_a_notice_in_its_own_way_but_cannot_break_it() -> None:
    own = {"outcome": {"ar": "جواب {number}", "fr": "Réponse {number} de {minister}"}}
    values = {"number": "7", "address": "x"}
    assert fill("outcome", "ar", values, own=own).text == "جواب 7"
    assert fill("outcome", "fr", values, own=own) == fill("outcome", "fr", values)
    assert fill("outcome", "ar", {"number": "{address}", "address": "x"}, own=own).text == "جواب {address}"
    assert wordings.placeholders("{a} {B} {a_b}") == {"a", "a_b"}
