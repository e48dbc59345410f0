"""The receipt of an incomplete file where no law gives the time to complete it."""

from tadbir.acts.documents import pdf
from tests.acts import samples
from tests.acts.conftest import Chain


def test_an_undertaking_is_told_as_the_word_of_the_council(chain: Chain) -> None:
    ours = samples.receipt_filing()
    ours["receipt"] = dict(ours["receipt"], regime="council-commitment")
    promised = pdf.actual_texts(chain.render(ours | {"remedies": []}, "a5"))
    assert any("يتعهد المجلس بأن يُمهلكم ثلاثين (30) يوما" in text and "31 دجنبر 2026" in text for text in promised)
    assert not any("55.19" in text for text in promised)


def said_of(chain: Chain, **more: str) -> str:
    receipt = samples.receipt_filing(copy_fr=True)
    receipt["receipt"] = dict(receipt["receipt"], **more)
    return " ".join(" ".join(pdf.actual_texts(chain.render(receipt, "a4"))).split())


def test_the_careful_day_is_not_said_to_be_the_last(chain: Chain) -> None:
    """Thirty full days of 1 December end on Friday 1 January, a feast: Monday 4 January is in time."""
    said = said_of(chain)
    assert "من تاريخ الطلب، يُنصح بذلك إلى غاية 31 دجنبر 2026، ويتسلمها المجلس إلى غاية 4 يناير 2027، وإلا أُرجع" in said
    assert (
        "par prudence, au plus tard le 31 décembre 2026, le conseil les reçoit au plus tard le 4 janvier 2027" in said
    )
    assert "من تسلم هذا الوصل" not in said


def test_a_list_that_came_later_is_counted_from_its_receipt(chain: Chain) -> None:
    said = said_of(chain, supply_from="receipt", supply_until="2027-01-12")
    assert "من تسلم هذا الوصل" in said
    assert "à compter de ce récépissé" in said
    assert "من تاريخ الطلب، " not in said


def test_one_day_alone_is_said_alone(chain: Chain) -> None:
    assert "أي إلى غاية 31 دجنبر 2026، وإلا أُرجع" in said_of(chain, supply_until="2026-12-31")
