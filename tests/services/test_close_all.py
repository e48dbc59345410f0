"""“Close” on any page closes every request that this browser began: no address in its history opens one any more."""

import re
from typing import Any

import pytest

from tadbir.services.models import Draft
from tests.factories import BOTH
from tests.services.residents import LOAN, Resident, text

CODE = r"\d{4}-\d{4}-\d{4}-\d{4}"
FIRST = "services/equipment-loan/request/"
STEPS = ("", "documents/", "check/")


def key_of(resident: Resident) -> str:
    [key] = re.findall(r'name="key" value="([0-9a-f]{32})"', resident.get(FIRST).content.decode())
    return key


def codes_in(answer: Any) -> list[str]:
    """The codes that the page of a closing shows, in its order."""
    assert answer.status_code == 200, answer.content.decode()
    return re.findall(rf'class="number fours"><bdi[^>]*>({CODE})<', answer.content.decode())


def opens(resident: Resident, code: str) -> str:
    """What the code opens on another telephone."""
    return text(Resident(resident.office).get(f"request/{code}/check/"))


def begin(resident: Resident, place: str) -> str:
    draft = resident.begin(data=LOAN | {"q_place": place})
    resident.get(f"request/{draft}/check/")
    return draft


def where(resident: Resident, draft: str, page: str) -> Any:
    """Press “Close” on this page."""
    if page == "first":
        return resident.post(FIRST, {"key": key_of(resident), "close": "1"})
    if page == "again":  # the first page that the back button kept, with all that was typed in it
        return resident.post(FIRST, LOAN | {"q_place": "دوار الأمل", "key": key_of(resident), "close": "1"})
    if page == "follow":
        return resident.post("follow/close/", {"closing": "a" * 32})
    if page == "home":
        [address] = re.findall(r'action="([^"]+/close/)"', resident.get("").content.decode())
        return resident.post(address, {"closing": "a" * 32})
    return resident.post(f"request/{draft}/{page}close/", {"closing": "a" * 32})


@pytest.mark.postgres
@pytest.mark.parametrize("page", ["first", "again", "follow", "home", ""])
def test_two_requests_begun_here_are_both_closed_from_any_page(resident: Resident, page: str) -> None:
    drafts = [begin(resident, "دوار الواحة"), begin(resident, "دوار الأمل")]
    pressed = resident.again()
    codes = codes_in(where(resident, drafts[0], page))
    assert len(codes) == len(set(codes)) == 2
    for draft in drafts:
        for browser in (resident, Resident(resident.office)):
            assert [browser.get(f"request/{draft}/{step}").status_code for step in STEPS] == [410] * 3
    assert "دوار الأمل" in opens(resident, codes[0]), "the last one begun stands first"
    assert "دوار الواحة" in opens(resident, codes[1])
    assert "/close/" not in resident.get("").content.decode()
    assert Draft.objects.count() == 2, "the same words are kept once"
    if page not in ("first", "again"):
        assert codes_in(where(pressed, drafts[0], page)) == codes, "the answer was lost"


def test_a_request_that_another_page_says_otherwise_is_closed_with_it(resident: Resident) -> None:
    """Next, the back button, other words in the first page, which has another key, and “Close” there."""
    draft = begin(resident, "دوار الواحة")
    sent = LOAN | {"q_place": "دوار الأمل", "key": key_of(resident), "close": "1"}
    before = resident.again()
    codes = codes_in(resident.post(FIRST, sent))
    assert codes_in(before.post(FIRST, sent)) == codes, "the answer was lost"
    assert resident.get(f"request/{draft}/check/").status_code == 410
    assert ["دوار الأمل" in opens(resident, codes[0]), "دوار الواحة" in opens(resident, codes[1])] == [True, True]


def test_a_first_page_that_says_only_some_of_the_words_again_begins_nothing(resident: Resident) -> None:
    begin(resident, "دوار الأمل")
    some = {"key": key_of(resident), "close": "1", "q_place": "دوار الأمل", "subject": LOAN["subject"]}
    [code] = codes_in(resident.post(FIRST, some))
    assert all(LOAN[name] in opens(resident, code) for name in ("q_purpose", "name")), "the whole request is kept"
    assert Draft.objects.count() == 1


def test_every_new_code_is_noted_down_at_once(resident: Resident) -> None:
    draft, _other = begin(resident, "دوار الواحة"), begin(resident, "دوار الأمل")
    page = where(resident, draft, "")
    codes = codes_in(page)
    sent = dict(re.findall(r'name="(noted|also)" value="([^"]+)"', page.content.decode()))
    assert codes_in(resident.post(f"request/{draft}/close/", {"closing": "a" * 32})) == codes, "loaded again"
    resident.post(f"request/{codes[0]}/close/", sent)
    again = resident.post(f"request/{draft}/close/", {"closing": "a" * 32})
    assert (again.status_code, [code for code in codes if code in text(again)]) == (410, [])


def test_sending_one_request_leaves_the_other_to_be_closed(resident: Resident) -> None:
    kept = begin(resident, "دوار الواحة")
    resident.file(*BOTH)
    page = resident.get("").content.decode()
    assert resident.full(f"request/{kept}/close/") in page
    closed = resident.post(f"request/{kept}/close/", {"closing": "a" * 32})
    assert len(codes_in(closed)) == 1
    assert "الملف الذي كان مفتوحا" in text(closed), "the dossier is closed too, and it is said"
    assert "/close/" not in resident.get("").content.decode()


def test_a_request_closed_from_the_page_of_a_dossier(resident: Resident) -> None:
    kept, number = begin(resident, "دوار الواحة"), resident.file(*BOTH)[1]
    assert 'name="closing"' in resident.get(f"follow/{number}/").content.decode()
    assert len(codes_in(resident.post("follow/close/", {"closing": "a" * 32}))) == 1
    assert (resident.get(f"request/{kept}/").status_code, resident.get(f"follow/{number}/").status_code) == (410, 403)


def test_nobody_tries_codes_by_the_cookie(resident: Resident) -> None:
    from tadbir.services.public import begun

    draft = begin(resident, "دوار الواحة")
    stranger = Resident(resident.office)
    for forged in (draft, f'["{draft}"]', "x:y:z"):
        stranger.client.cookies[begun.COOKIE] = forged
        assert stranger.post("follow/close/", {"closing": "a" * 32}).status_code == 302
        assert "/close/" not in stranger.get("").content.decode()
    assert resident.get(f"request/{draft}/").status_code == 200


@pytest.mark.postgres
def test_closing_the_first_page_again_with_other_words_keeps_both(resident: Resident) -> None:
    """The answer to the first closing was lost; the words were changed; “Close” again."""
    sent = LOAN | {"key": key_of(resident), "close": "1"}
    first = codes_in(resident.post(FIRST, sent | {"q_place": "دوار الواحة"}))
    both = codes_in(resident.post(FIRST, sent | {"q_place": "دوار الأمل"}))
    assert both[1:] == first
    assert "دوار الأمل" in opens(resident, both[0]), "what was typed last stands first"
    assert "دوار الواحة" in opens(resident, both[1])
    assert codes_in(resident.post(FIRST, sent | {"q_place": "دوار الواحة"})) == both, "sent again: nothing more is made"


@pytest.mark.postgres
def test_one_first_page_closed_sent_on_and_closed_again(resident: Resident) -> None:
    key = {"key": key_of(resident)}
    one, two = (LOAN | key | {"q_place": place} for place in ("دوار الواحة", "دوار الأمل"))
    first = codes_in(resident.post(FIRST, one | {"close": "1"}))
    onward = resident.post(FIRST, two)["Location"]
    both = codes_in(resident.post(FIRST, two | {"close": "1"}))
    assert both[1:] == first
    assert "دوار الأمل" in opens(resident, both[0])
    assert resident.get(onward).status_code == 410
    again = resident.post(FIRST, two)["Location"]
    third = codes_in(resident.post(FIRST, two | {"close": "1"}))
    assert (len(third), third[1:]) == (3, both)
    assert resident.get(again).status_code == 410


def test_closing_a_first_page_after_its_request_was_sent_keeps_other_words(resident: Resident) -> None:
    key = {"key": key_of(resident)}
    draft = resident.begin(data=LOAN | key)
    for requirement in BOTH:
        resident.attach(draft, requirement)
    resident.send(draft)
    closed = resident.post(FIRST, LOAN | key | {"close": "1"})
    assert closed["Location"] == resident.full("follow/"), "it was sent: nothing is left to keep"
    [code] = codes_in(resident.post(FIRST, LOAN | key | {"close": "1", "q_place": "دوار الأمل"}))
    assert "دوار الأمل" in opens(resident, code)
