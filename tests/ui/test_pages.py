"""How pages travel: policy, headers, compression, caches, languages, errors."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from typing import Any

import brotli
import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override

from tadbir.ui import errors
from tadbir.ui.caching import public_page
from tadbir.ui.css import inline_css, shortened
from tadbir.ui.middleware import CompressionMiddleware, HeadersMiddleware, PageErrorMiddleware

GALLERY = "/ui/gallery"


@pytest.fixture
def demo(db: None, settings: Any) -> None:
    settings.DEMO = True


def test_the_gallery_is_shown_on_demonstrations_only(db: None, client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get(GALLERY).status_code == 404
    settings.DEMO = True
    assert client.get(GALLERY).status_code == 200


@pytest.mark.usefixtures("demo")
def test_the_policy_lets_in_this_style_and_nothing_inline(client: Client) -> None:
    answer = client.get(GALLERY)
    policy = answer["Content-Security-Policy"]
    styles = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert len(styles) == 1
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son\w+=", answer.content.decode())
    other = base64.b64encode(hashlib.sha256(b"a{}").digest()).decode()
    assert other not in policy


@pytest.mark.usefixtures("demo")
def test_a_page_that_links_its_style_lets_no_style_in(client: Client) -> None:
    assert "'sha256-" in client.get(GALLERY)["Content-Security-Policy"]
    linked = client.get(GALLERY)
    assert "<style>" not in linked.content.decode()
    assert "style-src 'self';" in linked["Content-Security-Policy"] + ";"
    assert "sha256" not in linked["Content-Security-Policy"]


SVG = HttpResponse("<svg/>", content_type="image/svg+xml")


@pytest.mark.parametrize("answer", [HttpResponse("<p>x"), HttpResponse("x", content_type="text/plain"), SVG])
def test_whatever_a_browser_draws_bears_the_policy(answer: HttpResponse) -> None:
    sent = HeadersMiddleware(lambda _: answer)(RequestFactory().get("/"))
    assert "default-src 'none'" in sent["Content-Security-Policy"]
    assert "geolocation=()" in sent["Permissions-Policy"]


@pytest.mark.parametrize("answer", [HttpResponseRedirect("/there"), HttpResponse(status=204), JsonResponse({"a": 1})])
def test_what_no_browser_draws_bears_none(answer: HttpResponse) -> None:
    answer.set_cookie("kept", "1", max_age=60)
    sent = HeadersMiddleware(lambda _: answer)(RequestFactory().get("/"))
    assert not {"Content-Security-Policy", "Permissions-Policy", "Vary"} & set(sent.headers)
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Cache-Control"] == "no-store, private"
    assert sent["Cross-Origin-Resource-Policy"] == "same-origin"
    assert sent.cookies["kept"].OutputString() == "kept=1; Max-Age=60; Path=/"


def test_the_style_is_small_and_shortening_keeps_its_sense() -> None:
    assert len(brotli.compress(inline_css().encode())) <= 6 * 1024
    assert shortened("a :hover { b: c ;  } /* x */ @media (d: 1px) { e > f { g: calc(1px + 2px) } }") == (
        "a :hover{b:c}@media (d:1px){e > f{g:calc(1px + 2px)}}"
    )


@pytest.mark.usefixtures("demo")
def test_a_page_says_its_language_and_leads_to_the_other(client: Client) -> None:
    arabic, french = (client.get(f"{GALLERY}?a=1").content.decode(), client.get(f"/fr{GALLERY}").content.decode())
    assert '<html lang="ar" dir="rtl">' in arabic
    assert f'href="/fr{GALLERY}?a=1"' in arabic
    assert '<html lang="fr" dir="ltr">' in french
    assert f'class="lang" href="{GALLERY}"' in french
    assert "SPÉCIMEN" in arabic
    assert "نموذج" in french


@pytest.mark.usefixtures("demo")
def test_the_whole_gallery_fits_one_round_trip(client: Client) -> None:
    answer = client.get(GALLERY, headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "br"
    assert len(answer.content) <= 14 * 1024


def through(body: bytes, coding: str, **options: Any) -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": coding})
    request.COOKIES.update(options.pop("cookies", {}))
    kind = options.pop("content_type", "text/html; charset=utf-8")
    answer = CompressionMiddleware(lambda _: HttpResponse(body, content_type=kind, headers=options))(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_texts_are_compressed_and_the_rest_is_left_alone() -> None:
    body = b"<p>" + "مجلس ".encode() * 300
    assert brotli.decompress(through(body, "gzip, br").content) == body
    assert gzip.decompress(through(body, "gzip;q=0.8, br;q=0").content) == body
    plain = through(body, "identity")
    assert plain.content == body
    assert "Accept-Encoding" in plain["Vary"]
    for same in (through(body, "br", content_type="image/png"), through(b"short", "br")):
        assert not same.has_header("Content-Encoding")
    assert through(body, "br", ETag='"x"')["ETag"] == 'W/"x"'
    stream = StreamingHttpResponse([body])
    assert CompressionMiddleware(lambda _: stream)(RequestFactory().get("/")) is stream


def test_a_personal_page_never_has_the_same_length_twice_for_long() -> None:
    body = b"<p>" + b"secret " * 100
    lengths = {len(through(body, "br", cookies={"sessionid": "x"}).content) for _ in range(60)}
    assert len(lengths) > 5
    assert len({len(through(body, "br").content) for _ in range(10)}) == 1


def test_nobody_keeps_a_page_unless_it_is_public() -> None:
    request = RequestFactory().get("/")
    silent = HeadersMiddleware(lambda _: HttpResponse("x"))(request)
    assert silent["Cache-Control"] == "no-store, private"
    public = HeadersMiddleware(public_page(seconds=60)(lambda _: HttpResponse("x")))(request)
    assert public["Cache-Control"] == "public, max-age=60"
    broken = HeadersMiddleware(public_page()(lambda _: HttpResponse("x", status=404)))(request)
    assert broken["Cache-Control"] == "no-store, private"
    assert "geolocation=()" in silent["Permissions-Policy"]


@pytest.mark.parametrize("status", [404, 413, 500])
def test_an_error_page_of_the_office_speaks_to_who_works_there(status: int) -> None:
    said = errors.error_page(RequestFactory().get("/oued/office/dossiers/"), status).content.decode()
    public = errors.error_page(RequestFactory().get("/oued/follow/"), status).content.decode()
    for words, holds in (("وصل", False), ("récépissé", False)):
        assert (words in said) is holds
    assert said != public
    assert ("récépissé" in public) is (status != 413)


@pytest.mark.parametrize("status", [status for status in errors.TEXTS if isinstance(status, int)])
def test_an_error_page_speaks_both_languages_without_the_database(status: int) -> None:
    page = errors.error_page(RequestFactory().get("/"), status)
    text = page.content.decode()
    assert page.status_code == status
    assert 'lang="ar" dir="rtl"' in text
    assert 'lang="fr" dir="ltr"' in text
    for lang in ("ar", "fr"):
        with override(lang):
            title = str(errors.gettext(errors.TEXTS[status][0]))
        assert title != errors.TEXTS[status][0]
        assert title.replace("'", "&#x27;") in text
    assert page["Cache-Control"] == "no-store, private"


def test_views_raise_pages_and_other_errors_stay_errors() -> None:
    request = RequestFactory().get("/")
    drawn = PageErrorMiddleware(lambda _: HttpResponse())
    page = drawn.process_exception(request, errors.TooMany("<تمهل>", retry_after=60))
    assert page is not None
    assert (page.status_code, page["Retry-After"]) == (429, "60")
    assert "&lt;تمهل&gt;" in page.content.decode()
    assert drawn.process_exception(request, ValueError("no")) is None
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(request, ValueError()).status_code == 400


@pytest.mark.usefixtures("demo")
def test_a_form_that_waited_too_long_and_a_lost_page() -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    late = client.post(GALLERY, {})
    assert late.status_code == 403
    assert "بقيت هذه الاستمارة" in late.content.decode()
    lost = client.get("/fr/nowhere-at-all/")
    assert lost.status_code == 404
    assert "nowhere" not in lost.content.decode()


def test_the_style_travels_once_and_then_is_a_file_the_browser_keeps(client: Client, db: None) -> None:
    first = client.get("/")
    assert "<style>" in first.content.decode()
    assert first.cookies["tadbir-style"].value
    assert "Cookie" in first.headers["Vary"]
    second = client.get("/")
    assert "<style>" not in second.content.decode()
    assert 'rel="stylesheet"' in second.content.decode()
    client.cookies["tadbir-style"] = "an older one"
    assert "<style>" in client.get("/").content.decode()
