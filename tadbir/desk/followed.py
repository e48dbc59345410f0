"""One dossier as the person it concerns sees it: clock, history, papers, documents.

The vocabulary is the law's: a kind of fact says whether the person sees it. What the office says to itself (opinions,
reassignments, drafts) never passes here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.kinds import given_at_once
from tadbir.acts.models import Act, NoticeMeans
from tadbir.councils.clock import as_known, local_date, today
from tadbir.councils.models import in_language
from tadbir.desk.added import name_in
from tadbir.desk.asked import answers_in_words
from tadbir.desk.notices import wants_mail
from tadbir.desk.papers import answers_to_notify, to_answer
from tadbir.desk.papers.granted import granted_in
from tadbir.desk.papers.handing import RECEPTION
from tadbir.desk.promises import title_of
from tadbir.desk.told import known_to_person, notified_acts, state_of_paper
from tadbir.desk.words import NOTIFIED, kind_name
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.dossiers.same_file import same_files
from tadbir.dossiers.story import Story
from tadbir.law.words import beside
from tadbir.notify.queries import failed_to_reach
from tadbir.reading.telephone import written_here

#: What the list of papers says of each: its text, who signed it and who recorded that.
_OF_PAPER = ("content", "signed_by", "recorded_by")


@dataclass(frozen=True)
class Written:
    """Words that the person sent himself, as they are recorded."""

    at: datetime
    title: str
    text: str


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime | date
    title: str
    text: str = ""
    corrected: bool = False


class Followed:
    """A dossier read once, whole, for the person who follows it. Nothing here writes."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def regime(self) -> law.Regime | None:
        """The law that this dossier lives under."""
        return law.REGIMES.get(self.dossier.kind)

    @cached_property
    def name(self) -> str:
        """What it is: its service, else its kind of dossier."""
        sheet = self.dossier.sheet
        return sheet.parsed.name if sheet else kind_name(self.dossier.kind)

    @cached_property
    def facts(self) -> list[Fact]:
        """Every fact that the person may know, oldest first."""
        return known_to_person(self.dossier, self._all)

    @cached_property
    def _all(self) -> list[Fact]:
        return list(Fact.objects.filter(dossier=self.dossier).select_related("content").order_by("pk"))

    @cached_property
    def story(self) -> Story:
        """What stands of the facts, and what waits."""
        return Story(self.facts)

    @cached_property
    def duties(self) -> list[Duty]:
        """Duties, rights and effects, by date; while something is not told yet, as they are without it."""
        if len(self.facts) != len(self._all):
            return clockwork.rows_of(self.dossier, self.facts)
        return clockwork.explain(self.dossier, dossiers.duties(self.dossier), self.facts)

    @cached_property
    def documents(self) -> list[Document]:
        """The documents that stand."""
        return list(dossiers.documents(self.dossier))

    @cached_property
    def sent(self) -> list[tuple[Document, list[str]]]:
        """The documents that stand, each with what else bears the very same file."""
        twins, sheet = same_files(self.documents), self.dossier.sheet
        named = {row.pk: sheet.parsed.document(row.requirement) if sheet else None for row in self.documents}
        called = {pk: found.label if found else _("another document") for pk, found in named.items()}
        return [(row, [called[other.pk] for other in twins.get(row.pk, [])]) for row in self.documents]

    @cached_property
    def asked(self) -> list[tuple[str, Any]]:
        """What was asked for, question by question."""
        return answers_in_words(self.dossier)

    @cached_property
    def written(self) -> list[Written]:
        """What the person wrote later on these pages (a remedy, an answer), whole; nothing once it was erased."""
        own = (fact for fact in self.story.alive if fact.source == "online" and fact.by_id is None)
        told = ((fact, str(fact.words.get("text") or fact.words.get("answer") or "").strip()) for fact in own)
        return [Written(self.story.moment(fact), self.name_of(fact), text) for fact, text in told if text]

    def name_of(self, fact: Fact) -> str:
        """What a fact is, to its person."""
        return name_in(fact, self.facts, self.dossier.kind)

    def what_is_answered(self, fact: Fact) -> str:
        """A remedy that was filed, by its own name, or what else a fact is: of which answer a day speaks."""
        remedy = self.regime.remedy(fact.kind) if self.regime else None
        return in_language(remedy.name.ar, remedy.name.fr) if remedy else self.name_of(fact)

    @cached_property
    def clock(self) -> dict[str, Any] | None:
        """The clock that a reader looks at first: of a remedy that waits, that of its own answer; none under a draft
        sheet, which promises no delay."""
        if self.dossier.sheet and not dossiers.shows_delay(self.facts):
            return None
        asked = to_answer(self.dossier, self.story)
        if asked is None and granted_in(self.dossier, self.story):  # a remedy was granted: what is left has no day
            return None
        its = [row for row in self.duties if asked and row.trigger == str(asked.pk) and row.owner in dossiers.OURS]
        chosen = dossiers.choose_clock(its) or dossiers.choose_clock(self.duties)
        if self.put_right and chosen and (chosen.shown_day is None or chosen.shown_day < today()):
            return None  # the answer may have come in time: nothing says that it is late
        return clock_of(chosen) | {"title": self._title(chosen, asked if chosen in its else None)} if chosen else None

    def _title(self, duty: Duty, asked: Fact | None) -> str:
        """What stands before the clock; where a remedy or the reasons were asked for too, of which answer it speaks."""
        title, remedies = title_of(duty, self.regime), self.regime.answered if self.regime else ()
        beside = self.story.of("reasons_asked", *(one.filed for one in remedies))
        if not beside or duty.owner not in dossiers.OURS:
            return title
        name = self.what_is_answered(asked) if asked else _("Your request")
        return _("%(what)s: %(title)s") % {"what": name, "title": title[:1].lower() + title[1:]}

    @cached_property
    def papers(self) -> list[Act]:
        """The papers the person may fetch, oldest first: those given at once, an answer once it was notified, whatever
        became of it since."""
        acts = Act.objects.filter(dossier_ref=self.dossier.number).select_related(*_OF_PAPER).order_by("pk")
        acts = acts.prefetch_related("scans__added_by")
        his = Q(kind__in=given_at_once()) | Q(notified_on__isnull=False) | Q(number__in=notified_acts(self._all))
        return list(acts.filter(his))

    @property
    def papers_told(self) -> list[tuple[Act, str]]:
        """The same, each with what must be known of it: that it is annulled, or has no effect."""
        return [(act, state_of_paper(act, self.story)) for act in self.papers]

    @cached_property
    def ready(self) -> Act | None:
        """The answer that is signed and waits for the person; its content is his once he was notified."""
        return next(iter(answers_to_notify(self.dossier)), None)

    @property
    def put_right(self) -> bool:
        """Whether the entry of a notification was struck out and its letter is not notified anew yet: nobody can know
        now from which day the person contests it."""
        return bool(self.struck_out)

    @cached_property
    def struck_out(self) -> list[Fact]:
        """The entries of notifications that were struck out, whose letters wait to be notified anew."""
        gone = [one for one in self.facts if one.pk in self.story.voided and one.kind in NOTIFIED]
        waiting = {act.number for act in answers_to_notify(self.dossier)} if gone else set[str]()
        return [one for one in gone if str(one.data.get("act")) in waiting]

    @property
    def by_mail(self) -> bool:
        """Whether the person asked for the answer by e-mail."""
        return wants_mail(self.dossier)

    @property
    def counter(self) -> list[str]:
        """Where the counter of the council is, when it is open and its telephone, as far as the council said so."""
        said = self.dossier.council.settings.get("counter", {})
        lines = (in_language(said.get(f"{name}_ar", ""), said.get(f"{name}_fr", "")) for name in ("where", "hours"))
        phone = written_here(said.get("phone", ""))
        return [line for line in (*lines, _("Telephone: %(number)s") % {"number": phone} if phone else "") if line]

    @property
    def may_change_code(self) -> bool:
        """Whether its person may ask for another code here."""
        return self.regime is not None and "code_renewed" in self.regime.facts and self.dossier.erased_at is None

    @cached_property
    def missed(self) -> bool:
        """Whether the council tried to tell the person something and could not."""
        return self.dossier.closed_at is None and failed_to_reach(self.dossier.number)

    @cached_property
    def history(self) -> list[Step]:
        """What happened that the person may know, oldest first."""
        sheet = self.dossier.sheet.parsed if self.dossier.sheet else None
        found = []
        for fact in self.facts:
            words = law.FACTS[fact.kind]
            inside = fact.kind == "lapsed" and fact.data.get("owner") in law.PERSONS
            if not words.shown or inside or fact.source == "relay":
                continue
            document = sheet.document(str(fact.data.get("document"))) if sheet and "document" in fact.data else None
            text = document.label if document else self._reception(fact) or str(fact.data.get("dossier", ""))
            found.append(
                Step(as_known(self.story.moment(fact)), self.name_of(fact), text, fact.pk in self.story.voided)
            )
        return found

    def _reception(self, fact: Fact) -> str:
        """Of the reception of a letter: which one, how it came, and what is counted from that day while it stands;
        nothing of another fact."""
        got = str(fact.data.get("asked", "")) if fact.kind == RECEPTION else ""
        letter = next((one for one in self.facts if str(one.pk) == got), None)
        if letter is None:
            return ""
        means = str(fact.data.get("means", ""))
        said = beside(self.name_of(letter), NoticeMeans(means).label if means in NoticeMeans.values else "")
        rows = [row for row in self.duties if row.trigger == got and row.owner in law.PERSONS]
        if not rows or fact.pk in self.story.voided:
            return said
        counted = _("By the longest reading, what the law counts for you from this letter begins on this day.")
        if any(row.starts_on == local_date(self.story.moment(fact)) for row in rows):
            counted = _("What the law counts for you from this letter is counted from this day.")
        return f"{said}. {counted}"


def clock_of(duty: Duty) -> dict[str, Any]:
    """A duty as the clock bar reads it. A person is only ever advised the earliest date, after which he is not late:
    what he brings is taken until the council sends the file back."""
    said, theirs = clockwork.explained(duty), duty.owner in law.PERSONS
    return {
        "type": "right" if theirs else duty.type,
        "starts_on": duty.starts_on,
        "do_by": duty.shown_day,
        "suspensions": duty.suspended,
        "discharged_on": duty.discharged_on,
        "sentence_ar": said.sentence.ar,
        "sentence_fr": said.sentence.fr,
        "article": said.article,
        "law": said.law,
        "confidence": said.confidence,
        "steps": said.steps(),
        "theirs": theirs,
    }
