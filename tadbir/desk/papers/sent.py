"""What the person sent after he filed: whoever writes a letter or signs it has read all of it, or is told what came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.councils.clock import local_date
from tadbir.councils.shown import Difference, Line, Told
from tadbir.desk.added import SENT, name_in, said_in
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.dossiers.queries import documents
from tadbir.dossiers.story import Story

#: The line of a page that confirms, which holds what came by its numbers; no other line is named so.
KEY = "sent"


@dataclass(frozen=True)
class Sent:
    """One thing that came, on the day it came (`at`). `mark`: what says that it is this one, in a page that shows it;
    `entered`: when the office recorded it, where that was later."""

    mark: str
    name: str
    fact: Fact
    files: Sequence[Document]
    words: str
    at: datetime
    entered: datetime | None


def sent_by_person(dossier: Dossier, story: Story, asked: Fact | None) -> list[Sent]:
    """All that stands of it, oldest first: words, documents, remedies. Of the remedy that is answered (`asked`), whose
    words the page shows already, the documents."""
    kinds = {*SENT, *law.REOPENING}
    facts = [one for one in story.alive if one.kind in kinds]
    files = dict[int, list[Document]]()
    for row in documents(dossier).filter(fact__in=[one.pk for one in facts]) if facts else ():
        files.setdefault(row.fact_id, []).append(row)
    found = []
    for one in facts:
        its, answered = files.get(one.pk, []), asked is not None and one.pk == asked.pk
        if its or not answered:
            name = name_in(one, story.facts, dossier.kind)
            at, words = story.moment(one), "" if answered else said_in(one)
            entered = one.recorded_at if local_date(at) != local_date(one.recorded_at) else None
            found.append(Sent(_mark(one, its), name, one, its, words, at, entered))
    return found


def _mark(fact: Fact, files: Iterable[Document]) -> str:
    """Its number; and of a remedy, those of the documents that came with it or since."""
    return ".".join([str(fact.pk), *(str(one.pk) for one in files if fact.kind in law.REOPENING)])


def sent_line(found: Sequence[Sent]) -> Line:
    """The same, as a line of a page that confirms."""
    return Line(KEY, gettext_lazy("What the person sent"), "", " ".join(one.mark for one in found))


def without_sent(before: Told) -> Told:
    """What a page had, but this."""
    return {key: said for key, said in before.items() if key != KEY}


def sent_since(before: Told, found: Sequence[Sent], story: Story) -> list[Difference]:
    """What came after a page was opened, by whom and when; and what was struck out meanwhile."""
    had = set(before.get(KEY, ("", ""))[1].split())
    label, told = _("What the person sent"), list[Difference]()
    for one in found:
        if one.mark not in had:
            who = str(one.fact.by or _("the person"))
            at = max([one.fact.recorded_at, *(row.brought_at for row in one.files)])
            told.append(Difference(label, "", one.name, who, at))
    standing = {str(one.fact.pk) for one in found}
    for pk in {mark.partition(".")[0] for mark in had} - standing:
        gone = next((fact for fact in story.facts if str(fact.pk) == pk), None)
        void = story.voided.get(gone.pk) if gone else None
        if gone is not None and void is not None:
            name = name_in(gone, story.facts, "")
            told.append(Difference(label, name, "", str(void.by or ""), void.recorded_at))
    return told
