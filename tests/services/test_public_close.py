"""A shared telephone that was closed is closed: neither its history nor a copy of its cookie opens the dossier."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tadbir.desk.public import access
from tadbir.reading.codes import read_draft_code
from tadbir.services.models import Draft, code_digest
from tadbir.services.public import begun
from tests.factories import BOTH
from tests.services.residents import LOAN, Resident, text


@pytest.mark.postgres
def test_closing_a_shared_telephone_closes_it(resident: Resident) -> None:
    draft, number, code = resident.file(*BOTH)
    assert resident.receipt(draft).status_code == 200
    copied = resident.client.cookies[access.COOKIE].value
    _other, second, second_code = resident.file(*BOTH)  # the cookie grows: the earlier one is of the same visit
    assert resident.post("follow/close/").status_code == 302
    assert resident.receipt(draft).status_code == 403
    assert resident.get(f"follow/{number}/").status_code == 403
    resident.client.cookies[access.COOKIE] = copied
    assert resident.get(f"follow/{number}/").status_code == 403
    assert resident.post("follow/", {"number": number, "code": code}).status_code == 302
    assert resident.get(f"follow/{number}/").status_code == 200
    assert resident.get(f"follow/{second}/").status_code == 403
    assert resident.post("follow/", {"number": second, "code": second_code}).status_code == 302
    assert resident.get(f"follow/{second}/").status_code == 200


CODE = r"\d{4}-\d{4}-\d{4}-\d{4}"
PAGES = ("", "receipt/", "remedies/appeal_filed/", "withdraw/", "code/")


@pytest.mark.parametrize("french", [False, True])
def test_every_page_of_a_request_can_be_closed(resident: Resident, french: bool) -> None:
    """On each page of a draft and of a dossier stands the button, and what it closes stays closed."""
    resident.french = french
    closing = "Fermer (téléphone ou ordinateur partagé)" if french else "إغلاق (هاتف أو حاسوب مشترك)"
    draft = resident.begin()
    for step in ("", "documents/", "check/"):
        page = resident.get(f"request/{draft}/{step}").content.decode()
        assert resident.full(f"request/{draft}/close/") in page
        assert closing in page
    other, number, _code = resident.file(*BOTH)
    assert other != draft
    for one in PAGES:
        page = resident.get(f"follow/{number}/{one}").content.decode()
        assert resident.full("follow/close/") in page, one
        assert closing in page
    assert resident.post(f"request/{other}/close/").status_code == 200, "the one begun before gets its new code"
    assert resident.get(f"request/{draft}/").status_code == 410
    assert resident.post(f"request/{other}/close/")["Location"] == resident.full("follow/")
    assert [resident.get(f"follow/{number}/{one}").status_code for one in PAGES] == [403] * len(PAGES)
    assert resident.get(f"request/{other}/").status_code == 403


def closing(resident: Resident, draft: str, page: str = "documents/") -> str:
    [key] = re.findall(
        r'name="closing" value="([0-9a-f]{32})"', resident.get(f"request/{draft}/{page}").content.decode()
    )
    return key


@pytest.mark.postgres
@pytest.mark.parametrize("page", ["", "documents/", "check/"])
def test_closing_again_from_the_same_page_shows_the_same_new_code(resident: Resident, page: str) -> None:
    """The answer was lost on the line, or the page was loaded again; who has no such page learns nothing."""
    draft = resident.begin()
    key, other = closing(resident, draft, page), closing(resident, draft, page)
    sent = {"closing": key}
    codes = [re.findall(r"\d{4}-\d{4}-\d{4}-\d{4}", text(resident.post(f"request/{draft}/close/", sent))) for _ in "12"]
    assert codes[0] == codes[1]
    assert codes[0] != [draft]
    for wrong in ({"closing": other}, {"closing": ""}, {}):
        refused = resident.post(f"request/{draft}/close/", wrong)
        assert refused.status_code == 410
        assert codes[0][0] not in text(refused)
    assert resident.get(f"request/{codes[0][0]}/check/").status_code == 200


@pytest.mark.parametrize("french", [False, True])
def test_the_address_of_a_closed_request_says_so(resident: Resident, french: bool) -> None:
    resident.french = french
    draft = resident.begin()
    resident.post(f"request/{draft}/close/", {"closing": closing(resident, draft)})
    closed, over = ("nouveau code", "14 jours") if french else ("الرمز الجديد", "14 يوما")
    false = "au guichet : votre dossier" if french else "ملفكم لم يضع"
    for answer in (
        resident.get(f"request/{draft}/"),
        resident.get(f"request/{draft}/documents/"),
        resident.post(f"request/{draft}/close/"),
        resident.post(f"request/{draft}/", {"name": "جمعية"}),
        resident.post("request/", {"draft": draft}),
    ):
        said = text(answer)
        assert answer.status_code in (410, 422)
        assert closed in said
        assert false not in said
    assert over not in text(resident.post(f"request/{draft}/close/"))
    never = text(resident.post("request/1234-1234-1234-1234/close/"))
    assert over in never
    assert closed not in never


@pytest.mark.postgres
def test_closing_a_draft_keeps_what_was_typed_and_changes_its_code(resident: Resident) -> None:
    draft = resident.begin()
    shown = resident.client.read(resident.full(f"request/{draft}/"))  # type: ignore[attr-defined]
    closed = resident.post(f"request/{draft}/close/", LOAN | {"q_place": "دوار الواحة", "shown": shown})
    assert closed.status_code == 200
    [code] = re.findall(r"\d{4}-\d{4}-\d{4}-\d{4}", text(closed))
    assert code != draft
    for step in ("", "documents/", "check/"):
        assert resident.get(f"request/{draft}/{step}").status_code == 410
    assert resident.post(f"request/{draft}/close/").status_code == 410
    later = Resident(resident.office)
    assert later.post("request/", {"draft": code}).status_code == 302
    assert "دوار الواحة" in text(later.get(f"request/{code}/check/"))
    assert "دوار" not in text(closed)
    again = resident.post(f"request/{code}/close/", LOAN | {"q_place": "دوار الأمل", "shown": shown})
    assert again.status_code == 409, "what another page kept since is not dropped unseen"
    assert later.get(f"request/{code}/").status_code == 200


PUBLIC = ("", "services/", "services/equipment-loan/", "decisions/", "about/", "accessibility/", "legal/", "follow/")


@pytest.mark.parametrize("french", [False, True])
def test_every_public_page_closes_what_is_open_and_nobody_keeps_it(resident: Resident, french: bool) -> None:
    """A telephone handed on from the front page: a draft, a dossier is closed from there; a stranger sees nothing."""
    resident.french = french
    for one in PUBLIC:
        assert "/close/" not in resident.get(one).content.decode(), one
    draft = resident.begin()
    resident.get(f"request/{draft}/")
    _every_page_closes(resident, f"request/{draft}/close/")
    assert resident.post(f"request/{draft}/close/").status_code == 200
    assert "/close/" not in resident.get("").content.decode(), "it is closed"
    resident.file(*BOTH)
    _every_page_closes(resident, "follow/close/")
    assert resident.post("follow/close/").status_code == 302
    assert "/close/" not in resident.get("").content.decode()


def _every_page_closes(resident: Resident, address: str) -> None:
    for one in (*PUBLIC, "no-such-page/"):
        page = resident.get(one)
        assert f'action="{resident.full(address)}"' in page.content.decode(), one
        assert "no-store" in page["Cache-Control"], one
    verifier = resident.client.get(f"/{resident.office.council.slug}/v")
    assert ("/close/" in verifier.content.decode(), "no-store" in verifier["Cache-Control"]) == (True, True)
    unknown = Resident(resident.office).client.get(f"/{resident.office.council.slug}/v")
    assert ("/close/" in unknown.content.decode(), "max-age=300" in unknown["Cache-Control"]) == (False, True)


def test_a_request_whose_code_is_no_longer_kept_is_closed_all_the_same(resident: Resident) -> None:
    draft = resident.begin()
    resident.get(f"request/{draft}/")
    noted = resident.client.cookies[begun.COOKIE].value
    assert resident.post(f"request/{draft}/close/").status_code == 200
    assert resident.post(f"request/{draft}/close/").status_code == 410, "nobody has it open"
    cache.delete(f"closed-by:{code_digest(read_draft_code(draft))}")  # its minutes are over
    resident.client.cookies[begun.COOKIE] = noted  # of another tab
    assert resident.post(f"request/{draft}/close/")["Location"] == resident.full("follow/")
    assert "/close/" not in resident.get("").content.decode()


@pytest.mark.parametrize("page", ["", "documents/", "check/"])
def test_back_after_a_lost_answer_finds_the_new_code_once_in_this_browser_alone(resident: Resident, page: str) -> None:
    """The server closed and its answer was lost: what the browser keeps is what it had before."""
    draft = resident.begin()
    key = closing(resident, draft, page)
    before, elsewhere = resident.again(), resident.again()  # its cookies, as the lost answer left them
    [code] = re.findall(CODE, text(resident.post(f"request/{draft}/close/", {"closing": key})))
    assert code not in text(resident.get(f"request/{draft}/{page}")), "the answer came: the address opens nothing"
    assert code not in text(Resident(resident.office).get(f"request/{draft}/{page}")), "nobody else's"
    pressed = Client.post(
        elsewhere.client, elsewhere.full(f"request/{draft}/close/"), {"closing": "f" * 32}, follow=True
    )
    assert code in text(pressed), "pressed on another page"
    found = before.get(f"request/{draft}/{page}", follow=True)
    assert (found.status_code, code in text(found)) == (200, True)
    assert code not in text(before.get(f"request/{draft}/{page}")), "shown: the cookie is gone"
    assert resident.get(f"request/{code}/check/").status_code == 200


def test_the_new_code_is_not_shown_again_for_ever(resident: Resident) -> None:
    draft = resident.begin()
    key = closing(resident, draft)
    before = resident.again()
    [code] = re.findall(CODE, text(resident.post(f"request/{draft}/close/", {"closing": key})))
    cache.delete(f"closed-by:{code_digest(read_draft_code(draft))}")  # its minutes are over
    late = before.get(f"request/{draft}/")
    assert (late.status_code, code in text(late)) == (410, False)


FIRST = "services/equipment-loan/request/"


def first_key(resident: Resident) -> str:
    [key] = re.findall(r'name="key" value="([0-9a-f]{32})"', resident.get(FIRST).content.decode())
    return key


def new_code(answer: object) -> str:
    [code] = set(re.findall(r"\d{4}-\d{4}-\d{4}-\d{4}", text(answer)))
    return code


@pytest.mark.postgres
def test_closing_the_first_page_keeps_what_was_typed_under_a_new_code(resident: Resident) -> None:
    page = resident.get(FIRST).content.decode()
    assert 'name="close"' in page
    sent = LOAN | {"key": first_key(resident), "close": "1", "q_place": "دوار الواحة"}
    codes = {new_code(resident.post(FIRST, sent)) for _lost in "12"}
    assert len(codes) == 1, "an answer that was lost is had again"
    [code] = codes
    assert Draft.objects.count() == 1
    assert "دوار الواحة" in text(Resident(resident.office).get(f"request/{code}/check/"))
    assert resident.post(f"request/{code}/close/", {"noted": "1"}).status_code == 302
    gone = resident.post(FIRST, sent)
    assert gone.status_code == 410
    assert code not in text(gone)
    onward = resident.post(FIRST, {name: value for name, value in sent.items() if name != "close"})
    assert code not in onward["Location"], "its key opens nothing: another request is begun"


@pytest.mark.parametrize("french", [False, True])
@pytest.mark.parametrize("typed", [{}, {"q_place": " ", "q_purpose": "\r\n"}], ids=["nothing", "spaces"])
@pytest.mark.parametrize("subject", ["", "طلب إعارة الآليات والمعدات", "Demande de prêt d’engins et de matériel"])
def test_closing_an_empty_first_page_begins_nothing(
    resident: Resident, subject: str, typed: dict[str, str], french: bool
) -> None:
    """What the page says by itself, in either language, is nobody's words."""
    resident.french = french
    closed = resident.post(FIRST, {"key": first_key(resident), "close": "1", "subject": subject} | typed)
    assert closed["Location"] == resident.full("follow/")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("changed", [False, True])
def test_closing_the_first_page_again_after_its_draft_was_begun(resident: Resident, changed: bool) -> None:
    key = first_key(resident)
    before = resident.post(FIRST, LOAN | {"key": key})["Location"]
    place = {"q_place": "دوار الواحة"} if changed else {}
    closed = resident.post(FIRST, LOAN | {"key": key, "close": "1"} | place)
    if changed:
        assert closed.status_code == 422
        assert "دوار الواحة" in closed.content.decode(), "it is asked which one is kept"
        return
    assert resident.get(before).status_code == 410
    assert Resident(resident.office).get(f"request/{new_code(closed)}/check/").status_code == 200


@pytest.mark.postgres
def test_the_new_code_is_shown_no_more_once_it_was_noted(resident: Resident) -> None:
    draft = resident.begin()
    sent = {"closing": closing(resident, draft)}
    code = new_code(resident.post(f"request/{draft}/close/", sent))
    assert new_code(resident.post(f"request/{draft}/close/", sent)) == code
    noted = resident.post(f"request/{code}/close/", {"noted": "1"})
    assert noted["Location"] == resident.full("services/")
    again = resident.post(f"request/{draft}/close/", sent)
    assert again.status_code == 410
    assert code not in text(again)
    assert Resident(resident.office).get(f"request/{code}/check/").status_code == 200, (
        "it opens the request all the same"
    )


def test_the_new_code_stays_until_it_was_noted(resident: Resident) -> None:
    """Loaded again, gone back to, read in the other language: by an address that needs no cookie and sends nothing."""
    draft = resident.begin()
    closed = resident.client.post(resident.full(f"request/{draft}/close/"), {"closing": closing(resident, draft)})
    assert closed.status_code == 302
    page = resident.get(closed["Location"])
    code = new_code(page)
    [french] = re.findall(r'<a class="lang" href="([^"]+)"', page.content.decode())
    for again in (closed["Location"], french, closed["Location"]):
        for browser in (resident, Resident(resident.office)):
            shown = browser.get(again)
            assert (shown.status_code, new_code(shown)) == (200, code)
            assert "no-store" in shown["Cache-Control"]
    assert "C’est fermé" in text(resident.get(french))
    resident.post(f"request/{code}/close/", {"noted": "1"})
    for again in (closed["Location"], french):
        gone = resident.get(again)
        assert (gone.status_code, code in text(gone)) == (410, False)
    assert "nouveau code" in text(resident.get(french))
    assert resident.get(f"request/closed/{'0' * 32}/").status_code == 302
