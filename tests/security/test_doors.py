"""Every address, with every method, by everybody: opened or refused as the table says, and the table is whole."""

import copy
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse, set_script_prefix

from tadbir.councils.models import Quality
from tadbir.councils.rights import Right, holders
from tadbir.desk.matter import matters
from tadbir.desk.office import dossier as page
from tests.browser import skipped_headings
from tests.security.door import HELD, METHODS, OUTSIDERS, QUALITIES, VISITORS, Door, Key
from tests.security.doors import ACCOUNTS, ANYBODYS, OFFICE, VERBS
from tests.security.world import World

DOORS = (*OFFICE, *ANYBODYS, *ACCOUNTS)
#: Who tries a door where no role is looked at; every other door is tried by everybody.
A_FEW = {"director", "nobody", "visitor", "holder"}
ROLELESS = {Key.ANYBODY, Key.ACCOUNT, Key.SIGNED_OUT}


#: The domains that only the tests install try their own addresses.
TRIED = [matter for matter in matters() if matter.office.startswith("tests.")]
OF_THE_TESTS = {name for matter in TRIED if matter.api for name in vars(import_module(matter.api))}


def addresses(patterns: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the house by its name, whoever mounts it; tests/visits tries its own."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif not (one.callback.__module__.startswith("tests.") or one.name in OF_THE_TESTS):
            yield f"{space}{one.name}", one


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {name for name, _door in DOORS} == {name for name, _pattern in addresses()}
    assert set(VERBS) == {verb.code for matter in matters() if matter not in TRIED for verb in matter.verbs}


def test_the_guard_asks_for_the_rights_of_the_table() -> None:
    asked = {}
    for name, pattern in addresses():
        if hasattr(pattern.callback, "right"):
            right, write = pattern.callback.right, pattern.callback.write
            asked[name] = (right or Key.AGENT, write or right or Key.AGENT)
    typed = {name: (door.key, door.write or door.key) for name, door in OFFICE}
    assert asked == typed
    office = {name for name, pattern in addresses() if name.startswith("office-")}
    assert office == set(typed), "an address of the office without its guard"


def test_each_right_is_held_by_the_qualities_of_the_table() -> None:
    assert set(QUALITIES) == set(Quality.values)
    asked = {right for _name, door in DOORS for right in (door.read, door.write) if isinstance(right, Right)}
    assert asked <= set(HELD)
    assert {right: set(typed.split()) for right, typed in HELD.items()} == {
        right: set(holders(right)) for right in HELD
    }


def tried(world: World, who: str, name: str, door: Door, method: str, **more: Any) -> tuple[int, str]:
    """What an address answers to somebody, and where it sends him; nothing that it did stays."""
    set_script_prefix("/")
    args = [world.values.get(arg, arg) for arg in door.args.split()]
    browser = world.browsers[who]
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        answer = browser.generic(method, f"/{world.office.council.slug}{reverse(name, args=args)}", **more)
        if answer.streaming:
            assert b"".join(answer.streaming_content) or method == "HEAD"  # read to its end, it closes its file
        elif answer.get("Content-Type", "").startswith("text/html"):
            assert not (skipped := skipped_headings(answer.content.decode())), f"{name}: {skipped}"
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer.status_code, answer.get("Location", "")


@pytest.mark.parametrize("group", [QUALITIES[:4], QUALITIES[4:], OUTSIDERS + VISITORS], ids=["four", "five", "others"])
def test_everybody_opens_his_doors_and_no_other(world: World, group: tuple[str, ...], quiet: None) -> None:
    wrong = []
    for who in group:
        for name, door in DOORS:
            for method in METHODS if door.key not in ROLELESS or who in A_FEW else ():
                status, place = tried(world, who, name, door, method)
                if status != door.answer(who, method):
                    wrong.append(f"{who} {method} {name} {door.args}: {status}, not {door.answer(who, method)}")
                elif who in VISITORS and name.startswith("office-") and "/account/login/?next=" not in place:
                    wrong.append(f"{who} {method} {name}: is sent to {place}")
    assert not wrong, "\n".join(wrong)


def test_every_verb_is_refused_to_whoever_may_not(world: World, quiet: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent is empty: whoever may is told what is missing (422), or that the law does not allow it now (409)."""
    wrong = []
    # The page of the dossier is drawn after the decision, and takes ten times as long.

    def drawn(_request: Any, _desk: Any, bound: Any = None, **_more: Any) -> HttpResponse:
        return HttpResponse(status=422 if bound else 200)

    monkeypatch.setattr(page, "_page", drawn)
    for who in QUALITIES:
        for code, door in VERBS.items():
            status, _place = tried(world, who, "office-do", door, "POST")
            if status != door.answer(who, "POST"):
                wrong.append(f"{who} {code}: {status}, not {door.answer(who, 'POST')}")
    assert not wrong, "\n".join(wrong)
