"""Documents that come in as files: looked at, then kept; a refusal is in words that the sender understands."""

import shutil
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from tadbir.desk.actions.pdfs import pages_of
from tadbir.register.actions import keep_file
from tadbir.register.models import StoredFile

#: Bytes that uploads leave free: the register and the database must be able to write when the disk is almost full.
ROOM_KEPT = 256 * 1024 * 1024
NO_ROOM = gettext_lazy("The file could not be kept: there is no room left on the council's machine. Nothing was filed.")
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def media_type_of(stream: IO[bytes]) -> str:
    """The type of an uploaded document by its content. Raises ValidationError when it is none we accept."""
    start = stream.read(1024)
    stream.seek(0)
    if not start.strip():
        raise ValidationError(_("This file is empty."), code="empty")
    if b"%PDF-" in start:
        return _pdf_type(stream)
    try:
        with Image.open(stream) as picture:
            kind = _PICTURES.get(picture.format or "")
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        kind = None
    finally:
        stream.seek(0)
    if kind is None:
        raise ValidationError(_("Send a photo (JPEG, PNG, WebP) or a PDF."), code="type")
    return kind


def _pdf_type(stream: IO[bytes]) -> str:
    """Open the PDF: what cannot be opened now will not be readable by the officer either."""
    pages = pages_of(stream.read())
    stream.seek(0)
    if not pages:
        raise ValidationError(_("This PDF cannot be opened. Send another copy, without a password."), code="pdf")
    return "application/pdf"


def keep_upload(stream: IO[bytes], size: int) -> StoredFile:
    """Check and keep an uploaded document. Raises ValidationError in words the sender understands."""
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise ValidationError(_("This file is heavier than %(limit)s MB."), params={"limit": limit}, code="size")
    media_type = media_type_of(stream)
    disk = shutil.disk_usage(settings.HOME)
    if disk.free - size < min(ROOM_KEPT, disk.total // 20):
        raise ValidationError(NO_ROOM, code="disk")
    try:
        return keep_file(stream, media_type)
    except OSError as error:
        raise ValidationError(NO_ROOM, code="disk") from error
