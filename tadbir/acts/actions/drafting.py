"""From a draft to a signed act: prepare, print, sign, then number and seal."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.actions.issuing import PDF, filled_in, issue, month_names, refuse_shape
from tadbir.acts.documents import pdf, seal
from tadbir.acts.keys import authorities
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft, Means
from tadbir.acts.signing import check_power, refusals
from tadbir.councils.clock import local_date, now, today
from tadbir.councils.models import Person
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


def change_draft(draft: Draft, body: dict[str, Any], by: Person | None = None) -> Draft:
    """Change a draft that nobody signed. What was printed before is no longer what would be signed.

    Its text is prepared by whoever changes it, now: a signature cannot be dated before that.
    """
    with transaction.atomic():
        locked = lock_draft(draft)
        if locked.is_signed:
            raise ValidationError(_("A signed document cannot be changed: prepare another one."))
        locked.body, locked.printed = refuse_shape(locked.kind, body), None
        locked.prepared_by, locked.prepared_at = by, now()
        locked.save(update_fields=["body", "printed", "prepared_by", "prepared_at"])
    return locked


def lock_draft(draft: Draft) -> Draft:
    """Lock a draft for the rest of the transaction and read it anew. Raises ValidationError once it was issued."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.act_id is not None:
        raise ValidationError(_("This document was already issued."))
    return locked


def draft_pdf(draft: Draft) -> StoredFile:
    """The PDF to sign by hand or with a qualified certificate; the same file until the draft changes."""
    if draft.printed is None:
        added = filled_in(draft.kind, draft.series, "........", draft.prepared_at, draft.dossier_ref)
        made = pdf.render(draft.body | added | {"signature": None, "register_head": ""}, months=month_names())
        draft.printed = keep_file(made, PDF)
        Draft.objects.filter(pk=draft.pk).update(printed=draft.printed)
    return draft.printed


def sign(
    draft: Draft, person: Person, *, on: date | None = None, means: str = Means.WET_INK, file: bytes | None = None
) -> Draft:
    """Record who signed, in what quality, under which delegation, and how.

    `file`: the scan of the paper signed by hand (may come later, see `attach_scan`), or the PDF of `draft_pdf`
    with the person's qualified signature, which is checked. Raises NoSigningPower, ValidationError.
    """
    day = on or today()
    if day > today():
        raise ValidationError(_("A signature cannot be dated in the future."))
    check_power(person, draft.kind, day)
    if day < local_date(draft.prepared_at):
        raise ValidationError(_("A signature cannot be dated before the document was prepared."))
    kept = None
    if means == Means.QUALIFIED:
        kept = _qualified(draft, file)
    elif file:
        kept = keep_upload(file)
    with transaction.atomic():
        locked = lock_draft(draft)
        if locked.is_signed:
            raise ValidationError(_("This document is already signed."))
        if locked.printed_id != draft.printed_id or locked.body != draft.body:
            raise ValidationError(_("The draft changed since it was printed: print it and sign it again."))
        for column, value in check_power(person, draft.kind, day, means, kept).columns().items():
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


def issue_draft(draft: Draft, *, at: datetime | None = None) -> Act:
    """Number and seal a signed draft. Raises NoSigningPower when nobody signed it."""
    with transaction.atomic():
        locked = lock_draft(draft)
        signature = None
        if locked.signed_by is not None and locked.signed_on is not None:
            signature = check_power(
                locked.signed_by, locked.kind, locked.signed_on, locked.signed_means, locked.signed_file
            )
        act = issue(
            locked.kind, locked.body, series=locked.series, at=at, signature=signature, dossier_ref=locked.dossier_ref
        )
        locked.act = act
        locked.save(update_fields=["act"])
    return act
