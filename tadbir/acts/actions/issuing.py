"""Number and seal an act, and make its PDF.

`issue` is small and pure enough for the transaction of a filing; the PDF is made later, once (`pdf_of`).
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tadbir.acts.documents import apart, canonical, cose, pki, seal, shape
from tadbir.acts.keys import current_key
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, ActPdf, ContentErased, Means
from tadbir.acts.proofs import signature_fields
from tadbir.acts.queries import printed_base
from tadbir.acts.signing import NoSigningPower, Signature, require_known
from tadbir.councils.clock import local_date, now
from tadbir.councils.models import Council
from tadbir.councils.scope import current_council
from tadbir.register.actions import append, content_commitment, keep_content, keep_file, lock_head, next_number
from tadbir.register.models import Content, StoredFile

PDF = "application/pdf"


def letterhead(council: Council) -> dict[str, Any]:
    """The `council` part of an act document. Place, Tifinagh name and unit come from the council's settings."""
    ar, fr = ("عمالة", "Préfecture") if council.kind == Council.Kind.PREFECTURE else ("إقليم", "Province")
    own = {
        key: str(council.settings[key])
        for key in ("place_ar", "place_fr", "name_zgh", "unit_ar", "unit_fr")
        if council.settings.get(key)
    }
    return {
        "code": council.code,
        "slug": council.slug,
        "kind": council.kind,
        "name_ar": council.title_ar,
        "name_fr": council.title_fr,
        "territory_ar": f"{ar} {council.name_ar}",
        "territory_fr": f"{fr} : {council.name_fr}",
    } | own


def refuse_shape(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """The body in canonical form. Raises ValidationError unless it can be issued, and printed, as `kind`."""
    try:
        shape.check_body(kind_of(kind).layout, body)
        return dict(canonical.normalise(body))
    except (shape.WrongShape, canonical.NotCanonical) as error:
        raise ValidationError(_("This document cannot be issued: %(reason)s"), params={"reason": str(error)}) from error


def filled_in(kind: str, series: str, number: str, moment: datetime, ref: str) -> dict[str, Any]:
    """What `issue` adds to the body of an act, but for its signature and register head."""
    council = current_council()
    return {
        "v": 1,
        "council": letterhead(council),
        "kind": kind,
        "layout": kind_of(kind).layout,
        "number": number,
        "date": local_date(moment).isoformat(),
        "series": series,
        "dossier": ref,
        "demo": council.demo,
        "issued_at": moment.replace(microsecond=0).isoformat().replace("+00:00", "Z"),
    }


def _sealed(document: dict[str, Any], moment: datetime, key: pki.SealKey, signature: Signature | None) -> Act:
    """The row of a document that is complete, with its seal; its words are kept apart."""
    digest = canonical.digest(document, normalised=True)
    message = cose.sign(cose.claims_of(document, digest), key.private)
    return Act.objects.create(
        kind=document["kind"],
        series=document["series"],
        number=document["number"],
        date=local_date(moment),
        dossier_ref=document["dossier"],
        content=keep_content(document),
        sha256=digest.hex(),
        cose=message,
        check_code=cose.check_code(message),
        issued_at=moment.replace(microsecond=0),
        **(signature.columns() if signature else {}),
    )


def issue(
    kind: str,
    body: dict[str, Any],
    *,
    series: str = "",
    at: datetime | None = None,
    signature: Signature | None = None,
    dossier_ref: str = "",
) -> Act:
    """Number and seal an act, in the caller's transaction; the register gets one link and gives its head.

    `body` is the act document without what is filled in here (docs/acts.md). A kind that must be signed needs
    a `signature` from `check_power`. Raises ValidationError (shape), NoSigningPower, UnknownKind, NoKey.
    """
    known, moment = kind_of(kind), at or now()
    body = refuse_shape(kind, body)
    if (known.signed and signature is None) or (signature is not None and signature.kind != kind):
        raise NoSigningPower(_("This act needs a signature before it is numbered and sealed."))
    if signature is not None:
        require_known(signature.power, signature.on)
    series = series or known.series
    key = current_key()
    with transaction.atomic(savepoint=False):  # a number taken and not used undoes the caller's deed with it
        number = str(next_number(series, local_date(moment).year))
        newest = lock_head()
        added = filled_in(kind, series, number, moment, dossier_ref) | {
            "register_head": newest.hash,
            "signature": signature.to_document() if signature else None,
        }
        act = _sealed(body | canonical.normalise(added), moment, key, signature)
        link: dict[str, Any] = {"number": number, "kind": kind, "kid": key.kid, "dossier": dossier_ref}
        if signature is not None:
            link |= {"signed": signature_fields(act), "file": signature.file.sha256 if signature.file else ""}
            link |= {"state": signature.state, "recognised": signature.recognised}
        append("act_issued", link, content_commitment(act.content), after=newest)
    return act


def month_names() -> str:
    """Which names of months this council writes (law.md 6.4)."""
    return str(current_council().settings.get("months", "administrative"))


def pdf_of(act: Act, paper: str = "") -> StoredFile:
    """The sealed PDF of an act: made on first request or by the queue, then kept and given again.

    Raises ContentErased, NoKey, PdfRefused. Outside any transaction of a filing: it takes about 60 ms, a
    long register over a second.
    """
    paper, document = paper or kind_of(act.kind).paper, act.document
    found = ActPdf.objects.filter(act=act, paper=paper).select_related("file").first()
    if found is not None:
        return found.file
    signed = None
    if act.signed_means == Means.QUALIFIED and act.signed_file is not None:
        with act.signed_file.open() as stream:
            signed = stream.read()
    made = apart.render(
        document,
        message=bytes(act.cose),
        base=printed_base(current_council()),
        paper=paper,
        months=month_names(),
        signed=signed,
    )
    kept = keep_file(seal.seal(made, current_key(), now()), PDF)
    try:
        with transaction.atomic():
            if Content.objects.filter(pk=act.content_id, erased_at__isnull=False).exists():
                raise ContentErased  # in this very moment; what was made holds nothing and is swept
            ActPdf.objects.create(act=act, paper=paper, file=kept, made_at=now())
            append("act_sealed", {"number": act.number, "paper": paper, "sha256": kept.sha256})
    except IntegrityError:  # another worker was faster: there is one sealed file, the first
        return ActPdf.objects.select_related("file").get(act=act, paper=paper).file
    return kept
