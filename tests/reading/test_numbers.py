"""Numbers and codes as people copy them."""

import pytest

from tadbir.reading.codes import kind_of_code, read_check_code, read_digits
from tadbir.reading.numbers import Written, read_number

RECEIPT = (
    "R-2026-00066",
    "R-٢٠٢٦-٠٠٠٦٦",
    "R-2026-66",
    "R 2026 00066",
    "R\u00a02026\u00a000066",
    "R\u20132026\u201300066",
    "R\u20112026\u201100066",
    "R\u20142026\u201466",
    "\u200fR-2026-00066",
    "\u202aR-2026-00066\u202c",
    "R-2026-00066.",
    "«R-2026-00066»،",
    "r-2026-00066",
    "و-2026-66",
    "R202600066",
    "R/2026/66",
    "R-66/2026",
    "n° R-2026-66",
    "N° R-2026-66",
    "وصل رقم R-2026-66",
    "Récépissé R-2026-00066",
    "R-2O26-OOO66",
    "R-2o26-ooo66",
    "R 2O26 OOO66",
    "R2O26OOO66",
)


@pytest.mark.parametrize("typed", RECEIPT)
def test_a_number_is_read_however_it_is_copied(typed: str) -> None:
    assert str(read_number(typed)) == "R-2026-00066"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("41", Written("", None, 41)),
        ("٤١", Written("", None, 41)),
        ("D202600041", Written("D", 2026, 41)),
        ("د-2026-00041", Written("D", 2026, 41)),
        ("d41", Written("D", None, 41)),
        ("D-OO4I", Written("D", None, 41)),
        ("L-2O26-OOO4L", Written("L", 2026, 41)),
        ("L41", Written("L", None, 41)),
        ("202600041", Written("", 2026, 41)),
        ("41/2026", Written("", 2026, 41)),
        ("PB-2026-00002/01", Written("PB", 2026, 2, 1)),
        ("pb 2026 2 / ١", Written("PB", 2026, 2, 1)),
        ("R2-2026-00001", Written("R2", 2026, 1)),
        ("R482019-2026-00001", Written("R482019", 2026, 1)),
        ("r482019 ٢٠٢٦ ١", Written("R482019", 2026, 1)),
    ],
)
def test_what_was_left_out_is_left_open(typed: str, read: Written) -> None:
    assert read_number(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "0612345678",
        "06 12 34 56 78",
        "+212612345678",
        "28/11/2026",
        "D-2026-1 D-2026-2",
        "9" * 40,
        "1=1",
    ],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


def test_codes_are_read_with_any_digits_and_separators() -> None:
    for typed in ("4821-9937", "٤٨٢١-٩٩٣٧", "4821 9937", "4821\u20139937", "\u200e48219937.", "48.21.99.37"):
        assert read_digits(typed, 8) == "48219937"
    for typed in ("رمز 4821-9937", "رمز التتبع: ٤٨٢١-٩٩٣٧", "رمز4821-9937", "Code : 4821-9937", "code 4821-9937"):
        assert read_digits(typed, 8) == "48219937"
    assert read_digits("O821-99I7", 8) == "08219917", "letters that look like digits are no words before it"
    for typed in ("4821-993", "رمز 4821-993", "4821-99378", "4821-993x", "", "½½½½½½½½"):
        assert read_digits(typed, 8) == ""
    assert read_check_code(" k7mp2 q2xd9 ") == read_check_code("K7MP2\u2013Q2XD9.") == "K7MP2-Q2XD9"
    assert read_check_code("رمز التحقق: k7mp2 q2xd9") == "K7MP2-Q2XD9"
    assert read_check_code("ABCDE FGHJK") == "ABCDE-FGHJK"
    assert read_check_code("OIL10-00000") == "01110-00000"
    assert read_check_code("short") == read_check_code("UUUUU-UUUUU") == read_check_code("4821-9937") == ""


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("4821-9937", "follow"),
        ("رمز 4821-9937", "follow"),
        ("D-2026-00041", "number"),
        ("رقم D-2O26-OOO41", "number"),
        ("K7MP2-Q2XD9", "check"),
        ("1234-5678-9012-3456", "draft"),
        ("abc", ""),
    ],
)
def test_another_code_is_named_for_what_it_is(typed: str, kind: str) -> None:
    assert kind_of_code(typed) == kind
