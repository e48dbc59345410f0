"""What a notice fills in besides a number: the day of an answer, the last day of its person, what lacks.

A day stands in the message itself: whoever reads it on a cheap telephone opens no page. Where the law states none, or
the sheet of the service is not adopted, nothing is said.
"""

from collections.abc import Iterable, Sequence

from tadbir import law
from tadbir.desk.promises import said_of_day
from tadbir.desk.words import filed_name
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.ui.dates import advised, by_words

#: Letters that the names of what lacks may take in a text message.
ROOM = 50
_FOR_YOU = {"ar": "الأجل: {by}.", "fr": "Délai : {by}."}
_MORE = {"ar": "وغيرها (المجموع {count})", "fr": "etc. ({count} en tout)"}
_BETWEEN = {"ar": "، ", "fr": ", "}


def reader_of(dossier: Dossier) -> str:
    """The language in which the person of a dossier is told."""
    return "fr" if dossier.applicant is not None and dossier.applicant.language == "fr" else "ar"


def remedy_named(dossier: Dossier, filed: str, lang: str = "") -> str:
    """What the law of a dossier calls what a fact of this kind files, a remedy or a request for reasons: for its
    person, or for whoever reads this language."""
    name = filed_name(dossier.kind, filed)
    return name.fr if (lang or reader_of(dossier)) == "fr" else name.ar


def answer_by(dossier: Dossier, duty: Duty | None) -> str:
    """By when the council answers, in a sentence: what it aims at where its law only lets it aim, what happens by that
    day where no text sets one to answer; else nothing."""
    if duty is None or duty.do_by is None or duty.owner not in queries.OURS or not _promises(dossier):
        return ""
    return said_of_day(duty, reader_of(dossier), aim=law.REGIMES[dossier.kind].aim)


def main_answer_by(dossier: Dossier) -> str:
    """The same of the clock that a reader looks at first."""
    return answer_by(dossier, queries.main_clock(dossier))


def answer_started_by(dossier: Dossier, fact: Fact) -> str:
    """The same of what a fact starts: an appeal is answered on a day of its own."""
    rows = [row for row in queries.duties(dossier) if row.trigger == str(fact.pk) and row.over_on is None]
    return answer_by(dossier, next((row for row in rows if row.type == "duty" and row.owner in queries.OURS), None))


def before(dossier: Dossier, fact: Fact, rows: Iterable[Duty] | None = None) -> str:
    """By when its person answers what this fact asks of him, or contests it, in a sentence; nothing where no day is
    stated. What ends later by another reading, or on the next open day, has its day advised. `rows`: the duties, where
    they were read a moment ago."""
    found, lang = queries.first_of_person(rows or queries.duties(dossier), fact), reader_of(dossier)
    if found is None or found.file_before is None:
        return ""
    by = by_words(found.file_before, lang)
    later = found.type != "duty" or (found.accept_until or found.file_before) > found.file_before
    said = f"{advised(by, lang)}." if later else _FOR_YOU[lang].format(by=by)
    return said[:1].upper() + said[1:]


def lacking(dossier: Dossier, codes: Sequence[str]) -> str:
    """What a file lacks, by name as far as a text message holds it; how much it is in all, where that is more."""
    sheet, lang = dossier.sheet.parsed if dossier.sheet else None, reader_of(dossier)
    documents = [document for code in codes if sheet and (document := sheet.document(code))]
    names, said = [one.fr if lang == "fr" else one.ar for one in documents], list[str]()
    if names and len(names[0]) > ROOM:  # cut at a word: the page and the receipt name it whole
        short = names[0][: ROOM - len("...")]
        names[0] = f"{short.rpartition(' ')[0] or short}..."
    while len(said) < len(names) and len(_BETWEEN[lang].join([*said, names[len(said)]])) <= ROOM:
        said.append(names[len(said)])
    if len(said) < len(names):
        said.append(_MORE[lang].format(count=len(names)))
    return _BETWEEN[lang].join(said)


def _promises(dossier: Dossier) -> bool:
    """Whether its service may promise a delay: a sheet that was not adopted promises none."""
    return dossier.sheet is None or dossier.sheet.is_adopted
