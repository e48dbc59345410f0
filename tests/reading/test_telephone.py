"""Telephone numbers and e-mail addresses: read by the reader that the sender uses, so accepted means reachable."""

import pytest

from tadbir.reading.mail import read_address
from tadbir.reading.telephone import masked, read_telephone, takes_text


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0612345678", "+212612345678"),
        ("06 12-34.56.78", "+212612345678"),
        ("+212 6 12 34 56 78", "+212612345678"),
        ("00212612345678", "+212612345678"),
        ("212612345678", "+212612345678"),
        ("+212 (0)712345678", "+212712345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+212612345678"),
        ("\u200e06/12/34/56/78\u200f", "+212612345678"),
        ("0528000000", "+212528000000"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0412345678", None),
        ("061234567", None),
        ("06123456789", None),
        ("+2126123", None),
        ("+212412345678", None),
        ("612345678", "+212612345678"),
        ("521345678", None),
        ("", None),
        ("06 12 34 56 7x", None),
        ("+0612345678", None),
        ("0612345678\n0712345678", None),
        ("+1234567", None),
        ("+1234567890123456", None),
        ("OUT/../etc", None),
        ("06\u201112\u201134\u201156\u201178", "+212612345678"),
        ("0612345678\u200f", "+212612345678"),
        ("\u202a+212 612-345678\u202c.", "+212612345678"),
        ("(+212) 6 12 34 56 78", "+212612345678"),
        ("+21261234567", None),
        ("+212123456789", None),
        ("+2126123456789", None),
        ("+3361234567", None),
        ("+33112", None),
        ("+99912345678", None),
        ("+222 36 12 34 56", "+22236123456"),
    ],
)
def test_numbers_take_one_form_or_are_refused(written: str, number: str | None) -> None:
    assert read_telephone(written) == number
    if number:
        assert read_telephone(number) == number


def test_only_mobile_numbers_take_text_messages() -> None:
    assert takes_text("+212612345678")
    assert takes_text("+212712345678")
    assert takes_text("+33612345678")
    assert not takes_text("+212528000000")
    assert not takes_text("+212812345678")
    assert not takes_text("+33142685300")
    assert masked("+212612345678") == "+212612••••78"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("name@example.ma", "name@example.ma"),
        ("  Name.Last+x@Example.MA ", "Name.Last+x@example.ma"),
        ("name@example.ma\u200f", "name@example.ma"),
        ("\u202aname@example.ma\u202c", "name@example.ma"),
        ("<name@example.ma>", "name@example.ma"),
        ("mailto:name@example.ma", "name@example.ma"),
        ("name@example.ma.", "name@example.ma"),
        ("o'brien@example.ma", "o'brien@example.ma"),
        ("name٢@example.ma", "name2@example.ma"),
        ("x@مثال.المغرب", "x@xn--mgbh0fb.xn--mgbc0a9azcg"),
        ("x@xn--mgbh0fb.xn--mgbc0a9azcg", "x@xn--mgbh0fb.xn--mgbc0a9azcg"),
        ("اسم@example.ma", None),
        ("name@example", None),
        ("name@127.0.0.1", None),
        ("name@@example.ma", None),
        ("a@example.ma, b@example.ma", None),
        ("a@example.ma\nb@example.ma", None),
        ("Name <name@example.ma>", None),
        ("name.@example.ma", None),
        ("a b@example.ma", None),
        ("x@-example.ma", None),
        ("x@مثال_المغرب", None),
        (f"{'x' * 65}@example.ma", None),
        ("", None),
        ("@", None),
    ],
)
def test_an_address_is_one_that_a_letter_can_go_to(written: str, address: str | None) -> None:
    assert read_address(written) == address
    if address:
        assert read_address(address) == address
