"""“Close” over what was typed and not sent: it is asked once what becomes of it; nothing stays once it is closed."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tadbir.councils.clock import simulated
from tadbir.desk.public import access
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tests import at_once as desk
from tests.conftest import at
from tests.factories import BOTH
from tests.services.residents import LOAN, Resident, text

WORDS = "الخيام لم تكن محجوزة\nيوم 12 دجنبر"
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_ANY = re.compile(r"<(input|textarea|button)\b([^>]*)>(?:\n?([^<]*)</textarea>)?", re.DOTALL)


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}


def _buttons(html: str) -> list[str]:
    return re.findall(r"<button\b([^>]*)>", html)


def pressed(html: str, typed: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Where “Close” of a page leads and what it sends along, as a browser without script does it."""
    [button] = [one for one in map(_attributes, _buttons(html)) if one.get("formaction", "").endswith("/close/")]
    assert button["formenctype"] == "application/x-www-form-urlencoded", "the names of files alone: none is sent twice"
    [inside] = [inner for head, inner in _FORM.findall(html) if _attributes(head).get("id") == button["form"]]
    beside = "".join(f"<{tag}{rest}>" for tag, rest, _t in _ANY.findall(html) if f'form="{button["form"]}"' in rest)
    sent = dict[str, str]()
    for tag, rest, words in _ANY.findall(inside + beside):
        said = _attributes(rest)
        if tag != "button" and "name" in said:
            sent[said["name"]] = typed.get(
                said["name"], unescape(words) if tag == "textarea" else said.get("value", "")
            )
    return button["formaction"], sent | {button["name"]: button["value"]}


def forms_of(html: str) -> dict[str, dict[str, str]]:
    """The two ways out of the question, by where they lead, each with its fields."""
    found = dict[str, dict[str, str]]()
    for head, inner in _FORM.findall(html):
        fields = {}
        for tag, rest, words in _ANY.findall(inner):
            said = _attributes(rest)
            if tag != "button" and "name" in said:
                fields[said["name"]] = unescape(words) if tag == "textarea" else said.get("value", "")
        found[_attributes(head)["action"]] = fields
    return found


def asked(resident: Resident, page: str, typed: dict[str, str]) -> tuple[Any, str, dict[str, str]]:
    address, sent = pressed(resident.get(page).content.decode(), typed)
    return resident.post(address, sent), address, sent


@pytest.fixture(params=[False, True], ids=["ar", "fr"])
def contesting(request: pytest.FixtureRequest, resident: Resident) -> tuple[Resident, str, str]:
    resident.french = request.param
    _draft, number, code = resident.file(*BOTH)
    return resident, number, code


def test_closing_over_a_remedy_asks_once_and_sends_it_or_throws_it_away(contesting: tuple[Resident, str, str]) -> None:
    resident, number, _code = contesting
    page = f"follow/{number}/remedies/appeal_filed/"
    question, address, sent = asked(resident, page, {"text": WORDS})
    said = question.content.decode()
    assert question.status_code == 200
    assert ("n’est pas envoyé" if resident.french else "لم يُرسل") in text(question)
    assert "no-store" in question["Cache-Control"]
    assert resident.get(f"follow/{number}/").status_code == 200, "nothing is closed yet"
    ways = forms_of(said)
    assert set(ways) == {resident.full(page), address}
    assert ways[resident.full(page)]["text"] == WORDS
    assert "text" not in ways[address]
    went = resident.post(resident.full(page), ways[resident.full(page)])
    assert (went.status_code, "?done=" in went["Location"]) == (302, True)
    assert Fact.objects.get(kind="appeal_filed").words["text"].split() == WORDS.split()
    closed = resident.post(address, ways[address])
    assert closed["Location"] == resident.full("follow/?closed")
    assert resident.get(f"follow/{number}/").status_code == 403
    again = resident.post(address, sent)
    assert WORDS.split()[0] not in again.content.decode(), "the history of the browser sends the page once more"
    assert again.status_code == 302


def writes_on(html: str) -> tuple[str, dict[str, str]]:
    """Where “Go on writing” of the question leads, and what it sends: the fields of its form, and its own."""
    [button] = [one for one in map(_attributes, _buttons(html)) if one.get("formaction", "").endswith("?write")]
    address = button["formaction"].partition("?")[0]
    return button["formaction"], forms_of(html)[address] | {button["name"]: button["value"]}


def box_of(answer: Any) -> tuple[dict[str, str], str]:
    """The box of a page that is written in, and its words."""
    [(said, words)] = re.findall(r"<textarea\b([^>]*name=\"text\"[^>]*)>\n?([^<]*)", answer.content.decode())
    return _attributes(said) | {"focus": str("autofocus" in said)}, unescape(words)


def test_one_goes_on_writing_where_one_was_and_nothing_is_filed_or_closed(
    contesting: tuple[Resident, str, str],
) -> None:
    resident, number, _code = contesting
    page = f"follow/{number}/remedies/appeal_filed/"
    question, address, _sent = asked(resident, page, {"text": WORDS})
    assert ("Continuer à écrire" if resident.french else "متابعة الكتابة") in text(question)
    back = resident.post(*writes_on(question.content.decode()))
    box, words = box_of(back)
    assert (back.status_code, words.split(), box["focus"]) == (200, WORDS.split(), "True")
    assert not Fact.objects.filter(kind="appeal_filed").exists()
    again, sent = pressed(back.content.decode(), {})
    assert (again, sent["text"].split()) == (address, WORDS.split()), "closed over it once more, it is asked once more"
    assert resident.post(again, sent).status_code == 200
    filed = resident.post(page, {one: sent[one] for one in ("text", "key")})
    assert filed.status_code == 302
    more, _address, _sent = asked(resident, page, {"text": "وهذا أيضا"})
    box, words = box_of(resident.post(*writes_on(more.content.decode())))
    assert (words, box["focus"]) == ("وهذا أيضا", "True"), "what is added to a remedy too"
    assert not Fact.objects.filter(kind="information_added").exists()


def test_one_goes_on_writing_an_answer(contesting: tuple[Resident, str, str]) -> None:
    resident, number, _code = contesting
    desk.ask_information(Dossier.objects.get(), resident.office.officer, "كم عدد الخيام؟")
    question, _address, _sent = asked(resident, f"follow/{number}/", {"text": "أربع خيام"})
    where, what = writes_on(question.content.decode())
    back = resident.post(where, what)
    box, words = box_of(back)
    assert (back.status_code, words, box["focus"]) == (200, "أربع خيام", "True")
    assert not Fact.objects.filter(kind="information_received").exists()
    assert resident.post(f"follow/{number}/answer/", {k: v for k, v in what.items() if k != "in"}).status_code == 302
    late = resident.post(where, what)
    assert "أربع خيام" in text(late), "answered meanwhile: the words are shown still"
    assert Fact.objects.filter(kind="information_received").count() == 1


def test_one_goes_on_writing_after_the_visit_ended(contesting: tuple[Resident, str, str]) -> None:
    """The code is asked first, and what was typed is not sent with it."""
    resident, number, code = contesting
    question, _address, _sent = asked(resident, f"follow/{number}/remedies/appeal_filed/", {"text": WORDS})
    where, what = writes_on(question.content.decode())
    resident.client.cookies.clear()
    carried = resident.post(where, what)
    assert carried.status_code == 403
    assert ("continuez à écrire" if resident.french else "ثم تابعوا الكتابة") in text(carried)
    [kept] = [fields for address, fields in forms_of(carried.content.decode()).items() if address.endswith("?write")]
    back = resident.post(where, kept | {"again-code": code})
    assert (back.status_code, box_of(back)[1].split()) == (200, WORDS.split())
    assert not Fact.objects.filter(kind="appeal_filed").exists()


#: What a browser says of a form of our own.
OWN = {"Sec-Fetch-Site": "same-origin"}


def stopped(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Any]:
    """The first page of a request, and the error that came when it was sent: too many from here."""
    first = resident.full("services/equipment-loan/request/")
    shown = resident.client.read(first)  # type: ignore[attr-defined]
    with monkeypatch.context() as full:
        full.setattr(access.limits, "too_many", lambda *_told: True)
        return first, resident.post(first, LOAN | {"q_place": WORDS, "shown": shown, "key": "e" * 32}, headers=OWN)


def test_one_goes_on_writing_a_request_that_an_error_stopped(
    contesting: tuple[Resident, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, _number, _code = contesting
    _first, refused = stopped(resident, monkeypatch)
    address, sent = pressed(refused.content.decode(), {})
    question = resident.post(address, sent, headers=OWN)
    begun = resident.post(*writes_on(question.content.decode()))
    assert (begun.status_code, begun["Location"].endswith("/")) == (302, True)
    assert WORDS.splitlines()[0] in resident.get(begun["Location"]).content.decode()


def test_thrown_away_it_is_nowhere(contesting: tuple[Resident, str, str]) -> None:
    resident, number, _code = contesting
    question, address, _sent = asked(resident, f"follow/{number}/remedies/appeal_filed/", {"text": WORDS})
    assert resident.post(address, forms_of(question.content.decode())[address]).status_code == 302
    assert not Fact.objects.filter(kind="appeal_filed").exists()
    assert resident.get(f"follow/{number}/").status_code == 403
    assert access.COOKIE not in {name for name, one in resident.client.cookies.items() if one.value}


@pytest.mark.parametrize("typed", [{}, {"text": " \r\n"}], ids=["nothing", "spaces"])
def test_closing_an_empty_form_asks_nothing(contesting: tuple[Resident, str, str], typed: dict[str, str]) -> None:
    resident, number, _code = contesting
    answer, _address, _sent = asked(resident, f"follow/{number}/remedies/appeal_filed/", typed)
    assert answer["Location"] == resident.full("follow/?closed")
    assert resident.get(f"follow/{number}/").status_code == 403


def test_what_the_page_proposes_against_a_silence_is_nobodys_words(contesting: tuple[Resident, str, str]) -> None:
    resident, number, code = contesting
    duty = Dossier.objects.get().duties.get(rule="PROC-DECIDE")
    assert duty.lapses_on is not None
    with simulated(at(f"{duty.lapses_on} 09:00")):
        record_lapses(duty.lapses_on)
        resident.post("follow/", {"number": number, "code": code})
        more, _address, sent = asked(resident, f"follow/{number}/remedies/appeal_filed/", {"text": WORDS})
        assert more.status_code == 200
        left, _address, sent = asked(resident, f"follow/{number}/remedies/appeal_filed/", {})
        assert sent["text"] != ""
        assert left.status_code == 302


def test_the_answer_to_a_question_and_a_chosen_file_are_asked_about(contesting: tuple[Resident, str, str]) -> None:
    resident, number, _code = contesting
    dossier, officer = Dossier.objects.get(), resident.office.officer
    desk.ask_information(dossier, officer, "كم عدد الخيام؟")
    desk.ask_replacement(dossier, officer, "liability", "الصورة غير واضحة")
    question, _address, _sent = asked(
        resident, f"follow/{number}/", {"text": "أربع خيام", "liability-document": "liability-new.jpg"}
    )
    assert "liability-new.jpg" in text(question)
    ways = forms_of(question.content.decode())
    sending = ways[resident.full(f"follow/{number}/answer/")]
    assert resident.post(f"follow/{number}/answer/", sending).status_code == 302
    assert "أربع خيام" in Fact.objects.get(kind="information_received").words.values()
    alone, _address, _sent = asked(resident, f"follow/{number}/", {"liability-document": "liability-new.jpg"})
    assert (alone.status_code, "liability-new.jpg" in text(alone)) == (200, True)
    assert ("Revenir" if resident.french else "العودة") in text(alone)
    back = resident.get(f"follow/{number}/answer/")
    assert back["Location"] == resident.full(f"follow/{number}/")


def test_after_the_visit_ended_and_its_token_is_gone_nothing_is_lost(contesting: tuple[Resident, str, str]) -> None:
    resident, number, code = contesting
    page = f"follow/{number}/remedies/appeal_filed/"
    address, sent = pressed(resident.get(page).content.decode(), {"text": WORDS})
    late = Resident(resident.office, resident.french, Client(enforce_csrf_checks=True))
    foreign = late.client.post(address, sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert WORDS.split()[0] not in foreign.content.decode(), "what another site sends is nobody's words"
    question = late.client.post(address, sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert question.status_code == 200
    ways = forms_of(question.content.decode())
    carried = late.client.post(late.full(page), ways[late.full(page)])
    assert carried.status_code == 403, "the code is asked for again"
    closing, kept = pressed(carried.content.decode(), {})
    assert kept["text"].split() == WORDS.split()
    once_more = late.client.post(closing, kept)
    assert WORDS.splitlines()[0] in once_more.content.decode(), "this page closes too, and asks as well"
    ways = forms_of(once_more.content.decode())
    assert late.client.post(late.full(page), ways[late.full(page)] | {"again-code": code}).status_code == 302
    assert Fact.objects.filter(kind="appeal_filed").count() == 1
    assert late.client.post(closing, ways[closing]).status_code == 302
    assert late.get(f"follow/{number}/").status_code == 403


def test_the_question_is_read_in_the_other_language(contesting: tuple[Resident, str, str]) -> None:
    resident, number, _code = contesting
    page = f"follow/{number}/remedies/appeal_filed/"
    question, _address, _sent = asked(resident, page, {"text": WORDS})
    other = Resident(resident.office, not resident.french, resident.client)
    moved = other.post("follow/close/", forms_of(question.content.decode())[resident.full(page)])
    assert ("n’est pas envoyé" if other.french else "لم يُرسل") in text(moved)
    assert forms_of(moved.content.decode())[other.full(page)]["text"] == WORDS


def test_the_question_leads_nowhere_else(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    mark = {"left": resident.full(f"follow/{number}/answer/"), "adds": "1"}
    assert resident.post("follow/close/", mark | {"text": WORDS}).status_code == 200
    assert resident.post("follow/close/", mark).status_code == 302, "a mark of the page is nobody's words"
    for elsewhere in ("https://example.org/x", "//example.org/", "/other/", "javascript:alert(1)", ""):
        answer = resident.post("follow/close/", {"left": elsewhere, "text": WORDS})
        assert (answer.status_code, "example.org" in answer.content.decode()) == (302, False), elsewhere
    assert resident.get(f"follow/{number}/").status_code == 403


def test_an_error_that_shows_what_was_typed_is_closed_with_the_question_too(
    contesting: tuple[Resident, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many requests from here: the page shows what was typed, and “Close” at its foot asks about it."""
    resident, _number, _code = contesting
    first, refused = stopped(resident, monkeypatch)
    assert refused.status_code == 429
    address, sent = pressed(refused.content.decode(), {})
    question = resident.post(address, sent, headers=OWN)
    assert WORDS.splitlines()[0] in question.content.decode()
    ways = forms_of(question.content.decode())
    begun = resident.post(first, ways[first])
    assert begun.status_code == 302
    assert WORDS.splitlines()[0] in text(resident.get(begun["Location"].replace("documents/", "check/"))), "kept"
