"""What the chain answers for in official papers: what each says, who signed it, what became of it, its sealed PDFs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from tadbir.acts.documents import canonical, cose
from tadbir.acts.models import Act, ActPdf, KeptScan, Means, Scan, SealKey
from tadbir.acts.power_proof import without_power
from tadbir.acts.queries import public_keys
from tadbir.councils.scope import current_council
from tadbir.register import subjects
from tadbir.register.actions import Link, commitment_of, content_commitment
from tadbir.register.models import Entry
from tadbir.register.proving import Difference, Proof, Told, declare, differs, links_about


def signature_fields(act: Act) -> dict[str, Any]:
    """Who signed an act, as its link says it: ids, days and codes, never a name."""
    fields = {
        "by": act.signed_by_id,
        "quality": act.signed_quality,
        "article": act.signed_article,
        "delegation": act.signed_delegation_id,
        "on": act.signed_on,
        "means": act.signed_means,
        "recorded_by": act.recorded_by_id,
    }
    return fields if any(fields.values()) else {}


def salted(act: Act, text: str) -> str:
    """What a link says of a few words kept with an act: nothing once the act's text, and its salt, are erased."""
    return commitment_of(act.content.salt, text)


#: What each link tells of an act beside its number.
_TELLS: dict[str, dict[str, Any]] = {
    "act_notification_corrected": {"notified_on": None, "notified_means": "", "notified_file": "", "proof": None},
    "act_annulled": {"status": Act.Status.ANNULLED},
    "act_replaced": {"status": Act.Status.REPLACED},
}
#: What holds of an act that no later link spoke of.
_AT_FIRST = {
    "signed": {},
    "signed_file": "",
    "recognised": False,
    "status": Act.Status.VALID,
    "replaced_by": "",
    "reason": "",
    "notified_on": None,
    "notified_means": "",
    "notified_file": "",
}
#: Other names of the same in a link.
_NAMES = {
    "act_issued": {
        "kind": "kind",
        "dossier": "dossier",
        "signed": "signed",
        "file": "signed_file",
        "recognised": "recognised",
    },
    "act_scanned": {"sha256": "signed_file", "recognised": "recognised"},
    "act_scan_withdrawn": {"stands": "signed_file", "recognised": "recognised"},
    "act_notified": {"on": "notified_on", "means": "notified_means", "proof_sha256": "notified_file", "proof": "proof"},
    "act_annulled": {"reason": "reason"},
    "act_replaced": {"by": "replaced_by", "reason": "reason"},
}


class Acts(Told):
    """An act is what its document, its seal and the links about it say."""

    noun, column = "act", "number"
    begins = frozenset({"act_issued"})

    def rows(self) -> QuerySet[Act]:
        return Act.objects.select_related("content", "signed_file", "notified_file", "replaced_by")

    def says(self, entry: Entry) -> Mapping[str, Any]:
        if entry.kind == "act_stands":
            return {name: value for name, value in entry.fields.items() if name != "number"}
        names = _NAMES.get(entry.kind, {})
        told = {names[name]: value for name, value in entry.fields.items() if name in names}
        if entry.kind == "act_issued":
            return {"words": entry.commitment, **_AT_FIRST, **told}
        return {**told, **_TELLS.get(entry.kind, {})}

    def now(self, row: Act) -> Mapping[str, Any]:
        found = {
            "kind": row.kind,
            "dossier": row.dossier_ref,
            "signed": signature_fields(row),
            "signed_file": row.signed_file.sha256 if row.signed_file else "",
            "recognised": row.scan_recognised,
            "status": row.status,
            "replaced_by": row.replaced_by.number if row.replaced_by else "",
            "notified_on": row.notified_on,
            "notified_means": row.notified_means,
            "notified_file": row.notified_file.sha256 if row.notified_file else "",
        }
        if row.content.body is None:  # proved by its erasure (`register.proofs`)
            return found
        proof = salted(row, row.notified_proof) if row.notified_on else None
        return found | {
            "words": content_commitment(row.content),
            "proof": proof,
            "reason": salted(row, row.status_reason) if row.status_reason or row.status != Act.Status.VALID else "",
        }

    def version(self) -> str:
        return "2"  # 2: who signed and the scan stand in the link of the act, not in its row alone

    def baseline(self, rows: Sequence[Act]) -> list[Link]:
        found, waiting = links_about(self.noun, [row.number for row in rows]), list[Link]()
        for row in rows:
            told: dict[str, Any] = {}
            for link in found.get(f"{self.noun}:{row.number}", []):
                told.update(link.fields)
            if "signed" not in told and (signed := signature_fields(row)):
                scan = row.signed_file.sha256 if row.signed_file and "sha256" not in told else None
                more = {} if scan is None else {"signed_file": scan, "recognised": row.scan_recognised}
                waiting.append(Link("act_stands", {"number": row.number, "signed": signed, **more}))
        return waiting

    def of_rows(self, rows: Sequence[Act]) -> Iterator[Difference]:
        yield from super().of_rows(rows)
        yield from without_power(rows)

    def besides(self, row: Act, links: Sequence[Entry]) -> Iterator[str]:
        try:
            claims = cose.verify(bytes(row.cose), public_keys())
        except cose.BadSeal as error:
            yield f"its seal does not hold ({error})"
            return
        sealed = (claims.council, claims.number, claims.kind, claims.date, claims.sha256.hex(), claims.issued_at)
        code = current_council().code
        if sealed != (code, row.number, row.kind, row.date.isoformat(), row.sha256, row.issued_at):
            yield "it is not what its seal says"
        if row.check_code != cose.check_code(bytes(row.cose)):
            yield "its check code is not that of its seal"
        if row.content.body is not None:
            yield from self._document(row, links)

    def _document(self, row: Act, links: Sequence[Entry]) -> Iterator[str]:
        document = row.document
        if canonical.digest(document, normalised=True).hex() != row.sha256:
            yield "its text is not what was sealed"
        if (document.get("series"), document.get("dossier")) != (row.series, row.dossier_ref):
            yield "its series or its dossier is not that of its text"
        issued = next(link for link in links if self._begins(link))
        if document.get("register_head") != issued.previous:
            yield "the head of the register printed on it is not the one before its link"


class Keys(Told):
    """A seal key is the one that the register saw made, and is revoked where it says so."""

    noun, column = "seal_key", "kid"
    begins = frozenset({"seal_key_made"})

    def rows(self) -> QuerySet[SealKey]:
        return SealKey.objects.select_related("council")

    def says(self, entry: Entry) -> Mapping[str, Any]:
        if entry.kind == "seal_key_made":
            return {"revoked": False, "ends_at": entry.fields["ends_at"]}
        return {"revoked": True}

    def now(self, row: SealKey) -> Mapping[str, Any]:
        return {"revoked": row.revoked_at is not None, "ends_at": row.ends_at}

    def besides(self, row: SealKey, links: Sequence[Entry]) -> Iterator[str]:
        if (public := row.public()) is None or cose.key_id(public).hex() != row.kid:
            yield "its certificate is of another key"


class Pdfs(Proof):
    """The PDF kept of an act is the one that was sealed; that its bytes are those is proved with every file."""

    noun = "sealed_pdf"
    begins = frozenset({"act_sealed"})

    def rows(self) -> QuerySet[ActPdf]:
        return ActPdf.objects.select_related("act", "file")

    def of_rows(self, rows: Sequence[ActPdf]) -> Iterator[Difference]:
        found = links_about("act", {row.act.number for row in rows})
        for row in rows:
            what, links = f"PDF of {row.act.number} ({row.paper})", found.get(f"act:{row.act.number}", [])
            sealed = [one for one in links if one.kind == "act_sealed" and one.fields["paper"] == row.paper]
            if not sealed:
                yield differs(what, "stands under no link", row.pk)
            elif sealed[0].fields["sha256"] != row.file.sha256:
                yield differs(what, "is another file than the one that was sealed", row.pk, sealed[0])

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        numbers = [link.fields["number"] for link in links]
        there = set(self.rows().filter(act__number__in=numbers).values_list("act__number", "paper"))
        for link in links:
            if (link.fields["number"], link.fields["paper"]) not in there:
                yield differs(f"PDF of {link.fields['number']}", "is not there", link.seq, link)


class Scans(Proof):
    """A scan is the one that was kept, by whom and when, and was taken away where the register says so.

    Scans of other papers are proved in the same way: what is told of them under other names is told here.
    """

    noun = "act_scan"
    begins = frozenset({"act_issued", "act_scanned"})
    about, paper, withdrawal = "act", "act__number", "act_scan_withdrawn"

    def rows(self) -> QuerySet[Any]:
        return Scan.objects.select_related("act", "file")

    def number(self, row: Any) -> str:
        """The number of its paper."""
        return str(row.act.number)

    def kept(self, link: Entry) -> Mapping[str, Any]:
        """The scan that a link keeps; nothing where it keeps none."""
        told, signed = link.fields, link.fields.get("signed") or {}
        if link.kind == "act_scanned":
            return {"sha256": told["sha256"], "recognised": told["recognised"], "by": told.get("by"), "at_seal": False}
        sha256 = told.get("file", "")
        if not sha256 or signed.get("means") != Means.WET_INK:
            return {}
        by, recognised = signed.get("recorded_by"), told.get("recognised", False)
        return {"sha256": sha256, "recognised": recognised, "by": by, "at_seal": True}

    def now(self, row: Any) -> Mapping[str, Any]:
        """The same of the row."""
        return {**scan_fields(row), "at_seal": row.at_seal}

    def of_rows(self, rows: Sequence[Any]) -> Iterator[Difference]:
        found = links_about(self.about, {self.number(row) for row in rows})
        for row in rows:
            what, links = f"scan of {self.number(row)}", found.get(f"{self.about}:{self.number(row)}", [])
            told = [(self.kept(link), link) for link in links if link.kind in self.begins]
            mine = [link for one, link in told if one and (one, link.at) == (self.now(row), row.added_at)]
            if not mine:
                yield differs(what, "is not what was kept", row.pk)
            gone = self._gone(links, row.file.sha256)
            said = [(one.at, one.fields["by"], *self.why(one)) for one in gone]
            stands = row.withdrawn_at is None and row.withdrawn_by_id is None and not any(self.withdrawn(row))
            if ([] if stands else [(row.withdrawn_at, row.withdrawn_by_id, *self.withdrawn(row))]) != said:
                yield differs(what, "was taken away, or was not, and the register says otherwise", row.pk, *gone[-1:])

    def _gone(self, links: Iterable[Entry], sha256: str) -> list[Entry]:
        """The withdrawal of a file that stands: none once it was given again."""
        gone: list[Entry] = []
        for link in links:
            if link.kind == self.withdrawal and link.fields["sha256"] == sha256:
                gone.append(link)
            elif link.kind in self.begins and self.kept(link).get("sha256") == sha256:
                gone = []
        return gone

    def why(self, link: Entry) -> tuple[str, ...]:
        """What a withdrawal says besides."""
        return ()

    def withdrawn(self, row: Any) -> tuple[str, ...]:
        """The same of the row."""
        return ()

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        wanted = {(link.fields.get("number", ""), one["sha256"]): link for link in links if (one := self.kept(link))}
        hashes = {sha256 for _number, sha256 in wanted}
        there = set(self.rows().filter(file__sha256__in=hashes).values_list(self.paper, "file__sha256"))
        for number, sha256 in wanted.keys() - there:
            link = wanted[number, sha256]
            yield differs(f"scan of {number}", "is not there", link.seq, link)


def scan_fields(row: KeptScan) -> dict[str, Any]:
    """What the link of a scan says of any: its file, whether its code was read, who kept it."""
    return {"sha256": row.file.sha256, "recognised": row.recognised, "by": row.added_by_id}


def declare_all() -> None:
    """What the links of acts are about, and their proofs."""
    after = (
        "stands",
        "scanned",
        "scan_withdrawn",
        "notified",
        "notification_corrected",
        "annulled",
        "replaced",
        "sealed",
    )
    subjects.declare("act", "number", "act_issued", *(f"act_{one}" for one in after))
    subjects.declare("seal_key", "kid", "seal_key_made", "seal_key_revoked")
    declare(Acts(), Scans(), Pdfs(), Keys())
