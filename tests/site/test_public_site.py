"""The front pages: which council, its three questions, health."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tadbir.councils.models import Council
from tadbir.desk.public import access
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services.public import begun, own
from tadbir.site import public, queries
from tadbir.ui.cookies import declared_cookies
from tadbir.ui.css import STYLE_COOKIE
from tests import at_once
from tests.factories import BOTH, Office, adopted_loan, make_office
from tests.services.residents import Resident, text


def test_without_a_council_one_chooses(office: Office) -> None:
    make_office("12.066", "aousserd")
    page = Client().get("/")
    assert page.status_code == 200
    assert 'href="/oued-ed-dahab/"' in page.content.decode()
    assert "/aousserd/" in page.content.decode()
    assert 'href="/oued-ed-dahab/fr/"' in Client().get("/fr/").content.decode()
    assert Client().get("/no-such-council/").status_code == 404


def test_a_council_asks_three_questions(office: Office) -> None:
    take_from_catalogue("complaint", office.unit)
    for path, words in (("/oued-ed-dahab/", "أريد أن أطلب"), ("/oued-ed-dahab/fr/", "Je veux demander")):
        page = Client().get(path).content.decode()
        assert words in page
        assert page.count('<ol class="doors">') == 1
        assert page.split('<ol class="doors">')[1].split("</ol>")[0].count("<li>") == 3
        assert f'{path}services/complaint/"' in page


def test_the_front_page_is_read_once_and_says_at_once_what_was_adopted(office: Office) -> None:
    """It asks one question (which council) until a sheet is adopted, corrected or no longer offered."""
    sheet = adopted_loan(office)

    def front() -> str:
        return Client().get("/oued-ed-dahab/fr/").content.decode()

    assert sheet.parsed.fr in front()
    with CaptureQueriesContext(connection) as asked:
        front()
    assert len(asked) == 1
    draft = at_once.correct_sheet(office.director, sheet, sheet.body | {"fr": "Prêt de tentes"})
    assert "Prêt de tentes" not in front()  # it waits beside the version in force
    told: dict[str, Any] = {
        "reference": "13/2026",
        "adopted_on": date(2026, 6, 10),
        "delay_days": 60,
        "cndp_reference": "D-DEMO-1/2026",
    }
    adopted = at_once.adopt(office.president, draft, **told)
    assert "Prêt de tentes" in front()
    at_once.switch(office.director, adopted, on=False)
    assert "Prêt de tentes" not in front()


def test_the_front_page_is_drawn_once_for_strangers_and_for_each_as_it_is_his(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Language, host, style and the council's own name each have their page; who has a session has his own."""
    drawn: list[str] = []
    real = public.render

    def counted(request: HttpRequest, *args: Any) -> HttpResponse:
        drawn.append(request.path)
        return real(request, *args)

    monkeypatch.setattr(public, "render", counted)

    def front(path: str = "/oued-ed-dahab/fr/", browser: Client | None = None, host: str = "localhost") -> str:
        return (browser or Client()).get(path, headers={"host": host}).content.decode()

    first = front()
    assert front() == first
    assert "<style>" in first
    assert len(drawn) == 1
    assert 'dir="rtl"' in front("/oued-ed-dahab/")
    assert "127.0.0.1" in front(host="127.0.0.1")
    back = Client()
    assert front(browser=back) == first
    assert "<style>" not in front(browser=back)  # this browser has the style
    assert front() == first
    assert len(drawn) == 4
    assert "?q=1" in front("/oued-ed-dahab/fr/?q=1")  # the way to the other language keeps what was asked
    back.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    front(browser=back)
    assert len(drawn) == 6
    Council.objects.filter(pk=office.council.pk).update(name_fr="Autre nom")
    assert "Autre nom" in front()
    assert "Autre nom" in front()
    assert len(drawn) == 7


def test_the_third_question_has_an_honest_answer(office: Office) -> None:
    take_from_catalogue("resolution-copy", office.unit)
    page = Client().get("/oued-ed-dahab/decisions/").content.decode()
    assert "217" in page
    assert "/services/resolution-copy/" in page
    assert 'href="/oued-ed-dahab/v"' in page


@pytest.mark.parametrize("path", ["about/", "accessibility/", "legal/", "decisions/"])
def test_short_pages_open_with_and_without_a_council(office: Office, path: str) -> None:
    for start in ("/", "/fr/", "/oued-ed-dahab/", "/oued-ed-dahab/fr/"):
        assert Client().get(start + path).status_code == 200


def test_public_pages_may_be_kept_and_personal_ones_not(office: Office) -> None:
    assert "max-age" in Client().get("/oued-ed-dahab/")["Cache-Control"]
    assert "no-store" in Client().get("/oued-ed-dahab/follow/")["Cache-Control"]


def test_health_says_whether_the_database_answers(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/health").json() == {"status": "ok"}

    def broken() -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(queries, "database_answers", broken)
    answer = Client().get("/health")
    assert answer.status_code == 503
    assert "gone" not in answer.content.decode()


@pytest.mark.parametrize("start", ["/", "/fr/", "/oued-ed-dahab/", "/oued-ed-dahab/fr/"])
def test_the_legal_notice_names_every_cookie_with_how_long_it_is_kept(office: Office, start: str) -> None:
    visitor = Client()
    said = text(visitor.get(f"{start}legal/"))
    set_here = [
        found
        for path in Path("tadbir").rglob("*.py")
        for found in re.findall(r"\.set_cookie\(\s*(\w+)", path.read_text())
    ]
    assert sorted(set_here) == ["COOKIE", "COOKIE", "COOKIE", "SHARED", "STYLE_COOKIE"], (
        "whoever sets one declares it (tadbir.ui.cookies)"
    )
    names = {
        access.COOKIE,
        begun.COOKIE,
        own.COOKIE,
        access.SHARED,
        STYLE_COOKIE,
        "messages",
        settings.CSRF_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME,
    }
    assert names == {one.name for one in declared_cookies()}
    for name in names:
        assert name in said
    french = "fr/" in start
    assert ("30 jours" if french else "30 يوما") in said
    assert ("2 heures" if french else "ساعتان") in said
    assert ("ne garde rien" if french else "ولا يُحفظ شيء") not in said


def test_a_visit_sets_no_cookie_that_is_not_declared(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    _draft, number, _code = resident.file(*BOTH)
    for path in ("", "legal/", "follow/", f"follow/{number}/"):
        resident.get(path)
    resident.post("follow/close/")
    declared = {one.name: one.seconds for one in declared_cookies()}
    put = {name: morsel["max-age"] for name, morsel in resident.client.cookies.items() if morsel["max-age"] != 0}
    assert {STYLE_COOKIE, access.SHARED, settings.CSRF_COOKIE_NAME} <= set(put)
    assert put == {name: declared[name] for name in put}


def test_a_proxy_keeps_no_page_with_a_cookie(office: Office) -> None:
    """The style travels once with its cookie: that answer is of one browser, the next of everybody."""
    browser = Client()
    first, second = browser.get("/oued-ed-dahab/about/"), browser.get("/oued-ed-dahab/about/")
    assert first.cookies
    assert "private" in first["Cache-Control"]
    assert "public" not in first["Cache-Control"]
    assert "max-age=600" in first["Cache-Control"]
    assert not second.cookies
    assert "public" in second["Cache-Control"]


def test_machines_are_told_what_to_leave_and_whom_to_tell(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    robots = Client().get("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain")
    assert "Disallow: /*/follow/" in robots.content.decode()
    assert Client().get("/.well-known/security.txt").status_code == 404, "nobody is named: nothing is invented"
    monkeypatch.setattr(settings, "SECURITY_CONTACT", "mailto:securite@conseil.example")
    told = Client().get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:securite@conseil.example\nExpires: 20" in told
    assert Client().head("/oued-ed-dahab/").status_code == 200
