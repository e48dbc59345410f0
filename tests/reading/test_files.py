"""Documents by their content: what is taken as it is, what is made readable, what is refused and in which words."""

import base64
import io
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from tadbir.reading.files import ACCEPTED, Unreadable, read_file
from tadbir.register.actions import keep_upload
from tests.factories import Office

#: A white page with a black bar, 64 by 48 points, as an iPhone keeps it.
HEIC = base64.b64decode(
    b"AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9j"
    b"AAAAAERAAAEAAQAAAAABoQABAAAAAAAAAGQAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/Wlw"
    b"cnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AA"
    b"AAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAA"
    b"QAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWB"
    b"AgMFhAAAAGxtZGF0AAAAYCgBrxmArzgjMBDAeA4PDgMmG994xORPfoaKX67Ia64o5pu2/cL2P417GmI0F8mXfZyaoPRJYiB5I0MeTY9i6RK/"
    b"UZLgyOQu6nXlkq00tQ15AUmoAq8arzJ6sPWiXRa/4A=="
)


def photo(kind: str, size: tuple[int, int] = (320, 240), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def two_pictures() -> bytes:
    """As telephones make them: a photo, and a small one behind it."""
    small = Image.effect_noise((32, 24), 40).convert("RGB")
    return photo("MPO", save_all=True, append_images=[small])


def pdf(pages: int, password: str = "") -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        made.add_blank_page()
    made.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_file(io.BytesIO(content))
    return refused.value.code


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_is_taken_whole_and_refused_by_half(kind: str, media_type: str) -> None:
    whole = photo(kind)
    assert read_file(io.BytesIO(whole)) == (media_type, None)
    for kept in (len(whole) // 2, len(whole) - 100):
        assert refusal(whole[:kept]) == "half"


def test_a_jpeg_that_holds_a_second_picture_is_a_jpeg() -> None:
    both = two_pictures()
    assert Image.open(io.BytesIO(both)).format == "MPO"
    assert read_file(io.BytesIO(both)) == ("image/jpeg", None)
    assert refusal(both[:2000]) == "half"


@pytest.mark.parametrize("content", [HEIC, photo("AVIF", (64, 48))], ids=["HEIC", "AVIF"])
def test_a_photo_of_another_kind_becomes_a_jpeg(content: bytes) -> None:
    found = read_file(io.BytesIO(content))
    assert found.media_type == "image/jpeg"
    assert found.content is not None
    with Image.open(io.BytesIO(found.content)) as made:
        assert (made.format, made.size) == ("JPEG", (64, 48))
    assert refusal(content[: len(content) // 2]) == "photo"


def test_a_picture_of_too_many_points_is_told_so() -> None:
    plan = io.BytesIO()
    Image.new("1", (15_500, 12_000)).save(plan, "PNG")
    assert len(plan.getvalue()) < 60_000
    assert refusal(plan.getvalue()) == "dots"


def test_a_pdf_is_told_what_it_lacks() -> None:
    assert read_file(io.BytesIO(pdf(1))) == ("application/pdf", None)
    assert [refusal(pdf(0)), refusal(pdf(1, "secret")), refusal(pdf(1)[:200])] == ["pages", "password", "pdf"]


def test_refusals_are_in_words_and_what_was_made_is_what_is_kept(office: Office) -> None:
    for content, words in (
        (pdf(0), "صفحة"),
        (pdf(1, "secret"), "كلمة مرور"),
        (photo("JPEG")[:4000], "ناقصة"),
        (b"GIF89a" + bytes(50), "HEIC"),
    ):
        with pytest.raises(ValidationError, match=words):
            keep_upload(content)
    kept = keep_upload(HEIC)
    assert kept.media_type == "image/jpeg"
    with kept.open() as stream:
        assert stream.read(3) == b"\xff\xd8\xff"


def test_nothing_can_be_chosen_that_would_be_refused() -> None:
    from tadbir.ui import forms

    assert forms.FileField().widget.attrs["accept"] == ACCEPTED
    assert "image/*" not in ACCEPTED
