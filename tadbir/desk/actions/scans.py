"""Paper taken in the hand at the counter and scanned when there is time and power."""

from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.actions import require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Document
from tadbir.register.actions import append, keep_upload


def add_scan(document: Document, person: Person, stream: IO[bytes], size: int) -> Document:
    """Keep the scan of a document that was received on paper, once; its hash goes into the register.

    Raises ValidationError when a scan is there already or the file is none we accept.
    """
    require(person, Right.SCAN)
    if document.fact.by_id != person.pk:  # whoever took the paper in scans it, even for another unit
        dossiers.require_sight(person, document.dossier)
    dossiers.refuse_erased(document.dossier)
    kept = keep_upload(stream, size)
    with transaction.atomic():
        changed = Document.objects.filter(pk=document.pk, file__isnull=True).update(file=kept)
        if not changed:
            raise ValidationError(_("This document was scanned already."))
        fields = {"dossier": document.dossier.number, "document": document.pk, "sha256": kept.sha256}
        append("document_scanned", fields)
    document.file = kept
    return document
