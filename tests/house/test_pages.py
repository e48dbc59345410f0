"""Pages that read from right to left first, and that a strict content policy lets through."""

from __future__ import annotations

from tests.house.reading import files, inline, physical_css, shown

GOOD_CSS = """
.a { margin-inline-start: 1rem; padding: 0 1rem; inset-inline-end: 0; text-align: start }
.b { margin: 0 calc(1rem + 2px) 1rem calc(1rem + 2px); border-block-start: 1px solid } /* not left: here */
"""


def test_styles_name_no_side_of_the_screen() -> None:
    found = [line for path in files("tadbir", ".css") for line in shown(path, physical_css(path.read_text("utf-8")))]
    assert found == [], "use the logical property: start, end, inline, block"
    assert list(physical_css(GOOD_CSS)) == []
    for bad in (
        "a{left:0}",
        "a{margin-right : 1px}",
        "a{border-left-color:red}",
        "a{border-top-left-radius:1px}",
        "a{text-align:right}",
        "a{float: left}",
        "a{margin:0 1px 0 2px}",
    ):
        assert len(list(physical_css(bad))) == 1, bad


def test_templates_hold_no_inline_style_or_script() -> None:
    found = [line for path in files("tadbir", ".html", ".svg") for line in shown(path, inline(path.read_text("utf-8")))]
    assert found == []
    for bad in (
        '<p style="color:red">',
        "<a\n class=x onclick='go()'>",
        '<a href="javascript:go()">',
        "<script>go()</script>",
    ):
        assert len(list(inline(bad))) == 1, bad
    good = '<style>{{ css }}</style><script src="a.js"></script><p class="style">a = 1</p>{# <p style="x"> #}'
    assert list(inline(good)) == []


def test_the_content_policy_stays_strict() -> None:
    words = ("unsafe-" + "inline", "UNSAFE_" + "INLINE", "unsafe-" + "eval", "UNSAFE_" + "EVAL")
    read = list(files("tadbir", ".py", ".html"))
    assert read
    loose = [path for path in read for word in words if word in path.read_text("utf-8")]
    assert loose == []
