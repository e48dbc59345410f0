"""Paper that is scanned when there is time and power: taken in the hand at the counter, or signed by hand."""

from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.models import Act, Scan
from tadbir.councils.actions import require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.desk.actions.checks import require_own, require_seen
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.reading.letters import has_words
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


@transaction.atomic
def add_signed_scan(act: Act, dossier: Dossier, person: Person, scan: bytes, *, seen: bool) -> Act:
    """Keep the scan of a paper that was signed by hand; the story says whether its code was read.

    `seen`: the person looked at it and saw the signature.

    Raises ValidationError for the scan of another paper, naming it.
    """
    dossiers.require_work(person, dossier)
    require_own(act, dossier)
    dossiers.refuse_erased(dossier)
    require_seen(seen)
    kept = acts.attach_scan(act, scan, person)
    data = {"act": act.number, "recognised": kept.scan_recognised}
    dossiers.record(dossiers.lock(dossier), "signature_scanned", by=person, data=data)
    return kept


@transaction.atomic
def withdraw_signed_scan(scan: Scan, dossier: Dossier, person: Person, reason: str) -> Fact:
    """Take away a scan that is not that of the signed paper, or shows no signature: the paper waits for its scan again.

    Its hash and the reason stay, and its bytes. Raises PermissionDenied, ValidationError.
    """
    require(person, Right.SERVE_AT_COUNTER)
    dossiers.require_sight(person, dossier)
    require_own(scan.act, dossier)
    dossiers.refuse_erased(dossier)
    if not has_words(reason):
        raise ValidationError({"reason": _("Say why it is taken away.")})
    acts.withdraw_scan(scan, person)
    data, private = {"act": scan.act.number, "sha256": scan.file.sha256}, {"reason": reason.strip()}
    return dossiers.record(dossiers.lock(dossier), "scan_withdrawn", by=person, data=data, private=private)
