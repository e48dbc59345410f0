"""Requests being filled in: kept 14 days, each document sent once, by its own request."""

import hashlib
import secrets
import shutil
from datetime import timedelta
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from tadbir.councils.clock import now
from tadbir.procedures.models import Sheet
from tadbir.register.actions import keep_file
from tadbir.register.models import StoredFile
from tadbir.services.actions.pdfs import pages_of
from tadbir.services.models import Draft, DraftDocument

LIFE = timedelta(days=14)
#: A request sent in the last minute of its draft is still being filed.
GRACE = timedelta(hours=1)
#: Bytes that uploads leave free: the register and the database must be able to write when the disk is almost full.
ROOM_KEPT = 256 * 1024 * 1024
NO_ROOM = gettext_lazy("The file could not be kept: there is no room left on the council's machine. Nothing was filed.")
DOCUMENTS_AT_MOST = 30
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def digest(code: str) -> str:
    """What is kept of a draft's code."""
    return hashlib.sha256(code.encode()).hexdigest()


def start_draft(sheet: Sheet, language: str) -> tuple[Draft, str]:
    """Begin a request. Returns the draft and the code that alone opens it again."""
    code = secrets.token_urlsafe(12)
    draft = Draft.objects.create(
        code_sha256=digest(code), sheet=sheet, language=language, started_at=now(), expires_at=now() + LIFE
    )
    return draft, code


def save_draft(draft: Draft, answers: dict[str, Any]) -> None:
    """Keep what was typed, valid or not, so that no error and no lost line loses it."""
    Draft.objects.filter(pk=draft.pk, dossier__isnull=True).update(answers=answers)
    draft.answers = answers


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


def attach_to_draft(draft: Draft, requirement: str, name: str, stream: IO[bytes], size: int) -> DraftDocument:
    """Keep one document of a draft; a second one for the same requirement takes its place."""
    if requirement != "other" and draft.sheet.parsed.document(requirement) is None:
        raise ValidationError(_("The sheet does not ask for this document."), code="requirement")
    if draft.documents.count() >= DOCUMENTS_AT_MOST:
        raise ValidationError(_("There are too many documents."), code="count")
    file = keep_upload(stream, size)
    document, _made = DraftDocument.objects.update_or_create(
        draft=draft, requirement=requirement, defaults={"name": name[:120], "file": file}
    )
    return document


def remove_from_draft(draft: Draft, requirement: str) -> None:
    """Take a document out of a draft."""
    DraftDocument.objects.filter(draft=draft, requirement=requirement).delete()


def discard_old_drafts() -> int:
    """Delete drafts whose 14 days are over, filed or not, with what was typed and sent (`tick`). Returns how many.

    What was filed stands in its dossier. The files go with the next sweep, where nothing else refers to them.
    """
    with transaction.atomic():
        old = Draft.objects.filter(expires_at__lt=now() - GRACE)
        count = old.count()
        old.delete()
    return count
