"""Reading acts."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from tadbir.acts.documents import cose, pki
from tadbir.acts.kinds import all_kinds
from tadbir.acts.models import Act, Means, Scan, SealKey
from tadbir.councils.clock import local_date
from tadbir.councils.models import Council
from tadbir.councils.scope import current_council
from tadbir.councils.shown import Line, Shown
from tadbir.law.words import beside
from tadbir.reading.codes import kind_of_code, read_check_code
from tadbir.reading.numbers import DOSSIERS, Written, read_number
from tadbir.register.models import Entry, believed
from tadbir.register.queries import is_in_chain, numbers_meant, restored_over

#: What is said of a code that does not check papers.
_OTHER_CODES = {"follow": "tracking_code", "draft": "draft_code"}
#: Years in which a number without its year is looked for among the dossiers.
_MOST_REFS = 20


def printed_base(council: Council) -> str:
    """The council's address as printed on papers; it must outlive them."""
    if council.host:
        return f"https://{council.host}"
    return f"{settings.PRINTED_BASE_URL.rstrip('/')}/{council.slug}"


def acts_of(dossier_ref: str) -> list[Act]:
    """The acts of one dossier, oldest first."""
    read = ("signed_by", "recorded_by", "content")
    scans = Scan.objects.select_related("file", "added_by", "withdrawn_by")
    found = Act.objects.filter(dossier_ref=dossier_ref).select_related(*read)
    return list(found.prefetch_related(Prefetch("scans", queryset=scans)))


@dataclass(frozen=True)
class Given:
    """A day that a paper gave somebody: `date` says which date of a duty it is, `duty` the key of its row.

    The first papers do not say of which duty they speak.
    """

    number: str
    day: str
    date: str
    duty: str


def dates_given(dossier_ref: str) -> list[Given]:
    """The days, as ISO writes them, that receipts of a dossier gave its person."""
    found, acts = list[Given](), Act.objects.filter(kind="receipt", dossier_ref=dossier_ref)
    for act in acts.select_related("content").order_by("pk"):
        said = (act.content.body or {}).get("receipt", {})
        clock = said.get("clock") or {}
        days = (
            Given(act.number, clock.get("do_by") or "", "do_by", clock.get("duty", "")),
            Given(act.number, said.get("supply_by") or "", "file_before", said.get("supply_duty", "")),
        )
        found += [given for given in days if given.day]
    return found


def as_shown(act: Act) -> Shown:
    """What a page displays of an act: its text never changes, what became of it may."""
    told = beside(act.get_notified_means_display(), act.notified_on) if act.notified_on else ""
    lines = [
        Line("status", _("Whether it stands"), str(act.get_status_display()), act.status),
        Line("notified", _("Notification"), told, str(act.notified_on or "")),
    ]
    return Shown(f"act:{act.number}", lines)


def issued_link(act: Act) -> Entry:
    """The link of the register that says that an act was numbered and sealed."""
    return believed().get(about=f"act:{act.number}", kind="act_issued")


def series_of_acts() -> frozenset[str]:
    """The letters that the numbers of papers begin with."""
    return frozenset(kind.series for kind in all_kinds())


def act_by_number(number: str) -> Act | None:
    """The act that bears this number, as it is printed."""
    return Act.objects.filter(number=number).select_related("content").first()


def is_notified(number: str) -> bool:
    """Whether the person was notified of this act."""
    return Act.objects.filter(number=number, notified_on__isnull=False).exists()


def acts_meant(read: Written) -> list[Act]:
    """The acts that a number may mean as somebody wrote it: one where it is whole, else one of each series and year."""
    found = Act.objects.filter(number__in=numbers_meant(read, series_of_acts()))
    return list(found.select_related("replaced_by", "content"))


def public_keys() -> dict[bytes, Any]:
    """The public keys of the council, each under the name that it really has; not one that was made unreadable."""
    keys = [row.public() for row in SealKey.objects.select_related("council")]
    return {cose.key_id(public): public for public in keys if public is not None}


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


def effect_of(act: Act) -> str:
    """What keeps an act that stands from having its effect: `unnotified`, or `struck`: its notification was recorded,
    struck out, and none recorded since. Empty for what has its effect, or never waits for a notification."""
    if not act.waits_for_notification:
        return ""
    struck = believed().filter(about=f"act:{act.number}", kind="act_notification_corrected").exists()
    return "struck" if struck else "unnotified"


def status_of(act: Act) -> dict[str, Any]:
    """What the council says on line of an act today; no personal data of whom it concerns.

    An agent who said that it was signed by hand is named, as on the paper, and so is who handed in the scan on which
    the code of the print was recognised: no program sees a signature.
    """
    said, scan = act.signed_means == Means.WET_INK and act.recorded_by, act.recognised_scan
    return {
        "status": act.status,
        "effect": effect_of(act),
        "number": act.number,
        "kind": act.kind,
        "date": act.date.isoformat(),
        "signed": act.signature_state,
        "signed_quality": act.signed_quality,
        "signed_on": act.signed_on.isoformat() if act.signed_on else None,
        "recorded_by": [said.name_ar, said.name_fr] if said else None,
        "scan": _handed_in(scan) if scan else None,
        "since": act.status_at.date().isoformat() if act.status_at else None,
        "replaced_by": act.replaced_by.number if act.replaced_by else None,
        "erased": local_date(act.content.erased_at).isoformat() if act.content.erased_at else None,
    }


def _handed_in(scan: Scan) -> list[str]:
    """By whom, in Arabic and in French, and on which day."""
    by = scan.added_by
    return [by.name_ar if by else "", by.name_fr if by else "", local_date(scan.added_at).isoformat()]


def status_by_digest(sha256: str) -> dict[str, Any]:
    """Status of the act whose data has this SHA-256 (hexadecimal)."""
    act = Act.objects.filter(sha256=sha256.lower()).select_related("replaced_by", "content").first()
    return status_of(act) if act else {"status": "unknown"}


def status_by_code(typed_number: str, typed_code: str) -> dict[str, Any]:
    """Status of the act with this number and check code, as typed by a person.

    A paper bears other numbers and codes too. Whoever typed one of them is told which one to type: `number` and `code`
    of a status that is none of an act. Its dossier's number with its own code names the paper as well (`typed`).
    """
    read, code = read_number(typed_number), read_check_code(typed_code)
    if read is None:
        return {"status": "number_unreadable"}
    if not code:
        return {"status": _OTHER_CODES.get(kind_of_code(typed_code), "code_unreadable")}
    act = next((one for one in acts_meant(read) if one.check_code == code), None)
    if act is not None:
        return status_of(act)
    others = Act.objects.filter(dossier_ref__in=_refs_meant(read)).select_related("replaced_by", "content")
    act = next((one for one in others if one.check_code == code), None)
    if act is not None:
        return status_of(act) | {"typed": str(read) if read.whole else typed_number.strip()}
    is_papers = not read.series or read.series.rstrip("0123456789") in series_of_acts()
    return {"status": "unknown" if is_papers else "other_number"}


def _refs_meant(read: Written) -> list[str]:
    """Numbers of what papers belong to (a dossier, a block of receipts), where a number may mean one."""
    found = numbers_meant(replace(read, part=None), [DOSSIERS])
    return found[:_MOST_REFS]


def head_known(head: str, claims: cose.Claims) -> bool | date | None:
    """Whether the head printed on a paper that holds is still in the chain of the current council, which sealed it.

    A day: it is not, and the paper came after the backup of that day, from which the register was restored. None: the
    paper is another council's.
    """
    if claims.council != current_council().code:
        return None
    if is_in_chain(head) or head == "0" * 64:
        return True
    backup = restored_over(claims.issued_at)
    return local_date(backup) if backup else False
