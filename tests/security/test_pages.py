"""Pages and addresses: tokens, caches, hosts, codes, repeated sends, questions without end."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tadbir.acts.models import Draft
from tadbir.councils.limits import LIMITS
from tadbir.councils.models import AccessLogEntry, Council
from tadbir.councils.scope import council_scope
from tadbir.desk.codes import follow_code
from tadbir.desk.public import access
from tadbir.dossiers.models import Document, Fact
from tadbir.register.models import Entry
from tadbir.services import actions
from tests import at_once as desk
from tests.browser import Browser
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan, loan_filing, make_office


def opened(office: Office, number: str, code: str, **kwargs: Any) -> Client:
    """A browser in which a resident opened his dossier."""
    client = Browser(**kwargs)
    client.get(f"/{office.council.slug}/follow/")
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    answer = client.post(
        f"/{office.council.slug}/follow/", {"number": number, "code": code, "csrfmiddlewaretoken": token}
    )
    assert answer.status_code == 302
    return client


def test_another_site_sends_no_document_into_an_open_dossier(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",)))
    client = opened(office, filed.dossier.number, filed.code, enforce_csrf_checks=True)
    path = f"/{office.council.slug}/follow/{filed.dossier.number}/documents/liability/"

    def send(**more: str) -> int:
        file = SimpleUploadedFile("photo.png", PNG)
        return client.post(path, {"liability-document": file, **more}).status_code

    assert send() == 403
    assert not Document.objects.filter(requirement="liability").exists()
    assert send(csrfmiddlewaretoken=client.cookies["csrftoken"].value) == 302
    assert Document.objects.filter(requirement="liability").exists()


def test_what_one_council_opened_is_closed_in_another(office: Office) -> None:
    other = make_office("12.066", "aou")
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    with council_scope(other.council):
        from tadbir.acts.keys import make_keys

        make_keys()
        theirs = actions.file_request(loan_filing(adopted_loan(other)))
    assert theirs.dossier.number == filed.dossier.number
    assert theirs.code != filed.code
    client = opened(office, filed.dossier.number, filed.code)
    assert client.get(f"/{office.council.slug}/follow/{filed.dossier.number}/").status_code == 200
    client.cookies[access.COOKIE]["path"] = "/"
    assert client.get(f"/{other.council.slug}/follow/{filed.dossier.number}/").status_code == 403


@pytest.mark.parametrize("host", ["conseil.example", "CONSEIL.Example", "conseil.example.", "conseil.example:8443"])
def test_a_host_of_its_own_serves_its_council_only(office: Office, host: str) -> None:
    other = make_office("12.066", "aou")
    Council.objects.filter(pk=office.council.pk).update(host="conseil.example")
    with override_settings(ALLOWED_HOSTS=["conseil.example", "localhost"]):
        home = Client().get("/", headers={"host": host})
        assert home.status_code == 200
        assert office.council.name_ar in home.content.decode()
        assert Client().get(f"/{other.council.slug}/", headers={"host": host}).status_code == 404
        assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


PUBLIC = ("", "services/", "services/equipment-loan/", "decisions/", "about/", "accessibility/", "legal/", "v")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_that_caches_may_keep_is_the_same_for_everybody(office: Office, path: str) -> None:
    """The first answer to a browser brings the style and its cookie: nobody keeps that one; the next everybody may."""
    adopted_loan(office)
    visitor, agent = Client(), sign_in(office.officer)
    address = f"/{office.council.slug}/{path}"
    for browser in (visitor, agent):
        first, answer = browser.get(address), browser.get(address)
        assert ("public" in first["Cache-Control"]) == (not first.cookies)
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies
        for page in (first, answer):
            assert "csrfmiddlewaretoken" not in page.content.decode()
            assert not {"csrftoken", "sessionid"} & set(page.cookies)
            assert office.officer.name_ar not in page.content.decode()


def test_a_page_about_somebody_is_kept_by_nobody_and_leaves_a_reading(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    number, client = filed.dossier.number, sign_in(office.officer)
    for name in ("office-dossier", "office-answer", "office-receipt"):
        before = AccessLogEntry.objects.count()
        answer = client.get(address(office.council, name, number))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert AccessLogEntry.objects.count() == before + 1, name
    for name in ("office-home", "office-search"):
        assert "no-store" in client.get(address(office.council, name))["Cache-Control"]
    resident = opened(office, number, filed.code)
    for path in ("", "receipt/"):
        assert "no-store" in resident.get(f"/{office.council.slug}/follow/{number}/{path}")["Cache-Control"]


def test_one_key_does_one_thing_and_says_so_when_the_content_differs(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    client = sign_in(office.officer)
    page = address(office.council, "office-do", filed.dossier.number, "ask-information")
    first = {"key": "one", "question": "كم خيمة؟", "shown": client.read(page)}
    assert client.post(page, first).status_code == 302
    desk.taken(Draft.objects.get(kind="applicant_notice"))
    desk.correct_entry(Fact.objects.get(kind="information_asked"), office.officer, "خطأ")
    again = client.post(page, {"key": "one", "question": "سؤال آخر"})
    assert again.status_code == 422  # not "done": nothing of it was kept
    assert client.post(page, first).status_code == 302  # the same form, sent a second time
    assert Fact.objects.filter(kind="information_asked").count() == 1
    assert client.post(page, {"key": "two", "question": "سؤال آخر"}).status_code == 302
    assert Draft.objects.filter(kind="applicant_notice").count() == 2


def test_a_key_used_in_one_council_is_free_in_another(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    actions.file_appeal(filed.dossier, "أطلب جوابا قريبا", "key")
    other = make_office("12.066", "aou")
    with council_scope(other.council):
        from tadbir.acts.keys import make_keys

        make_keys()
        theirs = actions.file_request(loan_filing(adopted_loan(other)))
        assert actions.file_appeal(theirs.dossier, "أطلب جوابا قريبا", "key").dossier == theirs.dossier


def test_the_numbers_of_its_papers_give_a_dossier_no_more_tries(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    for rank in range(LIMITS["wrong_codes_of_number"].most):
        number = (filed.dossier.number, filed.receipt.number)[rank % 2]
        answer = Client(REMOTE_ADDR=f"10.1.0.{rank}").post(
            f"/{office.council.slug}/follow/", {"number": number, "code": "0000-0000"}
        )
        assert answer.status_code == 422
    page, names = f"/{office.council.slug}/follow/", (filed.dossier.number, filed.receipt.number)
    for rank in range(LIMITS["wrong_codes_when_many"].most):
        wrong = Client(REMOTE_ADDR="10.2.0.1").post(page, {"number": names[rank % 2], "code": "0000-0000"})
        assert wrong.status_code == 422
    for number in names:
        right = {"number": number, "code": follow_code(filed.dossier)}
        assert Client(REMOTE_ADDR="10.2.0.1").post(page, right).status_code == 429
        assert Client(REMOTE_ADDR="10.2.0.2").post(page, right).status_code == 302


def test_tries_at_other_numbers_do_not_make_us_forget(office: Office) -> None:
    """The table where tries are counted is not emptied by filling it."""
    from django.core.cache import cache

    number = actions.file_request(loan_filing(adopted_loan(office))).dossier.number
    page = f"/{office.council.slug}/follow/"
    for _try in range(LIMITS["wrong_codes_from_here"].most):
        Client().post(page, {"number": number, "code": "0000-0000"})
    for rank in range(700):
        cache.add(f"code:{rank}", 1, 3600)
    assert Client().post(page, {"number": number, "code": "0000-0000"}).status_code == 429
    cache.clear()
    assert Client().post(page, {"number": number, "code": "0000-0000"}).status_code == 422


def test_a_second_click_on_sign_leads_to_the_next_step(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    desk.draft_outcome(filed.dossier, office.officer, "granted", "نعم")
    client, page = sign_in(office.officer), address(office.council, "office-answer-sign", filed.dossier.number)
    sent = {"signatory": str(office.president.pk), "on": "2026-12-01", "means": "wet_ink", "seen": "on"}
    first, second = client.post(page, sent), client.post(page, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Fact.objects.filter(kind="outcome_signed").count() == 1


@pytest.mark.parametrize("body", ["[" * 100_000, '{"number":' * 5000, '{"number": 1e999, "code": []}', "\x00", '"' * 9])
def test_a_body_made_to_break_the_reader_is_a_plain_refusal(office: Office, body: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post(f"/{office.council.slug}/api/follow", body, content_type="application/json")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    "path",
    [
        "services/?q={long}",
        "v/status?sha256={long}",
        "api/services/{long}",
        "follow/{long}/",
        "office/?show={long}",
        "api/services/equipment-loan/clock?complete_on=9999-12-31",
        "request/{long}/",
        "api/services/equipment-loan/clock?complete_on=0001-01-01",
        "services/%00/",
        "follow/%00/",
        "request/%ff/",
        "api/duties?page=99999999999999999999",
        "fr/services/?q=%00",
    ],
)
def test_a_question_without_end_gets_a_plain_answer(office: Office, path: str) -> None:
    adopted_loan(office)
    client = Client(raise_request_exception=False)
    answer = client.get(f"/{office.council.slug}/{path.replace('{long}', 'ب' * 10_000)}")
    assert answer.status_code < 500
    agent = sign_in(office.officer, Browser(raise_request_exception=False))
    for question in ("ب" * 10_000, "\x00", "'\"*^:()", "999999999999999999999", "(" * 500):
        found = agent.get(address(office.council, "office-search"), {"q": question})
        assert found.status_code == 200


def test_an_office_address_with_a_senseless_page_or_unit_is_a_plain_answer(office: Office) -> None:
    client = sign_in(office.director, Browser(raise_request_exception=False))
    for name, question in (
        ("office-home", {"after": "x" * 5000, "from": "9" * 50}),
        ("office-late", {"unit": "9" * 50}),
        ("office-people", {"after": "9" * 50}),
        ("office-register", {"after": "\x00", "before": "[]"}),
        ("office-search", {"after": "a|b|c", "from": "-1"}),
    ):
        assert client.get(address(office.council, name), question).status_code < 500, name


def test_the_chain_and_the_status_page_name_nobody(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    desk.ask_information(filed.dossier, office.officer, "سؤال إلى جمعية آفاق النخلة")
    desk.misdirected(filed.dossier, office.officer, "جماعة النخلة", "الطريق جماعي")
    said = json.dumps(list(Entry.objects.values_list("fields", flat=True)), ensure_ascii=False)
    for private in ("النخلة", "0612345678", "خيام", "سؤال", office.officer.name_ar, "oed.example"):
        assert private not in said
    status = Client().get(f"/{office.council.slug}/v/status", {"sha256": filed.receipt.sha256}).content.decode()
    assert filed.receipt.number in status
    assert "النخلة" not in status


def test_pages_refuse_frames_scripts_and_foreign_targets(office: Office) -> None:
    home = f"/{office.council.slug}/"
    pages = [Client().get(home + path) for path in ("", "follow/", "account/login/", "services/", "no-such-page/")]
    too_large = Client().post(home, CONTENT_LENGTH=str(settings.BODY_LIMIT + 1))  # refused before anything reads it
    assert too_large.status_code == 413
    for answer in (*pages, too_large):
        rule = answer["Content-Security-Policy"]
        assert "unsafe" not in rule
        for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert part in rule
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


def test_every_cookie_is_out_of_reach_of_scripts_and_other_sites(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    client = opened(office, filed.dossier.number, filed.code)
    cookie = client.cookies[access.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == f"/{office.council.slug}/"
    assert filed.code not in cookie.value
