"""The receipt of an incomplete file where no law gives the time to complete it."""

from tadbir.acts.documents import pdf
from tests.acts import samples
from tests.acts.conftest import Chain


def test_an_undertaking_is_told_as_the_word_of_the_council(chain: Chain) -> None:
    ours = samples.receipt_filing()
    ours["receipt"] = dict(ours["receipt"], regime="council-commitment")
    promised = pdf.actual_texts(chain.render(ours | {"remedies": []}, "a5"))
    assert any("يتعهد المجلس بأن يُمهلكم ثلاثين (30) يوما" in text and "30 دجنبر 2026" in text for text in promised)
    assert not any("55.19" in text for text in promised)
