"""Letters that take the steps of a request: questions, extension, orientation, return, reasons given."""

from dataclasses import dataclass
from typing import Any

from tadbir import law
from tadbir.acts.kinds import Kind
from tadbir.councils.clock import CASABLANCA, local_date, now
from tadbir.desk.papers import Letter, Step, remedies_after
from tadbir.desk.papers.parts import Block, letter, paragraph, paragraphs
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import by_words, day_words

#: What takes effect by its signature, and leaves at once.
NOTICE = Kind("applicant_notice", "إشعار إلى صاحب الطلب", "Avis au demandeur", "N", layout="letter", at_once=True)
#: What takes effect only once the person was notified of it: a new delay, the reasons that he asked for.
SERVED = Kind("served_notice", "إشعار للتبليغ", "Avis à notifier", "N", layout="letter", at_once=True, notified=True)


def step_body(dossier: Dossier, step: Step) -> dict[str, Any]:
    """The letter that takes a step, with what the officer wrote for it."""
    title, said = _words(dossier, step.fact)
    wanted = dossier.sheet.parsed.document(str(step.data.get("document"))) if dossier.sheet else None
    blocks: list[Block] = [paragraph(said.ar)]
    french: list[Block] = [paragraph(said.fr)]
    if step.fact == "extended":
        (ground_ar, ground_fr), days = _GROUNDS[step.data["ground"]], step.data["days"]
        blocks.append(paragraph(f"{ground_ar}، عدد أيام التمديد: {days}"))
        french.append(paragraph(f"{ground_fr[:1].upper()}{ground_fr[1:]}, jours de prorogation : {days}"))
    if wanted:
        blocks.append({"t": "list", "items": [wanted.ar]})
        french.append({"t": "list", "items": [wanted.fr]})
    if step.fact == "file_returned":
        for awaited in _not_come(dossier):
            blocks += [paragraph(awaited.said.ar), {"t": "list", "items": [one.ar for one in awaited.names]}]
            french += [paragraph(awaited.said.fr), {"t": "list", "items": [one.fr for one in awaited.names]}]
    text = ". ".join(filter(None, (step.words.get("to", ""), step.words.get("reason", ""))))
    return letter(dossier, title.ar, title.fr, [*blocks, *paragraphs(text)], [*french, *paragraphs(text)])


@dataclass(frozen=True)
class _Awaited:
    """What was asked of the person on one day and has not come."""

    said: law.Words
    names: list[law.Words]


def _not_come(dossier: Dossier) -> list[_Awaited]:
    """What the return of a file blames: each list or question that waits, with its day (law 03-01, article 1)."""
    story, sheet = Story(clockwork.facts_of(dossier)), dossier.sheet.parsed if dossier.sheet else None
    brought = {document.requirement for document in queries.documents(dossier)}
    missing = [law.Words(one.ar, one.fr) for one in story.missing(sheet, dossier.applicant_kind, brought)]
    asked = [(story.last("missing_listed"), missing)] if missing else []
    for fact in story.asked_of("person"):
        document = sheet.document(str(fact.data.get("document", ""))) if sheet else None
        name = law.FACTS[fact.kind]
        asked.append((fact, [law.Words(document.ar, document.fr) if document else law.Words(name.ar, name.fr)]))
    return [_Awaited(_asked_on(story, fact), names) for fact, names in asked if fact is not None]


def _asked_on(story: Story, fact: Fact) -> law.Words:
    day = local_date(story.moment(fact))
    return law.Words(
        f"ما طلبناه منكم بتاريخ {day_words(day, 'ar')} ولم نتوصل به:",
        f"Ce que nous vous avons demandé le {day_words(day, 'fr')}, et que nous n’avons pas reçu\u00a0:",
    )


def return_words(dossier: Dossier, step: Step) -> dict[str, Any]:
    """The letter that returns a file, as it is true on the day of its seal: what has not come, the ways to contest."""
    body = step_body(dossier, step)
    return {"blocks": body["blocks"], "fr": body["fr"], **step_remedies(dossier, step)}


def _words(dossier: Dossier, kind: str) -> tuple[law.Words, law.Words]:
    """The title and the text of a step under the law of this dossier; where it words none, what the step is."""
    row, name = law.REGIMES[dossier.kind].facts.get(kind), law.FACTS[kind]
    found = row.letter(Story(clockwork.facts_of(dossier)).filed_as) if row else None
    if found is not None:
        return found.title, found
    return name, law.Words(
        f"نخبركم بما يلي بخصوص ملفكم: {name.ar}.", f"Nous vous informons de ce qui suit\u00a0: {name.fr}."
    )


#: The only grounds of an extension (law 55-19, article 17).
_GROUNDS = {"expertise": ("خبرة تقنية", "expertise technique"), "inquiry": ("بحث عمومي", "enquête publique")}


def step_dates(dossier: Dossier, step: Step) -> dict[str, Any]:
    """The letter of an extension with the new date, were it notified today, and how that is counted."""
    body = step_body(dossier, step)
    clock = _clock_after(dossier, step)
    if clock is None or clock.do_by is None:
        return {}
    for key, lang, new, why in (
        ("blocks", "ar", "التاريخ الجديد للجواب", "لماذا هذا التاريخ؟"),
        ("fr", "fr", "Nouvelle date de réponse", "Pourquoi cette date ?"),
    ):
        if not body[key]:
            continue
        steps = [str(getattr(one, lang)) for one in clock.steps[1:]]  # the first says the rule
        colon = " : " if lang == "fr" else ": "
        body[key] += [paragraph(f"{new}{colon}{by_words(clock.do_by, lang)}"), paragraph(why)]
        body[key] += [{"t": "list", "items": steps}]
    return {"blocks": body["blocks"], "fr": body["fr"]}


def step_remedies(dossier: Dossier, step: Step) -> dict[str, Any]:
    """The ways to contest that remain, with their last days, were the letter notified today."""
    return {"remedies": remedies_after(dossier, step.fact, step.data)}


def _clock_after(dossier: Dossier, step: Step) -> law.Duty | None:
    """The clock of a dossier as it would run, were this step taken now."""
    running = queries.main_clock(dossier)
    facts = clockwork.told(dossier)
    said = law.Fact("next", step.fact, now().astimezone(CASABLANCA), dict(step.data), seq=len(facts))
    after = clockwork.derived(dossier, [*facts, said]) if running else []
    return next((duty for duty in after if running and duty.key == running.key), None)


#: How each step of a request is written.
LETTERS = {
    **dict.fromkeys(("replacement_asked", "original_asked", "information_asked"), Letter(NOTICE, step_body)),
    "bureau_accepted": Letter(NOTICE, step_body),
    "file_returned": Letter(NOTICE, step_body, return_words),
    "misdirected": Letter(NOTICE, step_body, step_remedies),
    **dict.fromkeys(("rectified", "access_given"), Letter(NOTICE, step_body)),
    **dict.fromkeys(("extended", "extension_notified"), Letter(SERVED, step_body, step_dates)),
    "reasons_given": Letter(SERVED, step_body, step_remedies),
    "defect_notified": Letter(SERVED, step_body),
}
