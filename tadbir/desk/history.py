"""What happened in a dossier, in words: one line a fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tadbir.acts.models import Act, NoticeMeans
from tadbir.acts.signing import sealed_words
from tadbir.councils.clock import as_known, local_date
from tadbir.councils.models import in_language
from tadbir.desk.added import name_in
from tadbir.desk.dossier import Desk
from tadbir.desk.fate import of_dropped
from tadbir.desk.forms.verbs import correctable
from tadbir.desk.papers import DROPPED, words_of_dropped
from tadbir.desk.words import PARTICULARS, fact_name, how_name, scan_code, sense_name
from tadbir.dossiers.models import Dossier, Fact
from tadbir.law.words import beside
from tadbir.ui.dates import day_words

#: Keys of what was typed in a fact, in the order a reader wants them.
_TYPED = ("reason", "question", "answer", "text", "to", "reasons", "proof")


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    fact: Fact
    title: str
    detail: str  # in the reader's language, each value in its own direction
    said: list[str]  # who signed, what was put right
    typed: str
    by: str
    when: datetime | date  # the day alone where no hour is known
    struck: str = ""  # why it was corrected, when it was
    recorded_later: datetime | None = None
    letter: Sequence[str] = ()  # the words of a letter that is no longer there


def detail_of(fact: Fact, dossier: Dossier) -> str:
    """The small typed fields of a fact, in words."""
    sheet, data = dossier.sheet.parsed if dossier.sheet else None, fact.data
    one = data.get("requirement") or data.get("document")  # a withdrawn document is named by its kind, not its row
    codes = [*data.get("documents", ()), *([str(one)] if one else [])]
    labels = [found.label if sheet and (found := sheet.document(code)) else _("another document") for code in codes]
    said = in_language("، ", ", ").join(labels) or sense_name(data.get("sense"))
    said = said or how_name(data.get("how")) or str(data.get("dossier", "")) or fact_name(str(data.get("step", "")))
    return beside(said, data.get("act"))


def put_right(fact: Fact) -> str:
    """What a correction changed: before and since; nothing for another fact."""
    if fact.kind == "day_corrected":
        days = {
            name: day_words(date.fromisoformat(fact.data[key]))
            for name, key in (("before", "before"), ("after", "day"))
        }
        return _("%(what)s: “%(before)s” became “%(after)s”") % {"what": _("Received on"), **days}
    if fact.kind == "urgency_corrected":
        return _("It is urgent") if fact.data["urgent"] else _("It is not urgent")
    before, after = fact.words.get("before", {}), fact.words.get("after", {})
    said = {"before": _("%(what)s: “%(before)s” became “%(after)s”"), "none": _("%(what)s: “%(after)s” was added")}
    told = []
    for name in after:
        words = said["before" if before.get(name) else "none"]
        told.append(words % {"what": PARTICULARS[name], "before": before.get(name, ""), "after": after[name] or "—"})
    return in_language("؛ ", " ; ").join(told)


def scan_words(fact: Fact) -> str:
    """Whether the code of a scan was read when it was kept; nothing for another fact."""
    if fact.kind != "signature_scanned":
        return ""
    return scan_code(recognised=fact.data["recognised"])


def means_words(fact: Fact) -> str:
    """How a letter reached the person; nothing for another fact."""
    means = fact.data.get("means")
    return str(NoticeMeans(means).label) if means in NoticeMeans.values else ""


def opinion_words(fact: Fact, told: Sequence[Fact]) -> str:
    """That whoever asked an opinion gave it himself; nothing for another fact."""
    if fact.kind != "opinion_received" or fact.by_id is None:
        return ""
    same = any(str(one.pk) == fact.data.get("asked") and one.by_id == fact.by_id for one in told)
    return _("The same person asked and answered.") if same else ""


def _struck_entry(desk: Desk, fact: Fact) -> str:
    """Which entry a correction strikes out: what it is, its paper, its day; nothing for another fact."""
    entry = next((one for one in desk.facts if one.pk == fact.voids_id), None)
    if entry is None:
        return ""
    return beside(fact_name(entry.kind), detail_of(entry, desk.dossier), day_words(local_date(entry.happened_at)))


def line_of(desk: Desk, fact: Fact, act: Act | None = None) -> Line:
    """One fact in words; `act`: the paper whose signature is told with it."""
    gone = of_dropped(fact) if fact.kind == DROPPED else ""  # with its reason
    typed = "" if gone else " ".join(str(fact.words[name]) for name in _TYPED if fact.words.get(name))
    if fact.content and fact.content.erased_at:
        typed = _("(erased as the law on personal data asks)")
    void, when = desk.story.voided.get(fact.pk), as_known(fact.happened_at)
    later = local_date(fact.recorded_at) != local_date(fact.happened_at)
    own = put_right(fact), means_words(fact), scan_words(fact), opinion_words(fact, desk.facts), gone
    more = [*(sealed_words(act) if act else ()), *own]
    return Line(
        fact,
        name_in(fact, desk.facts, desk.dossier.kind),
        _struck_entry(desk, fact) or beside(detail_of(fact, desk.dossier), desk.to_whom(fact)),
        [part for part in more if part],
        typed,
        str(fact.by or ""),
        when,
        struck=(str(void.words.get("reason", "")) or "—") if void else "",
        recorded_later=fact.recorded_at if later or not isinstance(when, datetime) else None,
        letter=words_of_dropped(fact),
    )


def history(desk: Desk) -> dict[str, Any]:
    """Every fact, oldest first; a corrected one is struck out with the reason.

    Who signed an act and who recorded it stand at the first fact that names the act, whatever its kind.
    """
    untold = {act.number: act for act in desk.acts}
    lines = [line_of(desk, fact, untold.pop(str(fact.data.get("act", "")), None)) for fact in desk.facts]
    mine = correctable(desk) if desk.works else []
    return {"history": lines, "correctable": {fact.pk for fact in mine}}
