"""From a draft to a signed act: prepare, print, sign, then number and seal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.actions.issuing import PDF, filled_in, issue, month_names, refuse_shape
from tadbir.acts.documents import pdf, seal
from tadbir.acts.keys import authorities
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft, Means, Scan
from tadbir.acts.queries import issued_link, printed_base
from tadbir.acts.recognition import Reading, reading, text_digest
from tadbir.acts.signing import NoSigningPower, check_power, refusals, require_known, signature_of
from tadbir.councils.clock import local_date, now, today
from tadbir.councils.models import Person, Unit
from tadbir.register.actions import keep_file, keep_upload
from tadbir.register.models import StoredFile


def prepare_draft(
    kind: str, body: dict[str, Any], *, series: str = "", dossier_ref: str = "", by: Person | None = None
) -> Draft:
    """Keep a document being prepared. It has neither number nor seal until it is signed and issued."""
    known = kind_of(kind)
    body = refuse_shape(kind, body)
    return Draft.objects.create(
        kind=kind, series=series or known.series, body=body, dossier_ref=dossier_ref, prepared_by=by, prepared_at=now()
    )


def change_draft(draft: Draft, body: dict[str, Any], by: Person | None = None, *, submitted: bool = True) -> Draft:
    """Change a draft that nobody signed. What was printed before is no longer what would be signed.

    Its text is prepared by whoever changes it, now: a signature cannot be dated before that. `submitted`: where it was
    sent back, it waits for a signature again.
    """
    with transaction.atomic():
        locked = lock_draft(draft)
        if locked.is_signed:
            raise ValidationError(_("A signed document cannot be changed: prepare another one."))
        locked.body, locked.printed, locked.printed_text = refuse_shape(locked.kind, body), None, ""
        locked.prepared_by, locked.prepared_at = by, now()
        locked.sent_back_at = None if submitted else locked.sent_back_at
        locked.save(update_fields=["body", "printed", "printed_text", "prepared_by", "prepared_at", "sent_back_at"])
    return locked


def send_draft_back(draft: Draft, *, at: datetime | None = None) -> Draft:
    """Nobody signs a draft as it is, until somebody writes or submits it again. Raises ValidationError once it was
    signed or sent back. `at`: when it was, where that is known from before."""
    with transaction.atomic():
        locked = lock_draft(draft)
        if locked.is_signed:
            raise ValidationError(_("This document is already signed."))
        _refuse_sent_back(locked)
        locked.sent_back_at = at or now()
        locked.save(update_fields=["sent_back_at"])
    return locked


def _refuse_sent_back(draft: Draft) -> None:
    if draft.sent_back_at is not None:
        raise ValidationError(_("This document was sent back without being signed: it must be submitted again first."))


def drop_draft(draft: Draft) -> None:
    """Give up a draft that nobody signed. Raises ValidationError once somebody did."""
    with transaction.atomic():
        locked = lock_draft(draft)
        if locked.is_signed:
            raise ValidationError(_("A signed document cannot be changed: prepare another one."))
        locked.delete()


def lock_draft(draft: Draft) -> Draft:
    """Lock a draft for the rest of the transaction and read it anew. Raises ValidationError once it was issued."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.act_id is not None:
        raise ValidationError(_("This document was already issued."))
    return locked


def draft_pdf(draft: Draft, *, counted: Mapping[str, Any] | None = None) -> StoredFile:
    """The PDF to sign by hand or with a qualified certificate; the same file until the draft changes.

    It has neither number nor date: they are given when it is sealed. Its QR code says which text it is. `counted`: what
    takes the place of the same keys of the body, as on the seal: who signs in ink reads the new date that is sealed. It
    is printed anew each time, for that date may have moved.
    """
    if draft.printed is None or counted:
        added = filled_in(draft.kind, draft.series, "........", draft.prepared_at, draft.dossier_ref)
        document = draft.body | dict(counted or {}) | added | {"signature": None, "register_head": ""}
        base = printed_base(draft.council)
        draft.printed_text = text_digest(draft)
        made = pdf.render(document, base=base, months=month_names(), text_digest=draft.printed_text)
        draft.printed = keep_file(made, PDF)
        Draft.objects.filter(pk=draft.pk).update(printed=draft.printed, printed_text=draft.printed_text)
    return draft.printed


def read_scan(paper: Draft | Act, scan: bytes | StoredFile) -> Reading:
    """Keep the scan of a paper that was signed by hand, where it is not kept yet, and read the codes on it.

    What nobody relies on afterwards is held by nothing and swept after two days. Raises ValidationError.
    """
    return reading(keep_upload(scan) if isinstance(scan, bytes) else scan, paper)


def refuse_foreign(read: Reading) -> None:
    """Raise ValidationError for a scan that bears the code of another paper."""
    if read.other is not None:
        told = _("%(said)s Nothing was recorded: give the scan of this one.")
        raise ValidationError({"document": told % {"said": read.words}}, code="foreign")


def sign(
    draft: Draft,
    person: Person,
    *,
    by: Person,
    means: str,
    on: date | None = None,
    file: bytes | None = None,
    scan: Reading | None = None,
    unit: Unit | None = None,
) -> Draft:
    """Record who signed, in what quality, under which delegation and how; and who wrote it down (`by`).

    `scan`: the paper signed by hand, read by `read_scan` (it may come later, see `attach_scan`). `file`: the PDF of
    `draft_pdf` with the person's qualified signature, which is checked. Raises NoSigningPower, ValidationError.
    """
    day = on or today()
    if day > today():
        raise ValidationError(_("A signature cannot be dated in the future."))
    if means == Means.SESSION and (by.pk != person.pk or day != today()):
        raise NoSigningPower(_("In a session only its own holder signs, and only today."))
    checked = check_power(person, draft.kind, day, unit)
    require_known(checked.power, day)
    if day < local_date(draft.prepared_at):
        raise ValidationError(_("A signature cannot be dated before the document was prepared."))
    kept, recognised = None, False
    if means == Means.QUALIFIED:
        kept = _qualified(draft, file)
    elif means == Means.WET_INK and scan:
        refuse_foreign(scan)
        kept, recognised = scan.file, scan.recognised
    with transaction.atomic():
        locked = lock_draft(draft)
        if locked.is_signed:
            raise ValidationError(_("This document is already signed."))
        _refuse_sent_back(locked)
        if locked.printed_id != draft.printed_id or locked.body != draft.body:
            raise ValidationError(_("The draft changed since it was printed: print it and sign it again."))
        made = replace(checked, means=means, by=by, file=kept, recognised=recognised)
        for column, value in made.columns().items():
            setattr(locked, column, value)
        locked.save()
    return locked


def _qualified(draft: Draft, file: bytes | None) -> StoredFile:
    if not file or draft.printed is None:
        raise ValidationError(_("Give the PDF that was signed with the qualified certificate."))
    with draft.printed.open() as original:
        try:
            seal.check_qualified(file, original.read(), authorities())
        except seal.SealRefused as error:
            raise ValidationError(refusals()[error.code], code=error.code) from error
    return keep_file(file, PDF)


def issue_draft(draft: Draft, *, counted: Mapping[str, Any] | None = None, at: datetime | None = None) -> Act:
    """Number and seal a signed draft. Raises NoSigningPower when nobody signed it.

    `counted`: what is counted from the day of the seal and takes the place of the same keys of the body, as number and
    date do: a last day to contest, a new date. No word of what was signed is in it.
    """
    with transaction.atomic():
        locked = lock_draft(draft)
        act = issue(
            locked.kind,
            locked.body | (counted or {}),
            series=locked.series,
            at=at,
            signature=signature_of(locked),
            dossier_ref=locked.dossier_ref,
        )
        locked.act = act
        locked.save(update_fields=["act"])
        if locked.signed_means == Means.WET_INK and locked.signed_file:
            told = {"recognised": locked.scan_recognised, "added_by": locked.recorded_by, "at_seal": True}
            Scan.objects.create(act=act, file=locked.signed_file, added_at=issued_link(act).at, **told)
    return act
