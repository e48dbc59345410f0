"""What a person is asked in his request: documents, an answer; each with the day to give it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.desk.followed import Followed
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Fact

#: What asks for documents.
_DOCUMENTS = ("missing_listed", "replacement_asked")


@dataclass(frozen=True)
class Todo:
    """Something the council waits for from the person, and the date to do it before."""

    kind: str
    label: str
    before: date | None
    document: str = ""
    reason: str = ""
    asked: int = 0  # the fact that asks it
    until: date | None = None  # that until which it is taken, where that is later than the day advised
    by_letter: str = ""  # how long he has and what follows, where that runs from a letter that he did not get yet

    @property
    def is_text(self) -> bool:
        """Whether it is answered in words rather than with a document."""
        return not self.document

    @property
    def is_advised(self) -> bool:
        """Whether the day is the careful one, and a later one is certain and to come."""
        return self.before is not None and self.until is not None and self.until >= today() and self.until > self.before

    @property
    def is_past(self) -> bool:
        """Whether its day is past: what comes then is taken, until the council sends the file back."""
        return self.before is not None and self.before < today()


def todos_of(followed: Followed) -> list[Todo]:
    """Missing documents of an incomplete file, then the questions that nobody answered yet: none of these once an
    answer is signed, for nothing waits for them any more."""
    if followed.dossier.closed_at is not None:
        return []
    story, sheet = followed.story, followed.dossier.sheet.parsed if followed.dossier.sheet else None
    listed, found = story.last("missing_listed"), list[Todo]()
    if listed is not None and not story.of("completed"):  # nothing is missing once it is complete
        brought = {row.requirement for row in followed.documents}
        missing = story.missing(sheet, followed.dossier.applicant_kind, brought)
        days = _before(followed, listed), _until(followed, listed)
        found = [Todo(listed.kind, one.label, days[0], one.code, until=days[1]) for one in missing]
    for fact in [] if followed.ready else story.asked_of("person"):
        code = str(fact.data.get("document", ""))
        document = sheet.document(code) if sheet and code else None
        words = law.FACTS[fact.kind]
        label = document.label if document else in_language(words.ar, words.fr)
        reason = str(fact.words.get("reason", ""))
        days = _before(followed, fact), _until(followed, fact)
        found.append(
            Todo(
                fact.kind,
                label,
                days[0],
                code,
                reason,
                fact.pk,
                days[1],
                _by_letter(followed.dossier.kind, fact, days[0]),
            )
        )
    return found


def _runs_from_letter(rule: law.Rule, asked: Fact) -> bool:
    """Whether the delay of a rule runs from the reception of what asked this."""
    return any(row.received and row.match is not None and row.match.fact == asked.kind for row in rule.triggers)


def _by_letter(kind: str, fact: Fact, before: date | None) -> str:
    """Until when it is to be given and what follows, where its days run from the reception of its letter and none is
    recorded; empty else."""
    rules = [] if before else law.RULES.for_kind(kind)
    rule = next((one for one in rules if _runs_from_letter(one, fact)), None)
    if rule is None:
        return ""
    told = _("%(sentence)s: full days, counted from the day on which you receive the letter. After them: %(effect)s.")
    words, effect = rule.sentence, rule.effect_words
    said = {"sentence": in_language(words.ar, words.fr), "effect": in_language(effect.ar, effect.fr)}
    return told % said


def _before(followed: Followed, fact: Fact) -> date | None:
    """By when: of a document, where the return of the file was taken back, by the day counted from there."""
    rows = [row for row in followed.duties if row.rule in law.TO_COMPLETE and row.over_on is None]
    again = [row.file_before for row in rows if row.file_before and fact.kind in _DOCUMENTS]
    return dossiers.day_of_person(followed.duties, fact) or min(again, default=None)


def _until(followed: Followed, fact: Fact) -> date | None:
    """Until when it is taken, however one counts: the same receipt and page say both days."""
    row = dossiers.first_of_person(followed.duties, fact)
    return row.accept_until if row else None
