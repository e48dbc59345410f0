"""A text that announces something and does not say it is not finished, whatever marks stand after it."""

import pytest

from tadbir.desk.papers import open_end


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
    assert open_end(text)
    assert open_end(text, then=" . ")


def test_what_is_said_is_finished() -> None:
    assert not open_end("قرر المجلس ما يلي: إصلاح الطريق.")
    assert not open_end("يفتح الشباك على الساعة 9:30")
    assert not open_end("")
    assert not open_end("قرر المجلس ما يلي:", then="1. إصلاح الطريق")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("قرر المجلس ما يلي: .\nوتفضلوا بقبول التحية.", "قرر المجلس ما يلي:"),
        ("نخبركم بما يلي:، ونشكركم على صبركم.", "نخبركم بما يلي:"),
        ("نخبركم بما يلي: «» ونشكركم.\nثم ما يلي: «».\nوشكرا.", "نخبركم بما يلي: «» ونشكركم. ثم ما يلي:"),
        ("الوثائق الناقصة هي:\n-\nوتفضلوا بقبول التحية.", "الوثائق الناقصة هي:"),
        ("Il manque : . Merci de votre patience.", "Il manque :"),
        ("قررنا إعارتكم …… خيمة ابتداء من الغد.", "قررنا إعارتكم ……"),
    ],
)
def test_what_is_announced_and_skipped_in_the_middle_is_shown(text: str, where: str) -> None:
    assert open_end(text) == where
    assert open_end(text, then="لأسباب كذا") == where, "what follows elsewhere does not fill it"


@pytest.mark.parametrize(
    "text",
    [
        "نطلب ما يلي:\n- عقد الكراء\n- شهادة\nوشكرا.",
        "نطلب ما يلي:\n\n1. عقد الكراء؛\n2. شهادة.\nوشكرا.",
        "الموعد: 9:30، بالمقر. الهاتف: +212 500-00-00-00.",
        "Adresse : https://council.example/nakhil. Merci.",
        "Motif : « urgence ». Merci.",
    ],
)
def test_what_is_announced_and_said_in_the_middle_is_finished(text: str) -> None:
    assert open_end(text) == ""


def test_a_long_text_is_quoted_by_its_last_words() -> None:
    assert open_end("كلمة " * 50 + "ما يلي:") == "…" + "كلمة " * 10 + "ما يلي:"
