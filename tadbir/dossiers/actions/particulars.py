"""What is written in a dossier put right: who asks, how he is reached, the subject, a document that is not its own.

A fact says what was put right, by whom and when; what stood there before is kept with it, as erasable as the rest.
Papers that were given keep the old words; new ones bear the new.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.actions import require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.dossiers.actions.recording import lock, record, refuse_erased, require_sight
from tadbir.dossiers.actions.upkeep import keep_documents
from tadbir.dossiers.models import Document, Dossier, Fact, Party
from tadbir.reading.letters import has_words
from tadbir.register.actions import append, content_commitment, erase_content, keep_content

#: Of whoever asks.
OF_APPLICANT = ("name", "phone", "email", "address")
#: Why the words of a request that was put right are no longer there: the fact keeps them.
GROUND = "put right: the words before are kept with the fact that says so"


def particulars(dossier: Dossier) -> dict[str, str]:
    """What may be put right of a dossier, as it stands."""
    found = {name: str(getattr(dossier.applicant, name)) for name in OF_APPLICANT} if dossier.applicant else {}
    if dossier.representative:
        found["representative"] = dossier.representative.name
    return found | ({"subject": dossier.subject} if dossier.request else {})


@transaction.atomic
def correct_particulars(dossier: Dossier, person: Person, told: Mapping[str, str], reason: str) -> Fact:
    """Put right what is written of the people and the subject of a dossier, for whoever serves at the counter.

    `told`: every particular as it should be. Raises PermissionDenied; ValidationError without a reason, without a
    name or a subject, or where nothing is otherwise.
    """
    require(person, Right.SERVE_AT_COUNTER)
    require_sight(person, dossier)
    dossier = lock(dossier)
    refuse_erased(dossier)
    now = particulars(dossier)
    changed = {name: told[name].strip() for name in now if name in told and told[name].strip() != now[name]}
    if not has_words(reason):
        raise ValidationError({"reason": _("Say why it is corrected.")})
    if not changed:
        raise ValidationError(_("Nothing is otherwise: there is nothing to correct."))
    if empty := [name for name in ("name", "representative", "subject") if changed.get(name) == ""]:
        raise ValidationError({empty[0]: _("This cannot be left empty.")})
    _write(dossier, changed)
    before = {name: now[name] for name in changed}
    private = {"reason": reason.strip(), "before": before, "after": changed}
    return record(dossier, "particulars_corrected", by=person, data={"what": list(changed)}, private=private)


def _write(dossier: Dossier, changed: Mapping[str, str]) -> None:
    """Write them where they stand; the register keeps whose dossier it is, and the commitment of what is asked."""
    of_applicant = {name: changed[name] for name in OF_APPLICANT if name in changed}
    if of_applicant:
        dossier.applicant = _put_right(dossier, dossier.applicant, of_applicant)
    if "representative" in changed:
        dossier.representative = _put_right(dossier, dossier.representative, {"name": changed["representative"]})
    old = dossier.request
    if "subject" in changed and old is not None:
        dossier.request = keep_content({**(old.body or {}), "subject": changed["subject"]}, salt=bytes(old.salt))
    dossier.save(update_fields=["applicant", "representative", "request"])
    if "subject" in changed and old is not None:
        erase_content(old, GROUND)
    people = {"applicant": dossier.applicant_id, "representative": dossier.representative_id}
    said = people | {"request": content_commitment(dossier.request)}
    append("dossier_corrected", {"dossier": dossier.number, **said})


def _put_right(dossier: Dossier, party: Party | None, values: Mapping[str, str]) -> Party:
    """Somebody as he should be written; one who stands in another dossier too is written anew for this one."""
    assert party is not None  # noqa: S101 - only what stands there is put right
    for role in ("applicant", "representative"):
        if Dossier.objects.filter(**{role: party}).exclude(pk=dossier.pk).exists():
            party.pk, party._state.adding = None, True
            break
    for name, value in values.items():
        setattr(party, name, value)
    party.save()
    return party


@transaction.atomic
def withdraw_document(document: Document, person: Person, reason: str, *, again: bool) -> Fact:
    """Take out of sight a document put into a dossier by mistake; its hash and the reason stay, and its bytes.

    `again`: the paper itself is there and was scanned wrong: it waits for its scan anew. Else the document is missing
    again, and is asked of the person as any other. Raises PermissionDenied, ValidationError.
    """
    require(person, Right.SERVE_AT_COUNTER)
    require_sight(person, document.dossier)
    dossier = lock(document.dossier)
    refuse_erased(dossier)
    if not has_words(reason):
        raise ValidationError({"reason": _("Say why it is corrected.")})
    sha256 = document.file.sha256 if document.file else ""
    if again and not sha256:
        raise ValidationError({"again": _("This paper was not scanned yet: there is no scan to take away.")})
    if not Document.objects.filter(pk=document.pk, dossier=dossier, withdrawn=False).update(withdrawn=True):
        raise ValidationError(_("This document was withdrawn already."))
    append("document_withdrawn", {"dossier": dossier.number, "document": document.pk, "sha256": sha256})
    if again:
        keep_documents(dossier, document.fact, [(document.requirement, document.name, None)], at=document.brought_at)
    told = {"document": document.pk, "requirement": document.requirement, "sha256": sha256, "again": again}
    return record(dossier, "document_withdrawn", by=person, data=told, private={"reason": reason.strip()})
