"""What the chain answers for in dossiers: each fact, what was opened and asked, the documents that came with a fact."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tadbir.dossiers.document_proofs import Documents
from tadbir.dossiers.models import ClosedDay, DefinitionChange, Dossier, Fact
from tadbir.dossiers.models import Link as DossierLink
from tadbir.register import subjects
from tadbir.register.actions import content_commitment
from tadbir.register.canonical import canonical, plain, sha256_hex
from tadbir.register.models import Entry
from tadbir.register.proving import Difference, Proof, Told, declare, differs


def link_fields(number: str, fact: Fact) -> dict[str, Any]:
    """What the link of a fact says."""
    told = {"dossier": number, "fact": fact.kind, "at": fact.happened_at, "by": fact.by_id, "data": fact.data}
    if fact.source != "office":
        told["source"] = fact.source
    if fact.kind == "code_renewed":
        told["code_version"] = fact.data["code_version"]
    if fact.voids_id is not None:
        told["voids"] = fact.voids_id
    if fact.relayed_from_id is not None:
        told["relayed"] = fact.relayed_from_id
    return told


def opened(dossier: Dossier) -> dict[str, Any]:
    """What the first link of a dossier says of it besides: what was asked stands under a commitment."""
    return {
        "kind": dossier.kind,
        "channel": dossier.channel,
        "on": dossier.opened_on,
        "sheet": dossier.sheet_id,
        "applicant": dossier.applicant_id,
        "representative": dossier.representative_id,
        "request": content_commitment(dossier.request),
    }


class Facts(Proof):
    """A fact is what its link says, word for word, and its private words are those that the link commits to."""

    noun = "fact"
    begins = frozenset({"fact"})

    def rows(self) -> QuerySet[Fact]:
        return Fact.objects.select_related("entry", "content", "dossier")

    def of_rows(self, rows: Sequence[Fact]) -> Iterator[Difference]:
        for row in rows:
            what = f"fact {row.pk} of {row.dossier.number} ({row.kind})"
            for why in self._of(row):
                yield differs(what, why, row.pk, row.entry)

    def _of(self, row: Fact) -> Iterator[str]:
        told, now = row.entry.fields, plain(link_fields(row.dossier.number, row))
        if row.entry.kind != "fact":
            yield "stands under a link of another kind"
            return
        for name in sorted(told.keys() | now.keys() - {"source", "relayed"}):
            if name not in ("opened", "at") and told.get(name) != now.get(name):
                yield f"{name} is {now.get(name)!r}, the register says {told.get(name)!r}"
        if datetime.fromisoformat(told["at"]) != row.happened_at:
            yield f"happened on {row.happened_at:%Y-%m-%d %H:%M}, the register says {told['at']}"
        if row.recorded_at != row.entry.at:
            yield "was recorded at another moment than its link"
        if bool(row.entry.commitment) != (row.content is not None):
            yield "its words are gone" if row.content is None else "has words that its link does not know"
        elif row.content and row.content.body is not None and content_commitment(row.content) != row.entry.commitment:
            yield "its words were changed"

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        there = set(Fact.objects.filter(entry__in=[link.pk for link in links]).values_list("entry", flat=True))
        for link in links:
            if link.pk not in there:
                what = f"fact of {link.fields['dossier']} ({link.fields['fact']})"
                yield differs(what, "is not there", link.seq, link)


class Dossiers(Told):
    """A dossier is the one that was opened: whose, when, how, what was asked, and the version of its code."""

    noun, column = "dossier", "number"
    begins = frozenset({"fact"})

    def rows(self) -> QuerySet[Dossier]:
        return Dossier.objects.select_related("request")

    def says(self, entry: Entry) -> Mapping[str, Any]:
        if entry.kind != "fact":
            return {name: value for name, value in entry.fields.items() if name != "dossier"}
        told: dict[str, Any] = entry.fields.get("opened", {})
        return told | {name: entry.fields[name] for name in ("code_version",) if name in entry.fields}

    def now(self, row: Dossier) -> Mapping[str, Any]:
        found = opened(row) | {"code_version": row.code_version}
        if row.erased_at is not None:  # proved by its erasure
            del found["request"], found["applicant"], found["representative"]
        return found

    def besides(self, row: Dossier, links: Sequence[Entry]) -> Iterator[str]:
        if row.code_version != 1 and not any("code_version" in link.fields for link in links):
            yield f"code_version is {row.code_version}, the register says 1"


class Joined(Told):
    """Two dossiers are joined as somebody joined them."""

    noun, called = "dossier_link", "tie of dossiers"
    begins = frozenset({"dossiers_linked"})

    def rows(self) -> QuerySet[DossierLink]:
        return DossierLink.objects.select_related("source", "target")

    def titled(self, row: DossierLink) -> str:
        return f"the tie of dossier {row.source.number} to dossier {row.target.number}"

    def says(self, entry: Entry) -> Mapping[str, Any]:
        return {name: value for name, value in entry.fields.items() if name != "dossier_link"}

    def now(self, row: DossierLink) -> Mapping[str, Any]:
        return joined_fields(row)


def joined_fields(row: DossierLink) -> dict[str, Any]:
    """What the links of the register say of two dossiers that are joined."""
    return {"source": row.source.number, "target": row.target.number, "how": row.kind, "by": row.by_id}


def changed_fields(row: DefinitionChange) -> dict[str, Any]:
    """What the link of a change of a rule or a wording says: its words by their digest."""
    return {
        "subject": row.subject,
        "code": row.code,
        "corrects": row.corrects,
        "digest": row.digest,
        "off": row.off,
        "keys": sorted(row.keys),
        "words": sha256_hex(canonical([row.keys, row.shipped, row.reason_ar, row.reason_fr, row.source])),
        "from": row.since,
        "by": row.by_id,
    }


class Changes(Told):
    """A rule or a wording that the council corrected says what was decided, for as long as the links say."""

    noun = "change"
    begins = frozenset({"definition_changed"})

    def rows(self) -> QuerySet[DefinitionChange]:
        return DefinitionChange.objects.all()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        if entry.kind == "definition_ended":
            return {"over_from": entry.fields["over_from"]}
        return {"over_from": None} | {name: value for name, value in entry.fields.items() if name != "change"}

    def now(self, row: DefinitionChange) -> Mapping[str, Any]:
        return {**changed_fields(row), "over_from": row.over_from}


class ClosedDays(Told):
    """A day that the calendar learned is the one that was typed in, or put right, or withdrawn."""

    noun = "closed_day"
    begins = frozenset({"closed_day_learned"})

    def rows(self) -> QuerySet[ClosedDay]:
        return ClosedDay.objects.all()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        return {name: value for name, value in entry.fields.items() if name not in ("closed_day", "since", "by")}

    def now(self, row: ClosedDay) -> Mapping[str, Any]:
        return closed_day_fields(row)


def closed_day_fields(row: ClosedDay) -> dict[str, Any]:
    """What the links say of a day of the calendar."""
    columns = ("kind", "feast", "day", "days", "source", "withdrawn")
    return {name: getattr(row, name) for name in columns}


def declare_all() -> None:
    """What the links of dossiers are about, and their proofs."""
    subjects.declare("dossier", "dossier", "fact", when=("opened", "code_version"))
    subjects.declare("dossier", "dossier", "dossier_stands", "dossier_corrected")
    subjects.declare("documents", "fact", "documents_kept", "documents_stands")
    subjects.declare("dossier_link", "dossier_link", "dossiers_linked", "dossier_link_stands")
    subjects.declare("document", "document", "document_scanned", "document_withdrawn", "document_replaced")
    subjects.declare("change", "change", "definition_changed", "definition_ended", "change_stands")
    subjects.declare("closed_day", "closed_day", "closed_day_learned", "closed_day_corrected", "closed_day_stands")
    declare(Facts(), Dossiers(), Documents(), Joined(), Changes(), ClosedDays())
