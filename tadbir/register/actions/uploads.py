"""Documents that come in as files: looked at, then kept; a refusal is in words that the sender understands."""

import io
import shutil
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tadbir.reading.files import MOST_DOTS, Unreadable, read_file
from tadbir.register.actions.files import keep_file
from tadbir.register.models import StoredFile

#: Bytes that uploads leave free: the register and the database must be able to write when the disk is almost full.
ROOM_KEPT = 256 * 1024 * 1024
NO_ROOM = _("The file could not be kept: there is no room left on the council's machine. Nothing was filed.")
#: Why a file cannot be read, by the code of the reader.
WORDS = {
    "empty": _("This file is empty."),
    "type": _("Send a photo (JPEG, PNG, WebP, HEIC, AVIF) or a PDF."),
    "half": _("This picture is not whole: a part of the file is missing. Send it again from where it was taken."),
    "dots": _("This picture has too many dots: the most is %(dots)s million. Make it smaller, or send it as a PDF."),
    "photo": _("This photo cannot be opened. Take it again, or send it as a JPEG."),
    "pdf": _("This PDF cannot be opened: it is damaged. Send another copy."),
    "password": _("This PDF asks for a password. Send a copy without one."),
    "pages": _("This PDF has no page. Send another copy."),
}


def keep_upload(stream: IO[bytes] | bytes, size: int = 0) -> StoredFile:
    """Check and keep an uploaded document. Raises ValidationError in words the sender understands."""
    if isinstance(stream, bytes):
        return keep_upload(io.BytesIO(stream), len(stream))
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise ValidationError(_("This file is heavier than %(limit)s MB."), params={"limit": limit}, code="size")
    try:
        found = read_file(stream)
    except Unreadable as error:
        dots = {"dots": MOST_DOTS // 1_000_000}
        raise ValidationError(WORDS[error.code], params=dots, code=error.code) from None
    disk = shutil.disk_usage(settings.HOME)
    if disk.free - size < min(ROOM_KEPT, disk.total // 20):
        raise ValidationError(NO_ROOM, code="disk")
    try:
        return keep_file(stream if found.content is None else found.content, found.media_type)
    except OSError as error:
        raise ValidationError(NO_ROOM, code="disk") from error
