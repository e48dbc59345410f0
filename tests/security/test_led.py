"""An address that only takes a form stands in the bar after its error was drawn: loading it again leads to its page."""

import pytest
from django.test import Client
from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from tests.security.door import Door
from tests.security.test_doors import DOORS
from tests.security.world import World

SENT_ONLY = [(name, door) for name, door in DOORS if door.write and not door.read and ":" not in name]  # no machine
#: Who reads it: somebody who may stand on the page above it.
READERS = {"office-opinion": "head", "office-signing-return": "president", "office-reach": "director"}


def reads(world: World, name: str, door: Door) -> Client:
    agent = READERS.get(name, "director") if name.startswith("office-") else "holder"
    return world.browsers[agent]


@pytest.mark.parametrize("lang", ["", "/fr"])
def test_every_address_that_only_takes_a_form_leads_to_its_page(world: World, quiet: None, lang: str) -> None:
    astray = []
    for name, door in SENT_ONLY:
        set_script_prefix("/")
        with override("fr" if lang else "ar"):
            address = reverse(name, args=[world.values.get(arg, arg) for arg in door.args.split()])
        answer = reads(world, name, door).get(f"/{world.office.council.slug}{address}", follow=True)
        places = [place for place, _status in answer.redirect_chain]
        gone = "no-such" in door.args and answer.status_code == 410
        page = "text/html" in answer["Content-Type"] and (answer.status_code == 200 or gone)
        if not places or not page or f"{lang}/" not in places[-1]:
            astray.append(f"{name} {door.args}: {places} {answer.status_code}")
    assert not astray, "\n".join(astray)
    assert len(SENT_ONLY) >= 25


def test_a_method_that_no_page_takes_is_told_in_words(world: World, quiet: None) -> None:
    for path in ("", "services/", "office/", f"follow/{world.values['dossier']}/answer/"):
        answer = world.browsers["director"].put(f"/{world.office.council.slug}/{path}")
        assert answer.status_code == 405
        assert "GET" in answer["Allow"] or answer["Allow"] == "POST"
        assert "لا تُستعمل هذه الصفحة بهذه الطريقة" in answer.content.decode()
