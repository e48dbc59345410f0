"""What strangers send: bombs, disguises, floods. Each is refused beside a plain document that is taken."""

import io
import resource
import zlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from tadbir.councils.limits import HOUR, LIMITS, Limit
from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Document
from tadbir.reading.files import Unreadable, read_file
from tadbir.register.actions import uploads
from tadbir.services import actions
from tadbir.services.models import DraftDocument
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan, loan_filing
from tests.services.residents import Resident


def pdf_bomb(megabytes: int) -> bytes:
    """A PDF of a few kilobytes whose table of objects unpacks to so many megabytes."""
    packer, block = zlib.compressobj(9), b"\0" * (1 << 20)
    inner = b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])
    packed = zlib.compress(inner, 9)
    start = (
        b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    head = b"3 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n"
    table = head % len(packed) + packed + b"\nendstream\nendobj\n"
    return start + table + b"startxref\n%d\n%%%%EOF\n" % len(start)


def plain_pdf() -> bytes:
    import pikepdf

    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def read(answer: Any) -> bytes:
    """The file of an answer; reading it to its end also closes it."""
    return b"".join(answer.streaming_content)


def test_a_pdf_that_unpacks_without_end_is_refused_and_takes_no_memory_of_ours() -> None:
    bomb = pdf_bomb(1500)
    assert len(bomb) < 10_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable) as refused:
        read_file(io.BytesIO(bomb))
    assert refused.value.code == "pdf"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes
    assert read_file(io.BytesIO(plain_pdf())).media_type == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4 nothing behind it",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04" + b"\0" * 40,
        b"GIF89a" + b"\0" * 20,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\0" * 2000,
        b" \n",
        PNG[:40],
        b"MZ" + PNG,
    ],
)
def test_what_only_looks_like_a_document_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_file(io.BytesIO(content))
    assert read_file(io.BytesIO(PNG)).media_type == "image/png"


def test_a_picture_that_unpacks_to_gigabytes_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_file(io.BytesIO(picture(20_000, 15_000)))
    assert read_file(io.BytesIO(picture(4000, 3000))).media_type == "image/png"  # a telephone's photo


@pytest.mark.parametrize(
    "name",
    [
        "photo\u202egnp.exe",
        "../../../etc/passwd",
        "a\x00b.html",
        "évil.html",
        "كشف\u2066.svg",
        ".htaccess",
        "x" * 190 + ".png",
    ],
)
def test_a_name_is_cleaned_and_says_what_the_file_is(office: Office, name: str) -> None:
    adopted_loan(office)
    resident = Resident(office)
    draft = resident.begin()
    resident.attach(draft, "liability", PNG + b"<script>alert(1)</script>", name)
    kept = DraftDocument.objects.get()
    assert not set(kept.name) & set("\u202e\u2066\x00/\\")
    resident.attach(draft, "signed-request")
    resident.send(draft)
    document = Document.objects.get(requirement="liability")
    page = address(office.council, "office-document", document.dossier.number, document.pk)
    answer = sign_in(office.officer).get(page)
    said = answer["Content-Disposition"]
    assert said.startswith("attachment")
    assert said.rstrip('"').endswith(".png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert read(answer).startswith(PNG)


def test_a_body_beyond_every_form_is_not_even_read(office: Office, settings: Any) -> None:
    settings.BODY_LIMIT = 100_000
    page = f"/{office.council.slug}/follow/"
    for method in ("post", "put", "patch"):
        answer = getattr(Client(), method)(page, b"x" * 100_001, content_type="application/octet-stream")
        assert answer.status_code == 413
    assert Client().post(page, {"number": "D-2026-1", "code": "1"}).status_code == 422
    wrong = Client().post(page, b"x", content_type="text/plain", CONTENT_LENGTH="many")
    assert wrong.status_code in (400, 413, 422)


def test_uploads_of_one_address_and_one_draft_have_an_end(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setitem(LIMITS, "uploads", Limit(4, HOUR))
    adopted_loan(office)
    resident = Resident(office)
    draft = resident.begin()
    codes = [resident.attach(draft, "liability", picture(10, 10 + rank)).status_code for rank in range(6)]
    assert codes == [302, 302, 302, 302, 429, 429]
    resident.attach(draft, "liability")
    assert DraftDocument.objects.count() == 1


def test_uploads_leave_room_for_the_register(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    full = SimpleNamespace(total=10**12, free=10**8)
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(ValidationError) as refused:
        uploads.keep_upload(io.BytesIO(PNG), len(PNG))
    assert refused.value.code == "disk"
    full.free = 10**10
    assert uploads.keep_upload(io.BytesIO(PNG), len(PNG)).size == len(PNG)


def test_a_file_of_another_dossier_or_council_is_not_given(office: Office) -> None:
    from tests.factories import make_office

    sheet = adopted_loan(office)
    mine = actions.file_request(loan_filing(sheet)).dossier
    filed = actions.file_request(loan_filing(sheet))
    theirs = filed.dossier.documents.first()
    assert theirs is not None
    client = sign_in(office.officer)
    assert client.get(address(office.council, "office-document", mine.number, theirs.pk)).status_code == 404
    assert client.get(address(office.council, "office-paper", mine.number, filed.receipt.number)).status_code == 404
    own = client.get(address(office.council, "office-document", filed.dossier.number, theirs.pk))
    assert own.status_code == 200
    assert read(own) == PNG
    other = make_office("12.066", "aou")
    with council_scope(other.council):
        page = address(other.council, "office-document", filed.dossier.number, theirs.pk)
        assert sign_in(other.director).get(page).status_code == 404
