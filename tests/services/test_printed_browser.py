"""The pages of a dossier as a browser prints them: the words, not the forms, and no sheet that bears nothing."""

from typing import Any

import pypdfium2
import pytest

from tadbir.desk.codes import follow_code
from tadbir.services import actions
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.test_public_browser import START, served  # noqa: F401
from tests.ui.conftest import chromium, phone  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sheets(page: Any) -> list[str]:
    """The words of each sheet of paper."""
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    words = [printed[number].get_textpage().get_text_range().strip() for number in range(len(printed))]
    printed.close()
    return words


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_page_is_printed_without_its_forms_and_the_receipt_on_one_sheet(
    phone: Any, live_server: Any, served: Office, lang: str
) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(served), brought=("signed-request",))).dossier
    start = f"{live_server.url}{START[lang]}follow/"
    phone.goto(start)
    phone.fill("#id_number", dossier.number)
    phone.fill("#id_code", follow_code(dossier))
    phone.locator("main form button").first.click()
    phone.wait_for_url(f"**/follow/{dossier.number}/")
    fields, papers = phone.locator("input[type=file]"), phone.locator("main ul a[href*='/papers/']")
    assert (fields.first.is_visible(), papers.first.is_visible()) == (True, True)
    phone.emulate_media(media="print")
    assert not any(one.is_visible() for one in fields.all())
    assert papers.first.is_visible(), "what it says stays"
    assert all(len(sheet) > 40 for sheet in sheets(phone))
    phone.goto(f"{start}{dossier.number}/receipt/")
    assert len(sheets(phone)) == 1
