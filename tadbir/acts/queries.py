"""Reading acts."""

from typing import Any

from django.conf import settings

from tadbir.acts.documents import cose, pki
from tadbir.acts.kinds import all_kinds
from tadbir.acts.models import Act, SealKey
from tadbir.councils.clock import local_date
from tadbir.councils.models import Council
from tadbir.councils.scope import current_council
from tadbir.register.queries import is_in_chain


def printed_base(council: Council) -> str:
    """The council's address as printed on papers; it must outlive them."""
    if council.host:
        return f"https://{council.host}"
    return f"{settings.PRINTED_BASE_URL.rstrip('/')}/{council.slug}"


def acts_of(dossier_ref: str) -> list[Act]:
    """The acts of one dossier, oldest first."""
    people = ("signed_by", "recorded_by")
    return list(Act.objects.filter(dossier_ref=dossier_ref).select_related(*people))


def act_by_number(number: str) -> Act | None:
    """The act that bears this number."""
    return Act.objects.filter(number=number.strip()).select_related("content").first()


def known_keys() -> list[pki.KnownKey]:
    """Every seal key this council ever had, for verifiers."""
    return [row.known() for row in SealKey.objects.select_related("council")]


def key_list() -> dict[str, Any]:
    """What the public verifier keeps to work off line."""
    council = current_council()
    return {
        "council": {"code": council.code, "name_ar": council.title_ar, "name_fr": council.title_fr},
        "base": printed_base(council),
        "keys": [key.to_json() for key in known_keys()],
        "kinds": {kind.code: [kind.label_ar, kind.label_fr] for kind in all_kinds()},
    }


def status_of(act: Act) -> dict[str, Any]:
    """What the council says on line of an act today; no personal data."""
    return {
        "status": act.status,
        "number": act.number,
        "kind": act.kind,
        "date": act.date.isoformat(),
        "signed": act.signature_state,
        "signed_quality": act.signed_quality,
        "signed_on": act.signed_on.isoformat() if act.signed_on else None,
        "since": act.status_at.date().isoformat() if act.status_at else None,
        "replaced_by": act.replaced_by.number if act.replaced_by else None,
        "erased": local_date(act.content.erased_at).isoformat() if act.content.erased_at else None,
    }


def status_by_digest(sha256: str) -> dict[str, Any]:
    """Status of the act whose data has this SHA-256 (hexadecimal)."""
    act = Act.objects.filter(sha256=sha256.lower()).select_related("replaced_by", "content").first()
    return status_of(act) if act else {"status": "unknown"}


def status_by_code(number: str, typed_code: str) -> dict[str, Any]:
    """Status of the act with this number and check code, as typed by a person."""
    code, wanted = cose.read_code(typed_code), "".join(number.split())
    found = Act.objects.filter(number__iexact=wanted).select_related("replaced_by", "content")
    act = found.first() if code else None
    return status_of(act) if act and act.check_code == code else {"status": "unknown"}


def head_known(head: str) -> bool:
    """Whether a register head printed on a paper is still in this council's chain."""
    return is_in_chain(head) or head == "0" * 64
