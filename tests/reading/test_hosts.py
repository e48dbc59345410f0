"""Names of machines."""

import pytest

from tadbir.reading.hosts import in_address, read_host


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("tadbir.council.ma", "tadbir.council.ma"),
        (" Tadbir.Council.MA. ", "tadbir.council.ma"),
        ("localhost", "localhost"),
        ("١٩٢.١٦٨.١.١٠", "192.168.1.10"),
        ("[::1]", "::1"),
        ("مثال.المغرب", "xn--mgbh0fb.xn--mgbc0a9azcg"),
        ("bad host/", None),
        ("bad host", None),
        ("host/", None),
        ("https://tadbir.council.ma", None),
        ("tadbir.council.ma:8443", None),
        ("192.168.1", None),
        ("999.1.1.1", None),
        ("a_b.ma", None),
        ("-a.ma", None),
        ("", None),
        (".", None),
        ("a" * 64, None),
    ],
)
def test_a_host_is_a_name_or_an_address_and_nothing_more(written: str, read: str | None) -> None:
    assert read_host(written) == read


def test_an_address_of_the_sixth_version_has_brackets() -> None:
    assert in_address("::1") == "[::1]"
    assert in_address("localhost") == "localhost"
