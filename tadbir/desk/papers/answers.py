"""The answer to a request or to an appeal: half written, with its remedies and their dates."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import CASABLANCA, now
from tadbir.councils.models import Person
from tadbir.desk.papers.beside import against_a_return, open_doors, taken_back
from tadbir.desk.papers.granted import granted_in
from tadbir.desk.papers.kept import comes_after, no_delay_follows, words_kept
from tadbir.desk.papers.parts import ANSWERS, COUNTED, Block, day_among, letter, paragraphs, printed, told_by
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import as_date, day_words

#: What an answer is called on paper, by its sense.
TITLES = {
    "granted": ("الاستجابة للطلب", "Suite favorable"),
    "partial": ("الاستجابة الجزئية للطلب", "Suite partiellement favorable"),
    "refused": ("عدم الاستجابة للطلب", "Suite défavorable"),
}
#: What became of an appeal, after the name that its law gives it, and the text that begins the answer.
_APPEAL_ENDS = {
    "granted": ("استجابة", "suite favorable"),
    "partial": ("استجابة جزئية", "suite partiellement favorable"),
    "refused": ("عدم الاستجابة", "suite défavorable"),
}
_APPEAL_TEXTS = {
    "granted": ("قررنا الاستجابة لما طلبتموه.", "Il est fait droit à ce que vous demandez."),
    "partial": (
        "قررنا الاستجابة لجزء مما طلبتموه. ولا نستجيب لما يلي: ……",
        "Il est fait droit en partie à ce que vous demandez. Il n’est pas donné suite à ce qui suit : ……",
    ),
    "refused": (
        "تعذرت الاستجابة لما طلبتموه، للأسباب المبينة أسفله.",
        "Il n’a pas pu être fait droit à ce que vous demandez, pour les motifs indiqués ci-dessous.",
    ),
}
#: The kinds of paper that answer somebody: written, signed, notified in one way.
OUTCOME, APPEAL_ANSWER = "outcome", "appeal_answer"
KINDS = (OUTCOME, APPEAL_ANSWER)
#: Stands for the fact that a paper is about to bring: that its reader received it.
NEXT = "next"


def to_answer(dossier: Dossier, story: Story | None = None) -> Fact | None:
    """The appeal, complaint or grievance that the next answer answers; None while it answers the request itself."""
    regime = law.REGIMES.get(dossier.kind)
    if regime is None or not regime.answered:
        return None
    told = story or Story(clockwork.facts_of(dossier))
    return next(iter(told.contesting(*(one.filed for one in regime.answered))), None)


def _answers(draft: Draft, asked: Fact | None) -> bool:
    """Whether a draft answers this appeal; or the request, where none is given."""
    return str(draft.body.get("asked", "")) == (str(asked.pk) if asked else "")


def asked_by(paper: Act | Draft, dossier: Dossier) -> Fact | None:
    """The appeal that a paper answers. Raises ValidationError for one of another dossier."""
    if paper.kind == OUTCOME:
        return None
    found = dossier.facts.filter(pk=str(told_by(paper).get("asked", 0))).first()
    if found is None:
        raise ValidationError(_("This act is not an answer."))
    return found


def remedies(dossier: Dossier, facts: Sequence[law.Fact]) -> list[dict[str, Any]]:
    """The remedies of a regime that are open, with the day until which to file, were these the facts.

    First those that wait already, with what comes after them. One that only comes after another has no day yet: it is
    named beside that one. One that runs from the fact that is to come (`NEXT`) says from which day it was counted:
    `if_received`; it is what a letter opens, whatever an earlier silence opened beside it. Where the law opens nothing
    after the refusal of a remedy, that is said.
    """
    duties = clockwork.derived(dossier, facts)
    running = [duty for duty in duties if duty.file_before and duty.open]
    rights = {duty.rule_id: duty for duty in sorted(running, key=lambda duty: duty.trigger_fact == NEXT)}
    dates = {rule: duty.file_before.isoformat() for rule, duty in rights.items() if duty.file_before}
    said = next((fact for fact in facts if fact.id == NEXT), None)
    found, waiting = words_kept(dossier, facts, said, duties) if said else ([], [])
    for remedy in law.REGIMES[dossier.kind].remedies:
        if remedy.rule in dates:
            found.append(printed(remedy, rights[remedy.rule], rights[remedy.rule].trigger_fact == NEXT))
        elif remedy.after in dates or comes_after(dossier, remedy.rule, waiting):
            found.append({"text_ar": remedy.ar, "text_fr": remedy.fr})
    return [*no_delay_follows(dossier, said, duties, others=bool(found)), *found] if said else found


def remedies_after(
    dossier: Dossier, fact: str, data: Mapping[str, Any], story: Story | None = None
) -> list[dict[str, Any]]:
    """The remedies that are open once a fact is recorded today: the earliest reading. `story`: its facts, if read."""
    facts = list(story.told) if story else clockwork.told(dossier)
    said = law.Fact(NEXT, fact, now().astimezone(CASABLANCA), dict(data), seq=len(facts))
    return remedies(dossier, [*facts, said])


def remedies_if_notified(
    dossier: Dossier, sense: str, asked: Fact | None = None, *, unreasoned: bool = False, story: Story | None = None
) -> list[dict[str, Any]]:
    """The remedies to print on an answer: counted as if it were handed over today."""
    if sense == "granted":
        return []
    data: dict[str, Any] = {"sense": sense, "means": "hand"} | ({"asked": str(asked.pk)} if asked else {})
    data |= {"unreasoned": True} if unreasoned else {}
    return remedies_after(dossier, notified_by(asked), data, story) or open_doors(dossier)


#: Under what is granted, what is not: the officer fills it in.
REST = law.Words("\nولا نستجيب لما يلي: ……", "\nIl n’est pas donné suite à ce qui suit : ……")
#: A place of a sheet's wording. Nothing else in braces means anything: a wording is no program.
_PLACE = re.compile(r"(ـ?)\{([\w-]+)\}")
#: What a letter joins: the «ـ» that holds its place in a wording goes.
_JOINED = re.compile(r"[ء-ي]")


def _filled(wording: str, values: dict[str, str]) -> str:
    """The wording with its places filled; those the dossier does not fill stay visible as dots for the officer."""
    put = values.get
    return _PLACE.sub(lambda one: ("" if _JOINED.match(put(one[2], "……")) else one[1]) + put(one[2], "……"), wording)


def notified_by(asked: Fact | None) -> str:
    """The fact that says that the person was notified of the answer."""
    return law.FACTS[asked.kind].answered_by[0] if asked else "notified"


def may_write(asked: Fact | None) -> str:
    """The fact that must be possible before the answer may be written: to an appeal, its answer itself."""
    return notified_by(asked) if asked else "outcome_signed"


def half_written(dossier: Dossier, sense: str, asked: Fact | None = None) -> tuple[str, str]:
    """The letter before the officer touches it: the sheet's wording filled from the answers, in both languages."""
    if asked is not None:
        story = Story(clockwork.facts_of(dossier)) if sense == "granted" else None
        if story is not None and against_a_return(story, asked):
            return taken_back(dossier, story, asked, notified_by(asked))
        return _APPEAL_TEXTS[sense]
    if dossier.sheet is None:
        return "", ""
    sheet = dossier.sheet.parsed
    wording = sheet.refused if sense == "refused" else sheet.granted
    arabic: dict[str, str] = {}
    french: dict[str, str] = {}
    for question in sheet.questions:
        answer = str(dossier.answers.get(question.code, "")) or "……"
        chosen = next((choice for choice in question.choices if choice.code == answer), None)
        day = as_date(dossier.answers.get(question.code)) if question.type == "date" else None
        arabic[question.code] = chosen.ar if chosen else day_words(day, "ar") if day else answer
        french[question.code] = chosen.fr if chosen else day_words(day, "fr") if day else answer
    rest = REST if sense == "partial" else law.Words("", "")
    return _filled(wording.ar, arabic) + rest.ar, _filled(wording.fr, french) + rest.fr


#: What stands in place of the reasons of a decision that could not bear them (law 03-01, article 4).
UNREASONED = law.Words(
    "تعذر تعليل هذا القرار وقت اتخاذه، للضرورة أو لظروف استثنائية (المادة 4 من القانون رقم 03.01)."
    " ويحق لكم طلب الاطلاع على أسبابه داخل أجل 30 يوما من تبليغه.",
    "Prise en cas de nécessité ou de circonstances exceptionnelles, cette décision n’a pu être motivée (article 4 de la"
    " loi n° 03-01). Vous pouvez en demander les motifs dans les 30 jours de sa notification.",
)


def may_be_unreasoned(dossier: Dossier, asked: Fact | None) -> bool:
    """Whether the law of this dossier knows a decision taken by necessity without its reasons: the first one only, and
    none where its own law wants the refusal reasoned (a petition: organic law 112-14, article 116)."""
    regime = law.REGIMES.get(dossier.kind)
    steps = regime.facts["notified"].needs if regime and "notified" in regime.facts else ()
    own = any(regime.facts[one].reasoned for one in steps if regime and one in regime.facts)
    return asked is None and not own and dossier.kind in law.RULES["REASONS-URGENT"].kinds


def is_unreasoned(paper: Act | Draft) -> bool:
    """Whether an answer was taken by necessity without its reasons."""
    return bool(told_by(paper).get("unreasoned"))


#: The heading above the reasons.
REASONS = {"ar": "الأسباب من حيث الواقع والقانون", "fr": "Motifs de fait et de droit"}


def with_reasons(body: str, reasons: str, lang: str) -> list[Block]:
    """The blocks of an answer in one language: its text, then its reasons under their heading."""
    if not reasons.strip():
        return paragraphs(body)
    return [*paragraphs(body), {"t": "h", "text": REASONS[lang]}, *paragraphs(reasons)]


def _named(dossier: Dossier, asked: Fact | None, body: Mapping[str, Any]) -> dict[str, str]:
    """What an answer refers to: the request, and the appeal that it answers with its date, or what it carries out."""
    remedy = law.REGIMES[dossier.kind].remedy(asked.kind) if asked else None
    if asked is None or remedy is None:
        owed = granted_in(dossier)
        return {f"reference_{lang}": body[f"reference_{lang}"] + owed.reference(lang) for lang in ("ar", "fr") if owed}
    name, alike = remedy.name, dossier.facts.filter(kind=asked.kind)
    ar, fr = (day_among(asked, alike, lang) for lang in ("ar", "fr"))
    return {
        "reference_ar": f"{body['reference_ar']}، و{name.ar} بتاريخ {ar}",
        "reference_fr": f"{body['reference_fr']} ; {name.fr[:1].lower()}{name.fr[1:]} du {fr}",
    }


def _title(dossier: Dossier, sense: str, asked: Fact | None) -> tuple[str, str]:
    """What an answer is called: to an appeal, by the name that its law gives it."""
    remedy = law.REGIMES[dossier.kind].remedy(asked.kind) if asked else None
    if remedy is None:
        return TITLES[sense]
    (end_ar, end_fr), name = _APPEAL_ENDS[sense], remedy.name
    return f"{name.ar}: {end_ar}", f"{name.fr} : {end_fr}"


def framed(
    dossier: Dossier,
    asked: Fact | None,
    title: tuple[str, str] = ("", ""),
    arabic: Sequence[Block] = (),
    french: Sequence[Block] = (),
) -> dict[str, Any]:
    """An answer as its dossier gives it now: whom it is for and what it refers to, around these words. What was typed
    in French is its copy, whatever the language of the request: it is optional, and never dropped."""
    body = letter(dossier, *title, list(arabic), list(french)) | {"fr": list(french)}
    body["subject_ar"] = dossier.sheet.parsed.ar if dossier.sheet else dossier.subject
    return body | _named(dossier, asked, body)


def draft_answer(
    dossier: Dossier,
    sense: str,
    arabic: list[Block],
    french: list[Block],
    by: Person,
    asked: Fact | None = None,
    *,
    unreasoned: bool = False,
) -> Draft:
    """The answer as a draft act: text, reasons, remedies. `asked`: the appeal that it answers.

    The last days of the remedies are counted when it is sealed.
    """
    body = framed(dossier, asked, _title(dossier, sense, asked), arabic, french)
    open_to_him = remedies_if_notified(dossier, sense, asked, unreasoned=unreasoned)
    undated = [{key: text for key, text in one.items() if key not in COUNTED} for one in open_to_him]
    body |= {"sense": sense, "remedies": undated}
    body |= {"unreasoned": "03-01:4"} if unreasoned else {}  # the article that allows it
    if asked is not None:
        body["asked"] = str(asked.pk)
    open_draft = _prepared(dossier, asked)
    if open_draft is not None and open_draft.signed_on is None:
        return acts.change_draft(open_draft, body, by)
    kind = APPEAL_ANSWER if asked else OUTCOME
    return acts.prepare_draft(kind, body, series=ANSWERS, dossier_ref=dossier.number, by=by)


def sense_of(paper: Act | Draft) -> str:
    """Whether an answer grants or refuses. Raises ValidationError for a paper that is no answer."""
    sense = str(told_by(paper).get("sense", ""))
    if sense not in TITLES:
        raise ValidationError(_("This act is not an answer."))
    return sense


def _prepared(dossier: Dossier, asked: Fact | None) -> Draft | None:
    written = Draft.objects.filter(kind__in=KINDS, dossier_ref=dossier.number, act__isnull=True).order_by("-pk")
    return next((draft for draft in written if _answers(draft, asked)), None)


def answer_being_prepared(dossier: Dossier, story: Story | None = None) -> Draft | None:
    """The answer that comes next, where it is written, perhaps signed, but not yet numbered."""
    return _prepared(dossier, to_answer(dossier, story))


def answers_to_notify(dossier: Dossier) -> list[Act]:
    """The answers that are numbered and sealed, and wait to be handed over, in the order in which they must be: two
    where the notification of a decision was struck out after the appeal against it was answered."""
    waiting = Act.objects.filter(kind__in=KINDS, dossier_ref=dossier.number, notified_on__isnull=True)
    return list(waiting.filter(status=Act.Status.VALID).select_related("content").order_by("pk"))


def notified_before(act: Act, dossier: Dossier) -> Act | None:
    """The answer of which the person must be notified first: nobody is answered on a decision he does not know."""
    first = next(iter(answers_to_notify(dossier)), None) if act.kind in KINDS else None
    return first if first is not None and first.pk < act.pk else None
