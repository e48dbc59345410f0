"""The writers of acts: prepare, sign, number and seal, notify, annul. Nothing else writes them.

`issue` is small and pure enough for the transaction of a filing; the PDF is made later, once (`pdf_of`).
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tadbir.acts.documents import canonical, cose, pdf, seal, shape
from tadbir.acts.keys import authorities, current_key, make_keys, revoke_key
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, ActPdf, Draft, Means, NoticeMeans
from tadbir.acts.queries import printed_base
from tadbir.acts.signing import NoSigningPower, Signature, check_power, refusals
from tadbir.councils.clock import local_date, now, today
from tadbir.councils.models import Council, Person
from tadbir.councils.scope import current_council
from tadbir.register.actions import append, content_commitment, keep_content, keep_file, next_number
from tadbir.register.models import StoredFile
from tadbir.register.queries import head

__all__ = [
    "NoSigningPower", "Signature", "annul", "attach_scan", "change_draft", "check_power", "draft_pdf", "issue",
    "issue_draft", "make_keys", "mark_notified", "pdf_of", "prepare_draft", "replace", "revoke_key", "sign",
]
_PDF = "application/pdf"


def letterhead(council: Council) -> dict[str, Any]:
    """The `council` part of an act document. Place, Tifinagh name and unit come from the council's settings."""
    ar, fr = ("عمالة", "Préfecture") if council.kind == Council.Kind.PREFECTURE else ("إقليم", "Province")
    own = {key: str(council.settings[key]) for key in ("place_ar", "place_fr", "name_zgh", "unit_ar", "unit_fr")
           if council.settings.get(key)}
    return {
        "code": council.code, "slug": council.slug, "kind": council.kind, "name_ar": council.title_ar,
        "name_fr": council.title_fr, "territory_ar": f"{ar} {council.name_ar}",
        "territory_fr": f"{fr} : {council.name_fr}",
    } | own


def _refuse_shape(kind: str, body: dict[str, Any]) -> None:
    try:
        shape.check_body(kind, body)
        canonical.normalise(body)
    except (shape.WrongShape, canonical.NotCanonical) as error:
        raise ValidationError(
            _("This document cannot be issued: %(reason)s"), params={"reason": str(error)}
        ) from error


def _document(kind: str, body: dict[str, Any], series: str, number: str, moment: datetime, ref: str) -> dict[str, Any]:
    council = current_council()
    return body | {
        "v": 1, "council": letterhead(council), "kind": kind, "number": number,
        "date": local_date(moment).isoformat(), "series": series, "dossier": ref, "demo": council.demo,
        "issued_at": moment.replace(microsecond=0).isoformat().replace("+00:00", "Z"),
    }


def issue(
    kind: str, body: dict[str, Any], *, series: str = "", at: datetime | None = None,
    signature: Signature | None = None, dossier_ref: str = "",
) -> Act:
    """Number and seal an act, in the caller's transaction; the register gets one link and gives its head.

    `body` is the act document without what is filled in here (docs/acts.md). A kind that must be signed needs
    a `signature` from `check_power`. Raises ValidationError (shape), NoSigningPower, UnknownKind, NoKey.
    """
    known, moment = kind_of(kind), at or now()
    _refuse_shape(kind, body)
    if (known.signed and signature is None) or (signature is not None and signature.kind != kind):
        raise NoSigningPower(_("This act needs a signature before it is numbered and sealed."))
    series = series or known.series
    with transaction.atomic():
        key = current_key()
        number = str(next_number(series, local_date(moment).year))
        document = _document(kind, body, series, number, moment, dossier_ref) | {
            "register_head": head()[1], "signature": signature.to_document() if signature else None,
        }
        document = canonical.normalise(document)
        digest = canonical.digest(document)
        message = cose.sign(cose.claims_of(document, digest), key.private)
        content = keep_content(document)
        act = Act.objects.create(
            kind=kind, series=series, number=number, date=local_date(moment), dossier_ref=dossier_ref,
            content=content, sha256=digest.hex(), cose=message, check_code=cose.check_code(message),
            issued_at=moment.replace(microsecond=0), **(signature.columns() if signature else {}),
        )
        append("act_issued", {"number": number, "kind": kind, "kid": key.kid}, content_commitment(content))
    return act


def prepare_draft(
    kind: str, body: dict[str, Any], *, series: str = "", dossier_ref: str = "", by: Person | None = None
) -> Draft:
    """Keep a document being prepared. It has neither number nor seal until it is signed and issued."""
    known = kind_of(kind)
    _refuse_shape(kind, body)
    return Draft.objects.create(
        kind=kind, series=series or known.series, body=canonical.normalise(body), dossier_ref=dossier_ref,
        prepared_by=by, prepared_at=now(),
    )


def change_draft(draft: Draft, body: dict[str, Any]) -> Draft:
    """Change a draft that nobody signed. What was printed before is no longer what would be signed."""
    with transaction.atomic():
        locked = _locked(draft)
        if locked.is_signed:
            raise ValidationError(_("A signed document cannot be changed: prepare another one."))
        _refuse_shape(locked.kind, body)
        locked.body, locked.printed = canonical.normalise(body), None
        locked.save(update_fields=["body", "printed"])
    return locked


def _locked(draft: Draft) -> Draft:
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.act_id is not None:
        raise ValidationError(_("This document was already issued."))
    return locked


def draft_pdf(draft: Draft) -> StoredFile:
    """The PDF to sign by hand or with a qualified certificate; the same file until the draft changes."""
    if draft.printed is None:
        document = _document(draft.kind, draft.body, draft.series, "........", draft.prepared_at, draft.dossier_ref)
        made = pdf.render(document | {"signature": None, "register_head": ""}, months=_months())
        draft.printed = keep_file(made, _PDF)
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
    kept = None
    if means == Means.QUALIFIED:
        kept = _qualified(draft, file)
    elif file:
        kept = keep_file(file, _media_type(file))
    with transaction.atomic():
        locked = _locked(draft)
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
    return keep_file(file, _PDF)


def _media_type(content: bytes) -> str:
    """What a scan is, by its first bytes. Raises ValidationError for anything but PDF, JPEG and PNG."""
    for start, media_type in ((b"%PDF", _PDF), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n", "image/png")):
        if content.startswith(start):
            return media_type
    raise ValidationError(_("A scan is a PDF, a JPEG or a PNG file."))


def issue_draft(draft: Draft, *, at: datetime | None = None) -> Act:
    """Number and seal a signed draft. Raises NoSigningPower when nobody signed it."""
    with transaction.atomic():
        locked = _locked(draft)
        signature = None
        if locked.signed_by is not None and locked.signed_on is not None:
            signature = check_power(
                locked.signed_by, locked.kind, locked.signed_on, locked.signed_means, locked.signed_file
            )
        act = issue(
            locked.kind, locked.body, series=locked.series, at=at, signature=signature,
            dossier_ref=locked.dossier_ref,
        )
        locked.act = act
        locked.save(update_fields=["act"])
    return act


def _months() -> str:
    return str(current_council().settings.get("months", "administrative"))


def pdf_of(act: Act, paper: str = "") -> StoredFile:
    """The sealed PDF of an act: made on first request or by the queue, then kept and given again.

    Raises ContentErased, NoKey, PdfRefused. Outside any transaction of a filing: it takes about 60 ms.
    """
    paper = paper or kind_of(act.kind).paper
    found = ActPdf.objects.filter(act=act, paper=paper).select_related("file").first()
    if found is not None:
        return found.file
    signed = None
    if act.signed_means == Means.QUALIFIED and act.signed_file is not None:
        with act.signed_file.open() as stream:
            signed = stream.read()
    made = pdf.render(act.document, message=bytes(act.cose), base=printed_base(current_council()), paper=paper,
                      months=_months(), signed=signed)
    kept = keep_file(seal.seal(made, current_key(), now()), _PDF)
    try:
        with transaction.atomic():
            ActPdf.objects.create(act=act, paper=paper, file=kept, made_at=now())
            append("act_sealed", {"number": act.number, "paper": paper, "sha256": kept.sha256})
    except IntegrityError:  # another worker was faster: there is one sealed file, the first
        return ActPdf.objects.select_related("file").get(act=act, paper=paper).file
    return kept


def attach_scan(act: Act, scan: bytes) -> StoredFile:
    """Keep the scan of the paper signed by hand, once; its hash goes into the register."""
    kept = keep_file(scan, _media_type(scan))
    with transaction.atomic():
        locked = Act.objects.select_for_update().get(pk=act.pk)
        if locked.signed_means != Means.WET_INK or locked.signed_file_id is not None:
            raise ValidationError(_("This act waits for no scan."))
        Act.objects.filter(pk=act.pk).update(signed_file=kept)
        append("act_scanned", {"number": act.number, "sha256": kept.sha256})
    act.signed_file = kept
    return kept


def mark_notified(act: Act, how: str, on: date, proof: str, file: bytes | None = None) -> Act:
    """Record that the act reached the person: how, when, and the proof. Sending alone is not notification.

    `proof`: the reference of the signed slip, the acknowledgement. Raises ValidationError.
    """
    if how not in NoticeMeans.values or not proof.strip():
        raise ValidationError(_("Say how the act was notified and give the proof: sending alone starts no delay."))
    if not act.date <= on <= today():
        raise ValidationError(_("The notification is between the date of the act and today."))
    kept = keep_file(file, _media_type(file)) if file else None
    with transaction.atomic():
        locked = Act.objects.select_for_update().get(pk=act.pk)
        if locked.notified_on is not None:
            raise ValidationError(_("This act was already notified."))
        Act.objects.filter(pk=act.pk).update(
            notified_on=on, notified_means=how, notified_proof=proof.strip(), notified_file=kept
        )
        fields = {"number": act.number, "means": how, "on": on, "proof_sha256": kept.sha256 if kept else ""}
        append("act_notified", fields)
    act.refresh_from_db()
    return act


def annul(act: Act, reason: str) -> Act:
    """Say that an act no longer stands; the paper stays, the verifier tells it on line."""
    return _end(act, Act.Status.ANNULLED, reason, None)


def replace(act: Act, new: Act, reason: str) -> Act:
    """Say that another act stands in its place."""
    if new.pk == act.pk:
        raise ValidationError(_("An act cannot replace itself."))
    return _end(act, Act.Status.REPLACED, reason, new)


def _end(act: Act, status: str, reason: str, new: Act | None) -> Act:
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    with transaction.atomic():
        locked = Act.objects.select_for_update().get(pk=act.pk)
        if locked.status != Act.Status.VALID:
            raise ValidationError(_("This act no longer stands."))
        Act.objects.filter(pk=act.pk).update(
            status=status, status_at=now(), status_reason=reason.strip(), replaced_by=new
        )
        append(f"act_{status}", {"number": act.number, "by": new.number if new else ""})
    act.refresh_from_db()
    return act
