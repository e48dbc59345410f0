"""A form without the token of its page does nothing: every address that writes, and the few that ask for none.

What asks for no token must not be open to the pages of other sites: those are refused before any view (`ui.foreign`).
"""

from collections.abc import Iterator

import pytest

from tests.security.door import QUALITIES, VISITORS, Door
from tests.security.doors import VERBS
from tests.security.test_doors import DOORS, tried
from tests.security.world import World

#: The forms of a request begun work on a telephone that keeps no cookie; the cookies that these addresses read besides
#: are `SameSite`, and come along from none but our own pages.
HAS_THE_CODE = "the code in its address is the only key: who can send it could read it, and no other site knows it"
#: Addresses that write and take a form without a token.
ASK_NONE = {
    "request-start": "opens nothing: what it begins is new, and has the code that only its answer says",
    "request-edit": HAS_THE_CODE,
    "request-documents": HAS_THE_CODE,
    "request-attach": HAS_THE_CODE,
    "request-remove": HAS_THE_CODE,
    "request-check": HAS_THE_CODE,
    "request-close": HAS_THE_CODE,
    "verify": "reads: it answers what a paper's number and code say, and keeps nothing; its page is everybody's",
    "api:follow": "reads: for programs, which send number and code, and no cookie of it opens anything",
}
#: Any value will do that cookie and form both say: a page of another site can neither read nor write the cookie.
TOKEN = "a" * 32


def writing() -> Iterator[tuple[str, Door, str]]:
    """Each address that takes a form, and somebody whom it lets in."""
    for name, door in (*DOORS, *(("office-do", door) for door in VERBS.values())):
        answer = door.to_whoever_may("POST")
        if answer not in (404, 405):
            yield (
                name,
                door,
                next(who for who in (*VISITORS, "director", *QUALITIES) if door.answer(who, "POST") == answer),
            )


def test_a_form_without_its_token_is_refused_and_with_it_is_taken(world: World, quiet: None) -> None:
    wrong, refused, none_asked = [], set(), set()
    for browser in world.browsers.values():
        browser.handler.enforce_csrf_checks = True
        browser.cookies["csrftoken"] = TOKEN
    for name, door, who in writing():
        answer = door.answer(who, "POST")
        with_it, _place = tried(world, who, name, door, "POST", headers={"X-CSRFToken": TOKEN})
        forged, _place = tried(world, who, name, door, "POST", headers={"X-CSRFToken": "b" * 32})
        without, _place = tried(world, who, name, door, "POST")
        if (with_it, forged, without) == (answer, 403, 403):
            refused.add(name)
        elif with_it == forged == without == answer:
            none_asked.add(name)
        else:
            wrong.append(f"{who} {name} {door.args}: {answer}, {with_it}; forged {forged}, without {without}")
    assert not wrong, "\n".join(wrong)
    assert none_asked == set(ASK_NONE)
    assert not refused & none_asked
    assert len(refused) > 60


@pytest.mark.parametrize("said", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}], ids=str)
def test_a_page_of_another_site_sends_no_form_anywhere(world: World, quiet: None, said: dict[str, str]) -> None:
    """With the token even: it would have to be stolen first."""
    for browser in world.browsers.values():
        browser.cookies["csrftoken"] = TOKEN
    sent = {
        (name, door.args): tried(world, who, name, door, "POST", headers=said | {"X-CSRFToken": TOKEN})[0]
        for name, door, who in writing()
    }
    assert set(ASK_NONE) <= {name for name, _args in sent}
    assert {place: status for place, status in sent.items() if status != 403} == {}
