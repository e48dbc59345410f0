"""The code of a request begun: digits, copied by hand, told where it was typed when it is wrong, not guessed."""

import hashlib
import re
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from tadbir.councils.clock import simulated
from tadbir.councils.limits import HOUR, LIMITS, Limit
from tadbir.services.actions import start_draft
from tadbir.services.models import Draft, code_digest
from tests.conftest import at
from tests.factories import adopted_loan
from tests.services.residents import Resident, text

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.postgres
def test_a_code_is_digits_and_opens_however_it_is_copied(resident: Resident) -> None:
    code = resident.begin()
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{4}", code)
    assert code in text(resident.get(f"request/{code}/"))
    other = Resident(resident.office)
    spaced = code.replace("-", " ")
    letters = code.replace("0", "O").replace("1", "l")
    for typed in (code, code.replace("-", ""), spaced, code.translate(EASTERN), f" \u200f{spaced}. ", letters):
        opened = other.post("request/", {"draft": typed})
        assert (opened.status_code, opened["Location"].rsplit("/request/")[1]) == (302, f"{code}/")
    assert other.get(f"request/{code.replace('-', '')}/").status_code == 200


@pytest.mark.parametrize("french", [False, True])
def test_a_wrong_code_is_told_where_it_was_typed(resident: Resident, french: bool) -> None:
    code = resident.begin()
    other = Resident(resident.office, french=french)
    nearly = code[:-1] + str((int(code[-1]) + 1) % 10)
    for typed, told in (
        (nearly, "14 jours" if french else "14 يوما"),
        (code[:-1], "16"),
        ("", 'aria-invalid="true"'),
        ("4821-9937", "plus haut" if french else "أعلاه"),
        ("K7MP2-Q2XD9", "vérification d’un document" if french else "رمز التحقق من وثيقة"),
    ):
        answer = other.post("request/", {"draft": typed})
        page = answer.content.decode()
        assert answer.status_code == 422
        inside = page.split('<details class="why" open>')[1].split("</details>")[0]
        assert told in inside, typed
        assert f'value="{typed}"' in inside or not typed, "what was typed is there to be mended"


def test_codes_of_drafts_are_not_guessed(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "wrong_draft_codes", Limit(5, HOUR))
    code = resident.begin()
    guesser = Resident(resident.office)
    for _right in range(9):  # what is right is no try
        assert guesser.post("request/", {"draft": code}).status_code == 302
    assert guesser.post("request/", {"draft": "1234"}).status_code == 422  # half a code guesses nothing
    got = [guesser.post("request/", {"draft": f"{rank:016d}"}).status_code for rank in range(7)]
    assert got == [422] * 5 + [429] * 2
    shut = guesser.post("request/", {"draft": code})
    assert (shut.status_code, int(shut["Retry-After"]) <= HOUR) == (429, True)
    assert guesser.get("request/0000-0000-0000-0009/").status_code == 429, "addresses are counted with them"
    assert guesser.get(f"request/{code}/").status_code == 200, "somebody else of the village goes on"
    with simulated(at("2026-12-01 11:30")):
        assert guesser.post("request/", {"draft": code}).status_code == 302


def test_a_code_given_before_they_were_digits_goes_on(resident: Resident) -> None:
    old = "ZOSfX-lYQ5kfJ0Ti"
    sheet = adopted_loan(resident.office)
    draft, _code = start_draft(sheet, "ar", {"name": "جمعية"})
    Draft.objects.filter(pk=draft.pk).update(code_digest=hashlib.sha256(old.encode()).hexdigest())
    import_module("tadbir.services.migrations.0004_draft_codes").key_them(apps, SimpleNamespace(connection=connection))
    assert Draft.objects.get(pk=draft.pk).code_digest == code_digest(old)
    assert resident.post("request/", {"draft": f" {old}"}).status_code == 302
    assert resident.get(f"request/{old}/").status_code == 200
    assert resident.post("request/", {"draft": old.lower()}).status_code == 422
    with simulated(at("2026-12-16 10:00")):
        assert resident.get(f"request/{old}/").status_code == 410
