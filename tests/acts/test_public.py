"""The public verifier: the answer without script, and the page in a real browser, with and without network."""

import gzip
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tadbir.acts import actions, kinds, public, queries
from tadbir.acts.documents import cose
from tadbir.councils.limits import LIMITS
from tests.acts.conftest import People
from tests.acts.made import body, issued, signed_letter

# Awaited inside one call: a polled expression is evaluated later, where the page's own policy forbids it.
CONTROLLED = """() => !!navigator.serviceWorker.controller || new Promise(
    (done) => navigator.serviceWorker.addEventListener("controllerchange", () => done(true), { once: true })
).then(() => true)"""
LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def web(people: People, settings: Any) -> Iterator[Client]:
    """A visitor; limits are counted in this process."""
    settings.CACHES = LOCAL
    cache.clear()
    yield Client()
    cache.clear()


def home(people: People) -> str:
    """Where the council's verifier stands."""
    return f"/{people.council.slug}/v"


def test_number_and_code_get_an_answer_without_script(people: People, web: Client) -> None:
    act = issued(people)
    asked = {"number": act.number.lower(), "code": act.check_code.replace("-", " ").lower()}
    page = web.post(home(people), asked)
    assert page.status_code == 200
    assert "أصدر المجلس هذه الوثيقة وهي قائمة." in page.text
    assert "Le conseil a émis ce document" in page.text
    wrong = web.post(home(people), asked | {"code": "00000-00000"})
    assert "لا يعرف المجلس وثيقة بهذا الرقم" in wrong.text
    assert "Récépissé" not in wrong.text
    actions.annul(act, "خطأ")
    assert "أُلغيت هذه الوثيقة." in web.post(home(people), asked).text
    assert not page.cookies.get("sessionid")


NO_EFFECT = {
    "unnotified": ("لكن لا أثر لها بعد: لم يُسجل تبليغها", "encore sans effet"),
    "struck": ("لكن لا أثر لها الآن: شُطب على تبليغها", "mais il est sans effet"),
    "": ("أصدر المجلس هذه الوثيقة وهي قائمة.", "et il est en vigueur"),
}


@pytest.mark.parametrize("kind", sorted(kinds.notified_kinds()))
def test_a_letter_that_takes_effect_by_its_notification_is_not_said_to_have_it_before(
    people: People, web: Client, kind: str
) -> None:
    """Nor once its notification was struck out: until another one is recorded."""
    act = signed_letter(people, kind)
    asked = {"number": act.number, "code": act.check_code}

    def said(effect: str) -> None:
        page = web.post(home(people), asked)
        assert web.get(f"{home(people)}/status", {"sha256": act.sha256}).json()["effect"] == effect
        assert queries.status_by_code(**{f"typed_{name}": one for name, one in asked.items()})["status"] == "valid"
        for other, words in NO_EFFECT.items():
            assert [one in page.text for one in words] == [other == effect] * 2, (effect, other)
        assert ('class="notice good" id="answer"' in page.text) is (not effect)

    said("unnotified")
    for _time in range(2):
        actions.mark_notified(act, "in_hand", act.date, "وصل")
        said("")
        actions.correct_notification(act, "سُجل خطأ")
        said("struck")
    actions.annul(act, "خطأ")
    assert web.get(f"{home(people)}/status", {"sha256": act.sha256}).json()["effect"] == ""
    assert "أُلغيت هذه الوثيقة." in web.post(home(people), asked).text


def test_a_letter_that_waits_for_no_notification_stands_as_it_is(people: People, web: Client) -> None:
    act = signed_letter(people)
    assert web.get(f"{home(people)}/status", {"sha256": act.sha256}).json()["effect"] == ""


def test_its_address_typed_as_those_of_the_other_pages_leads_to_it(people: People, web: Client) -> None:
    """Every other page has an address under `fr/`; that of the verifier, which speaks both languages, is one."""
    for typed in ("fr/v", "fr/v/", "v/"):
        answer = web.get(f"/{people.council.slug}/{typed}")
        assert (answer.status_code, answer["Location"]) == (302, home(people)), typed
    assert web.get(f"/{people.council.slug}/fr/v/other").status_code == 404


def test_a_genuine_paper_is_known_however_its_number_is_typed(people: People, web: Client) -> None:
    act = issued(people)
    year = act.number[2:6]
    eastern = act.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    turned = [act.number.replace("-", dash) for dash in ("\u00a0", " ", "\u2011", "\u2013")]
    shorter = [f"R-{year}-1", f"{year}/1", "1", act.number.lower(), eastern, f"\u200f{act.number}", f"{act.number}."]
    for typed in turned + shorter:
        for code in (act.check_code, act.check_code.replace("-", "\u2013"), f"\u200e{act.check_code}."):
            answer = queries.status_by_code(typed, code)
            assert (answer["status"], answer["number"], "typed" in answer) == ("valid", act.number, False), typed
    assert queries.status_by_code(f"R-{year}-2", act.check_code) == {"status": "unknown"}


def test_who_types_the_other_number_or_code_is_told_which_one(people: People, web: Client) -> None:
    dossier = "D-2026-00041"
    act = actions.issue("receipt", body(), dossier_ref=dossier)
    page = web.post(home(people), {"number": "د-٢٠٢٦-٤١", "code": act.check_code}).text
    assert "أصدر المجلس هذه الوثيقة وهي قائمة." in page
    assert "D-2026-00041</bdi> رقم آخر تحمله الورقة" in page
    typed = {
        ("D-2026-00041", "00000-00000"): ("رقم الملف", "مطبوع في أعلاها"),
        (act.number, "4821-9937"): ("هذا رمز التتبع", "بجانب رمز الاستجابة السريعة"),
        (dossier, "٤٨٢١٩٩٣٧"): ("هذا رمز التتبع", "بجانب رمز الاستجابة السريعة"),
        (act.number, act.check_code[:-1]): ("رمز التحقق هذا ناقص", "بجانب رمز الاستجابة السريعة"),
        ("وصلي", act.check_code): ("ليس هذا رقم وثيقة", "R-2026-00041"),
    }
    for (number, code), words in typed.items():
        said = web.post(home(people), {"number": number, "code": code}).text
        assert all(word in said for word in words), number
        assert "لا تعتمدوا هذه الوثيقة واتصلوا" not in said
    forged = web.post(home(people), {"number": act.number, "code": "00000-00000"}).text
    assert "لا تعتمدوا هذه الوثيقة واتصلوا" in forged


def test_the_page_says_whose_keys_it_trusts(people: People, web: Client) -> None:
    assert "لم يختم هذا المجلس أي وثيقة بعد." in web.get(home(people)).text
    issued(people)
    page = web.get(home(people))
    assert queries.known_keys()[0].kid in page.text
    assert "DEMO - SPECIMEN" in page.text
    assert queries.printed_base(people.council) in page.text
    assert "انظروا إلى شريط العنوان" in page.text
    policy = page["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self'" in policy
    assert "<script>" not in page.text
    assert "max-age=300" in page["Cache-Control"]


def test_status_and_keys(people: People, web: Client) -> None:
    old, new = issued(people), issued(people)
    actions.replace(old, new, "خطأ")
    answer = web.get(f"{home(people)}/status", {"sha256": old.sha256}).json()
    assert (answer["status"], answer["replaced_by"]) == ("replaced", new.number)
    assert web.get(f"{home(people)}/status", {"sha256": "nothing"}).json() == {"status": "unknown"}
    listed = web.get(f"{home(people)}/keys.json").json()
    assert listed["kinds"]["receipt"] == ["وصل", "Récépissé"]
    assert "PRIVATE" not in str(listed)
    worker = web.get(f"{home(people)}/sw.js")
    assert worker["Service-Worker-Allowed"] == home(people)
    assert home(people) in worker.text
    assert "__" not in worker.text
    assert web.get("/v").status_code == 404  # no council here


def test_codes_cannot_be_tried_in_bulk(people: People, web: Client) -> None:
    act, most = issued(people), LIMITS["verify_code"].most
    codes = [web.post(home(people), {"number": act.number, "code": "00000-00000"}).status_code for _ in range(25)]
    assert codes[:most] == [200] * most
    assert codes[-1] == 429
    refused = web.post(home(people), {"number": act.number, "code": act.check_code})
    assert refused.status_code == 429
    assert "هي قائمة" not in refused.text
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert other.post(home(people), {"number": act.number, "code": act.check_code}).status_code == 200


def test_the_scripts_are_small() -> None:
    size = sum(len(gzip.compress(public._asset(name).encode())) for name in ("verify.js", "sw.js"))
    assert size < 8_000


def _browser() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_phone_checks_a_paper_without_network(people: People, live_server: Any, settings: Any) -> None:
    """Open once, lose the network, scan a receipt; then a changed one; then on line an annulled one."""
    if _browser() is None:
        pytest.skip("not run: no Chromium")
    from playwright.sync_api import sync_playwright

    settings.CACHES = LOCAL
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    act, served = issued(people), signed_letter(people, "served_notice")
    actions.mark_notified(served, "in_hand", served.date, "وصل")
    actions.correct_notification(served, "سُجل خطأ")
    seal = cose.to_text(bytes(act.cose))
    middle = len(seal) // 2
    changed = seal[:middle] + ("A" if seal[middle] != "A" else "B") + seal[middle + 1 :]
    address = f"{live_server.url}{home(people)}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{address}#{seal}")
        page.wait_for_selector("#seal-result[data-status=valid]")
        assert act.number in page.inner_text("#seal-result")
        page.evaluate(CONTROLLED)
        assert problems == []
        context.set_offline(True)
        page.goto(f"{address}#{seal}")
        page.reload()
        page.wait_for_selector("#seal-result.good[data-status=offline]")
        page.goto(f"{address}#{changed}")
        page.wait_for_selector("#seal-result.bad")
        assert page.get_attribute("#seal-result", "data-verdict") in {"changed", "unreadable", "unknown-key"}
        page.fill("#seal-text", f"https://example.ma/x/v#{seal}")
        page.click("#seal-paste button")
        page.wait_for_selector("#seal-result.good")
        context.set_offline(False)
        actions.annul(act, "خطأ")
        page.goto("about:blank")
        page.goto(f"{address}#{seal}")
        page.wait_for_selector("#seal-result.bad[data-status=annulled]")
        page.goto("about:blank")
        page.goto(f"{address}#{cose.to_text(bytes(served.cose))}")
        page.wait_for_selector("#seal-result.warn[data-status=valid]")
        assert "sa notification a été rayée" in page.inner_text("#seal-result h2")
        assert "en vigueur" not in page.inner_text("#seal-result")
        if os.environ.get("TADBIR_PICTURES"):
            page.screenshot(path=f"{os.environ['TADBIR_PICTURES']}/verify.png", full_page=True)
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
