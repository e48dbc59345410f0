"""A photographed page in a real browser: it arrives light, upright, readable, without the place where it was taken."""

from __future__ import annotations

import io
import itertools
import re
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat
from playwright.sync_api import expect

from tadbir.councils.scope import council_scope
from tadbir.register.models import StoredFile
from tadbir.services import actions
from tadbir.services.models import Draft
from tests.factories import Office
from tests.services.test_public_browser import served  # noqa: F401
from tests.ui.conftest import chromium, phone  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Bytes that cross a line of 50 kilobits a second in sixteen seconds: no photo may weigh as much.
HEAVIEST = 100_000
UPRIGHT = (1500, 2000)
TURN = {1: 0, 6: 90, 3: 180, 8: -90}


def page_of_paper() -> Image.Image:
    """A written page on a table: a black bar on top, small marks, a faint pencil stroke, a blue stamp."""
    image = Image.new("RGB", UPRIGHT, (90, 70, 55))
    draw = ImageDraw.Draw(image)
    draw.rectangle((90, 90, 1410, 1910), fill=(236, 230, 214))
    draw.rectangle((150, 150, 1350, 230), fill=(25, 25, 30))
    for y in range(300, 1500, 48):
        for x in range(160, 1340, 16):
            draw.rectangle((x, y, x + 6, y + 18), fill=(40, 40, 45))
    draw.line((160, 1580, 1340, 1580), fill=(196, 190, 176), width=4)
    draw.ellipse((300, 1640, 520, 1860), outline=(40, 60, 170), width=16)
    return image


def as_taken(exif_turn: int, weight: int = 3_500_000) -> bytes:
    """The page as a telephone keeps it: twelve million points, noise, turned by its EXIF, with a place in it."""
    image = page_of_paper().resize((3000, 4000), Image.Resampling.BICUBIC).rotate(TURN[exif_turn], expand=True)
    noise = [Image.effect_noise(image.size, 26) for _band in image.getbands()]
    image = Image.merge(
        "RGB", [ImageChops.add(band, grain, 1, -128) for band, grain in zip(image.split(), noise, strict=True)]
    )
    exif = Image.Exif()
    exif[0x0112] = exif_turn
    exif[0x010F] = "SPECIMEN PHONE"
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 41.0, 0.0)})
    for quality in (80, 88, 94):
        kept = io.BytesIO()
        image.save(kept, "JPEG", quality=quality, exif=exif)
        if kept.tell() >= weight:
            break
    return kept.getvalue()


def _send(page: Any, live_server: Any, office: Office, name: str, content: bytes) -> bytes:
    """Join a photo to a new request as a resident does. What the council kept."""
    with council_scope(office.council):
        sheet = office_sheet()
        draft, code = actions.start_draft(sheet, "ar")
    page.goto(f"{live_server.url}/oued-ed-dahab/request/{code}/documents/")
    page.set_input_files("#id_liability-document", {"name": name, "mimeType": "image/jpeg", "buffer": content})
    expect(page.locator("#liability [data-upload-note]")).to_contain_text(re.compile(r"\d"), timeout=20_000)
    page.locator("#liability button").click()
    page.wait_for_selector("#liability .tag.good")
    with council_scope(office.council):
        kept = Draft.objects.get(pk=draft.pk).documents.get().file
        assert kept is not None
        assert StoredFile.objects.filter(pk=kept.pk).exists()
        with kept.open() as stream:
            return stream.read()


def office_sheet() -> Any:
    """The loan that the office adopted."""
    from tadbir.procedures.queries import current_sheet

    return current_sheet("equipment-loan")


@pytest.mark.parametrize("turn", [1, 6, 3])
def test_a_heavy_photo_arrives_light_upright_and_without_its_place(
    phone: Any, live_server: Any, served: Office, turn: int
) -> None:
    taken = as_taken(turn)
    assert 3_500_000 < len(taken) < 8_000_000
    kept = _send(phone, live_server, served, "التزام.jpg", taken)
    assert len(kept) < HEAVIEST
    found = Image.open(io.BytesIO(kept))
    assert found.format == "WEBP"
    assert not found.getexif()
    assert b"SPECIMEN PHONE" not in kept
    width, height = found.size
    assert (width / height) == pytest.approx(3 / 4, abs=0.01)
    assert 1280 <= height <= 1600
    _is_readable(found.convert("RGB").resize(UPRIGHT))
    assert phone.said == []


def _is_readable(found: Image.Image) -> None:
    """The bar is at the top, marks stand apart, pencil and the colour of the stamp are still there."""
    grey = found.convert("L")

    def level(box: tuple[int, int, int, int]) -> float:
        return ImageStat.Stat(grey.crop(box)).mean[0]

    assert level((200, 165, 1300, 215)) < 60 < 180 < level((200, 1520, 1300, 1560))
    assert grey.crop((160, 780, 1340, 800)).getextrema()[0] < 100  # type: ignore[operator]
    marks = [grey.getpixel((x, 789)) for x in range(160, 600)]
    steps = sum(1 for one, two in itertools.pairwise(marks) if one < 140 <= two)
    assert 22 <= steps <= 34  # 27 small marks, none run together
    paper, pencil = level((200, 1540, 1300, 1565)), level((200, 1579, 1300, 1583))
    assert paper - pencil > 15
    red, _green, blue = found.getpixel((410, 1648))
    assert blue > red + 60


def test_a_light_photo_is_left_as_it_is(phone: Any, live_server: Any, served: Office) -> None:
    small = io.BytesIO()
    page_of_paper().resize((600, 800)).save(small, "JPEG", quality=60)
    assert small.tell() < 80_000
    assert _send(phone, live_server, served, "a.jpg", small.getvalue()) == small.getvalue()


def test_a_browser_that_knows_no_webp_or_hides_its_canvas_loses_no_photo(
    phone: Any, live_server: Any, served: Office
) -> None:
    taken = as_taken(1)
    phone.add_init_script(
        "const real = HTMLCanvasElement.prototype.toDataURL;"
        "HTMLCanvasElement.prototype.toDataURL = function () { return real.call(this, 'image/png'); };"
    )
    kept = _send(phone, live_server, served, "a.jpg", taken)
    assert len(kept) < HEAVIEST
    found = Image.open(io.BytesIO(kept))
    assert found.format == "JPEG"
    _is_readable(found.convert("RGB").resize(UPRIGHT))
    phone.add_init_script(
        "CanvasRenderingContext2D.prototype.getImageData = () => ({ data: new Uint8ClampedArray([9, 8, 7, 6]) });"
    )
    assert _send(phone, live_server, served, "b.jpg", taken) == taken
