"""The dossier itself: opened, linked, given to somebody, its documents kept, a mistaken entry corrected."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import queries as who
from tadbir.councils.actions import require
from tadbir.councils.clock import now, today
from tadbir.councils.models import Person, Unit
from tadbir.councils.rights import Right
from tadbir.dossiers import clockwork, corrections, queries
from tadbir.dossiers.actions.recording import Happening, lock, record, record_all, require_work
from tadbir.dossiers.document_proofs import kept_fields
from tadbir.dossiers.models import Document, Dossier, Fact, Link
from tadbir.dossiers.proofs import joined_fields
from tadbir.dossiers.story import Story
from tadbir.reading.letters import has_words
from tadbir.register.actions import append
from tadbir.register.models import StoredFile


def open_dossier(*, number: str, kind: str, unit: Unit, **fields: Any) -> Dossier:
    """Open a dossier (inside the caller's transaction). Its first fact is recorded by the caller."""
    return Dossier.objects.create(
        number=number, kind=kind, unit=unit, opened_at=now(), opened_on=fields.pop("opened_on", today()), **fields
    )


@transaction.atomic
def link(source: Dossier, target: Dossier, kind: str, by: Person | None = None) -> Link:
    """Join two dossiers of the same council; doing it twice changes nothing."""
    made, new = Link.objects.get_or_create(
        source=source, target=target, kind=kind, defaults={"made_at": now(), "by": by}
    )
    if new:
        append("dossiers_linked", {"dossier_link": made.pk, **joined_fields(made)})
    return made


@transaction.atomic
def void_fact(fact: Fact, person: Person, reason: str, story: Story | None = None) -> Fact:
    """Correct an entry: a later fact voids it and says why. The mistaken fact stays in the register.

    The lapse of a delay that the entry had begun falls with it: no such delay ran. `story`: what happened in the
    dossier, where the caller holds its lock and has found that the entry may be corrected.
    """
    dossier = lock(fact.dossier)
    require_work(person, dossier)
    if not has_words(reason):
        raise ValidationError(_("Say why this entry is corrected."))
    if story is None:
        story = Story(clockwork.facts_of(dossier))
        corrections.require_correctable(fact, who.qualities_of(person, today()), story)
    said = [
        Happening("entry_corrected", data={"kind": one.kind}, private={"reason": reason}, voids=one)
        for one in corrections.struck_with(fact, story)
    ]
    return record_all(dossier, said, by=person).facts[0]


def keep_document(
    dossier: Dossier,
    fact: Fact,
    requirement: str,
    name: str,
    file: StoredFile | None,
    replaces: Document | None = None,
    *,
    at: datetime | None = None,
) -> Document:
    """Add a document to a dossier under the fact that brought it; `at`: when it came, where that was later."""
    document = keep_documents(dossier, fact, [(requirement, name, file)], at=at)[0]
    if replaces is not None:
        Document.objects.filter(pk=replaces.pk).update(replaced_by=document)
        append("document_replaced", {"dossier": dossier.number, "document": replaces.pk, "by": document.pk})
    return document


@transaction.atomic(savepoint=False)
def keep_documents(
    dossier: Dossier, fact: Fact, pieces: Sequence[tuple[str, str, StoredFile | None]], *, at: datetime | None = None
) -> list[Document]:
    """Add the documents (requirement, name, file) that came with one fact; the register keeps their hashes."""
    documents = [
        Document(
            council_id=dossier.council_id,
            dossier=dossier,
            requirement=requirement,
            name=name[:120],
            file=file,
            brought_at=at or fact.happened_at,
            fact=fact,
        )
        for requirement, name, file in pieces
    ]
    if documents:
        Document.objects.bulk_create(documents)
        append("documents_kept", kept_fields(documents, at))
    return documents


@transaction.atomic
def reassign(dossier: Dossier, person: Person, to: Person | None, unit: Unit, reason: str = "") -> Fact:
    """Give a dossier and its duties to another officer or unit (absence, load, mistake).

    Raises ValidationError for somebody who works in another unit than the one named: its head would not find him.
    """
    dossier = lock(dossier)
    require_work(person, dossier)
    if unit.council_id != dossier.council_id or (to is not None and to.council_id != dossier.council_id):
        raise PermissionDenied(_("This dossier is not yours to work on."))
    if to is not None and not who.holds(to, Right.BE_GIVEN_A_DOSSIER, today()):
        raise ValidationError({"to": _("This person cannot work on a dossier today.")})
    if to is not None and not queries.serves(to, unit):
        told = _("%(person)s does not work in %(unit)s: name his unit, or somebody of this one.")
        raise ValidationError({"to": told % {"person": to, "unit": unit}})
    if to is None and not queries.has_workers(unit):
        raise ValidationError({"to": _("Nobody works in this unit today: name a person.")})
    return _give(dossier, person, to, unit, reason)


@transaction.atomic
def hand_over(dossier: Dossier, person: Person, to: Person | None) -> Fact:
    """Give a dossier of somebody who leaves to another, or to its unit, where its head finds it.

    Whoever ends a role does so, though he may see no dossier. Raises PermissionDenied for anybody else.
    """
    require(person, Right.WRITE_PEOPLE)
    dossier = lock(dossier)
    return _give(dossier, person, to, dossier.unit, "")


def _give(dossier: Dossier, person: Person, to: Person | None, unit: Unit, reason: str) -> Fact:
    data = {"unit": unit.code, "person": to.pk if to else None}
    data |= {"from": dossier.unit.code, "from_person": dossier.officer_id}
    dossier.unit, dossier.officer = unit, to
    dossier.save(update_fields=["unit", "officer"])
    private = {"reason": reason} if reason else None
    # whatever the law says of its phase: a dossier that is closed goes too, with whoever leaves
    return record(dossier, "reassigned", by=person, data=data, private=private, check=False)
