"""A text that announces something and does not say it is not finished, whatever marks stand after it."""

import pytest

from tadbir.desk.papers import is_open_ended


@pytest.mark.parametrize(
    "text",
    [
        "قرر المجلس ما يلي:",
        "قرر المجلس ما يلي: .",
        "قرر المجلس ما يلي :\n\n-",
        "قرر المجلس ما يلي: «».",
        "Le conseil décide : …",
        "Il n’est pas donné suite à ce qui suit :\u00a0–",
        "على الشرط التالي؛",
        "ولا نستجيب لما يلي: ……",
    ],
)
def test_what_announces_and_says_nothing_is_not_finished(text: str) -> None:
    assert is_open_ended(text)
    assert is_open_ended(text, then=" . ")


def test_what_is_said_is_finished() -> None:
    assert not is_open_ended("قرر المجلس ما يلي: إصلاح الطريق.")
    assert not is_open_ended("يفتح الشباك على الساعة 9:30")
    assert not is_open_ended("")
    assert not is_open_ended("قرر المجلس ما يلي:", then="1. إصلاح الطريق")
