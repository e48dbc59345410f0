"""The documents that a person sends once his request was filed: what was asked for, one more sheet of it, what goes
with his answer. Each is kept at once; whoever is in charge is told of what nobody waited for."""

from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.clock import local_date, today
from tadbir.desk.actions.giving import in_charge
from tadbir.desk.added import SAME_FILE
from tadbir.desk.notices import tell_agent
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.register.actions import keep_upload
from tadbir.register.models import StoredFile
from tadbir.services.actions.verbs import receive_document
from tadbir.services.requests import DOCUMENTS_AT_MOST, OTHER, TOO_MANY, WITH_ANSWER


def receive_upload(dossier: Dossier, requirement: str, name: str, stream: IO[bytes], size: int) -> Document:
    """Check and keep a document that its person sends: the one that is waited for, else one more beside what is there.

    The very file of a document sent again is the one that came first. Raises ValidationError for what cannot be kept,
    is not a document of this request, is one too many, or is the very file that must be replaced: that it was sent is
    recorded, for whoever waits for another; Refused once the council answered.
    """
    file = keep_upload(stream, size)
    with transaction.atomic():
        kept = _kept(dossiers.lock(dossier), requirement, name, file)
    if kept is None:
        told = _(
            "This is the very file that the council asks you to replace. Send another photo or scan of it, or bring "
            "the document to the counter, with your number."
        )
        raise ValidationError(told, code="same")
    return kept


def _kept(dossier: Dossier, requirement: str, name: str, file: StoredFile) -> Document | None:
    """The document as it was kept; None for the very file that another copy was asked of."""
    story, here = Story(clockwork.facts_of(dossier)), queries.documents(dossier)
    same = here.filter(requirement=requirement, file=file).select_related("fact").last()
    if _is_awaited(dossier, story, requirement):
        if same is None:
            return receive_document(dossier, requirement, name, file)[0]
        _record_same(dossier, story, requirement)
        return None
    if same is not None:
        return same
    if here.count() >= DOCUMENTS_AT_MOST:
        raise ValidationError(TOO_MANY, code="count")
    return _add(dossier, story, requirement, name, file)


def _record_same(dossier: Dossier, story: Story, requirement: str) -> None:
    """That the same file came for what must be replaced, once a day: whoever waits for another sees it."""
    waiting = [one for one in story.waiting("replacement_asked") if one.data.get("document") == requirement]
    asked = str(waiting[-1].pk) if waiting else ""
    before = (one for one in story.of(SAME_FILE) if one.data.get("asked") == asked)
    if waiting and not any(local_date(one.happened_at) == today() for one in before):
        dossiers.record(dossier, SAME_FILE, source="online", data={"document": requirement, "asked": asked})


def _is_awaited(dossier: Dossier, story: Story, requirement: str) -> bool:
    """Whether it lacks, or another copy of it was asked for. An original is shown at the counter."""
    if any(one.data.get("document") == requirement for one in story.waiting("replacement_asked")):
        return True
    sheet = dossier.sheet.parsed if dossier.sheet else None
    brought = set(queries.documents(dossier).values_list("requirement", flat=True))
    return any(one.code == requirement for one in story.missing(sheet, dossier.applicant_kind, brought))


def _add(dossier: Dossier, story: Story, requirement: str, name: str, file: StoredFile) -> Document:
    sheet = dossier.sheet.parsed if dossier.sheet else None
    asked, known = story.last("information_asked"), sheet and sheet.document(requirement)
    if requirement == WITH_ANSWER and asked is not None:
        data = {"asked": str(asked.pk)}
    elif requirement == OTHER or (known and known.obtained_by == "user"):
        data = {"document": requirement}
    else:
        raise ValidationError(_("The sheet does not ask for this document."), code="requirement")
    fact = dossiers.record(dossier, "document_added", source="online", data=data)
    return dossiers.keep_document(dossier, fact, requirement, name, file)


def tell_added(dossier: Dossier, fact: Fact) -> None:
    """Its person added something that nobody waited for: whoever is in charge is told, once a day for each dossier."""
    if fact.by_id is not None or fact.source != "online":
        return
    for person in in_charge(dossier):
        key = f"person_added:{dossier.pk}:{today()}:p{person.pk}"
        tell_agent(person, "person_added", dossier, key=key)
