"""The key that a page hides opens nothing in another browser, and the address of a closing does not open for ever."""

import re

import pytest
from django.core.cache import cache

from tadbir.services.models import Draft
from tests.factories import Office, adopted_loan
from tests.services.residents import LOAN, Resident, text
from tests.services.test_close_all import CODE, FIRST, codes_in, key_of

MINE, OTHERS = LOAN | {"subject": "سر أحمد"}, LOAN | {"subject": "شيء آخر"}
pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def offered(office: Office) -> None:
    """The council lends a hall."""
    adopted_loan(office)


def draft_of(answer: object) -> str:
    found = re.search(r"/request/([^/]+)/", answer["Location"])  # type: ignore[index]
    assert found
    return found[1]


def test_the_key_of_a_page_names_another_draft_in_another_browser(office: Office) -> None:
    person, other = Resident(office), Resident(office)
    key = {"key": key_of(person)}
    mine = draft_of(person.post(FIRST, MINE | key))
    assert draft_of(person.post(FIRST, MINE | key)) == mine  # its own browser: sent twice, one draft
    key_of(other)
    theirs = other.post(FIRST, OTHERS | key)
    assert draft_of(theirs) != mine
    assert mine not in theirs.content.decode()
    assert "أحمد" not in text(other.get(f"request/{draft_of(theirs)}/"))
    assert Draft.objects.count() == 2


def test_whoever_begins_first_with_the_key_of_anothers_page_reads_nothing_of_his(office: Office) -> None:
    person, other = Resident(office), Resident(office)
    key = {"key": key_of(person)}
    key_of(other)
    theirs = draft_of(other.post(FIRST, OTHERS | key))
    mine = person.post(FIRST, MINE | key)
    assert mine.status_code == 302
    assert draft_of(mine) != theirs
    assert "أحمد" not in text(other.get(f"request/{theirs}/"))


def test_without_cookies_each_sending_begins_its_own_and_no_text_is_lost(office: Office) -> None:
    person = Resident(office)
    key = {"key": key_of(person)}
    drafts = []
    for _sent in range(2):
        person.client.cookies.clear()
        drafts.append(draft_of(person.post(FIRST, MINE | key)))
    assert len(set(drafts)) == 2
    for code in drafts:
        assert "أحمد" in Resident(office).get(f"request/{code}/").content.decode()


def test_a_first_page_closed_shows_its_code_to_no_other_browser_with_its_key(office: Office) -> None:
    person, other = Resident(office), Resident(office)
    sent = MINE | {"key": key_of(person), "close": "1"}
    [code] = codes_in(person.post(FIRST, sent))
    assert codes_in(person.post(FIRST, sent)) == [code]  # the answer was lost
    key_of(other)
    again = other.post(FIRST, OTHERS | {"key": sent["key"], "close": "1"})
    assert code not in text(again)
    assert other.get(f"request/closed/{sent['key']}/").status_code == 302


def test_the_address_of_a_closing_opens_nothing_after_a_quarter_of_an_hour(office: Office) -> None:
    person = Resident(office)
    draft = person.begin()
    where = person.client.post(person.full(f"request/{draft}/close/"), {"closing": "b" * 32})["Location"]
    [code] = codes_in(person.get(where))
    cache.delete(f"shows-closed:{'b' * 32}")  # as its quarter of an hour takes it away
    for browser in (person, Resident(office)):
        shown = browser.get(where)
        assert (shown.status_code, re.findall(CODE, text(shown))) == (410, [])
    assert Resident(office).get(f"request/{code}/").status_code == 200  # whoever noted it goes on
