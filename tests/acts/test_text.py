"""Canonical JSON, mixed directions, fonts: pure functions, success next to refusal."""

import json
import shutil
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadbir.acts.documents import bidi, fonts, words
from tadbir.acts.documents.canonical import NotCanonical, canonical, digest, normalise

LRI, PDI = bidi.LRI, bidi.PDI
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé", max_size=3), inner, max_size=4),
    max_leaves=12,
)


def test_one_spelling() -> None:
    assert canonical({"ب": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"ب":1}'.encode()
    assert canonical({"n": "e\u0301\u2066x\u2069"}) == '{"n":"éx"}'.encode()
    assert digest({"a": 1}).hex() == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


@given(plain)
def test_canonical_is_a_fixed_point(value: object) -> None:
    once = canonical(value)
    assert canonical(json.loads(once)) == once


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, {1: "a"}, b"x", 2**53, {"e\u0301": 1, "é": 2}, float("nan")])
def test_what_has_two_spellings_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


def test_hostile_characters_leave_the_data() -> None:
    assert bidi.clean("ا\u0000\u202eلا\u2067سم\ud800\r\n\u200f") == "الاسم\ufffd\n"
    assert bidi.clean("نص\u200cحر") == "نص\u200cحر"  # the non-joiner changes letter forms: it stays
    assert normalise({"x": ("a\u0007",)}) == {"x": ["a"]}


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("المبلغ 12 450,00 درهم", "المبلغ [12\u00a0450,00] درهم"),
        ("ناقص -1 850,75", "ناقص [-1\u00a0850,75]"),
        ("«Atlas Services SARL» (ICE: 0012)", "«[Atlas Services SARL]» ([ICE: 0012])"),
        ("المادة 10 2026", "المادة [10] [2026]"),
        ("بتاريخ 2026-11-23.", "بتاريخ [2026-11-23]."),
        ("راسلوا contact@nakhil.example.ma.", "راسلوا [contact@nakhil.example.ma]."),
        ("قال (Hotel Atlas) ثم", "قال ([Hotel Atlas]) ثم"),
        ("القانون رقم 55.19", "القانون رقم [55.19]"),
        ("لا شيء", "لا شيء"),
        ("بتاريخ 17 غشت 2026", "بتاريخ [17]\u00a0غشت\u00a0[2026]"),
        ("بتاريخ فاتح نوفمبر 2026، 3 يونيو", "بتاريخ فاتح\u00a0نوفمبر\u00a0[2026]، 3 يونيو"),
    ],
)
def test_runs_left_to_right_are_isolated(raw: str, shown: str) -> None:
    made = bidi.auto(raw)
    assert made.replace(LRI, "[").replace(PDI, "]") == shown
    assert bidi.auto(made) == made


@given(st.text(alphabet="ابجد abc 0123 .,-()«»@\u2066\u2069"))
def test_isolates_always_close_and_change_nothing_else(text: str) -> None:
    made = bidi.auto(text)
    assert made.count(LRI) == made.count(PDI)
    assert bidi.strip_isolates(made).replace("\u00a0", " ") == bidi.strip_isolates(text)


def test_a_date_stays_on_one_line_in_both_languages() -> None:
    assert bidi.grouped("du 1er août 2026 au 23 mai 2026.") == "du 1er\u00a0août\u00a02026 au 23\u00a0mai\u00a02026."
    assert bidi.grouped("123 mars 2026, 23 marsouins 2026") == "123 mars 2026, 23 marsouins 2026"


def test_money_and_dates() -> None:
    assert bidi.money(Decimal("-1234567.5"), "درهم") == f"{LRI}-1\u00a0234\u00a0567,50{PDI}\u00a0درهم"
    assert bidi.money(0) == f"{LRI}0,00{PDI}"
    assert bidi.isolate("x\u202e") == "\u2068x\u2069"
    assert words.arabic_date("2026-11-23") == "23 نونبر 2026"
    assert words.arabic_date("2026-11-23", "gazette") == "23 نوفمبر 2026"
    assert words.french_date("2026-08-01") == "1er août 2026"
    with pytest.raises(ValueError, match="Invalid isoformat"):
        words.french_date("23/11/2026")


def test_fonts_are_those_listed(tmp_path: object) -> None:
    assert len(fonts.check_fonts()) == 3
    copy = shutil.copytree(fonts.FOLDER, f"{tmp_path}/fonts")
    path = fonts.Path(copy) / "Amiri-Bold.ttf"
    path.write_bytes(path.read_bytes() + b"\x00")
    with pytest.raises(fonts.FontsChanged, match="Amiri-Bold"):
        fonts.check_fonts(fonts.Path(copy))
    path.unlink()
    with pytest.raises(fonts.FontsChanged, match="Amiri-Bold"):
        fonts.check_fonts(fonts.Path(copy))


def test_letters_without_glyph_are_marked_and_counted() -> None:
    assert fonts.replaceable("محمد ⵣ é 12 «»") == ("محمد ⵣ é 12 «»", 0)
    assert fonts.replaceable("علي 👨\u200d👩\u200d👧 王小 ok") == ("علي ◌ ◌ ok", 2)
    arabic = [chr(point) for point in range(0x0621, 0x0653) if unicodedata.category(chr(point)) != "Cn"]
    assert fonts.replaceable("".join(arabic))[1] == 0
