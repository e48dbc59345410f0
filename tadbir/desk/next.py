"""What must be done now in a dossier, by whom and by when: what its page says first, under the clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.councils.models import in_language
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.offers import words_of
from tadbir.desk.words import fact_name, owner_name
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.corrections import may_correct
from tadbir.dossiers.models import Duty
from tadbir.dossiers.why import label_of


@dataclass(frozen=True)
class Next:
    """One thing to do: who does it and the last day on which it is in time, the button that leads to it for those who
    may; `other` leads elsewhere where something else may be done meanwhile; `why` says what stands in the way."""

    words: str
    who: str = ""
    by: date | None = None
    url: str = ""
    button: str = ""
    other: str = ""
    other_button: str = ""
    why: Sequence[str] = ()


def next_of(desk: Desk) -> Next | None:
    """The first thing that waits in a dossier; None once its personal data are gone."""
    if desk.dossier.erased_at is not None:
        return None
    steps: tuple[Callable[[Desk], Next | None], ...] = (
        _incomplete,
        _sign,
        _notify,
        _letter,
        _tell,
        _hand_over_now,
        _ask,
        _answer,
        _hand_over,
        _give_up,
        _annul,
        _duty,
    )
    return next((found for step in steps if (found := step(desk))), None)


def _answers(desk: Desk) -> bool:
    """Whether a dossier of this kind ends by an answer."""
    return desk.regime is not None and "outcome_signed" in desk.regime.facts


def _at(desk: Desk, name: str, *args: object) -> str:
    """The address of a step, for those who work on the dossier."""
    return reverse(name, args=[desk.dossier.number, *args]) if desk.works else ""


def _ours(desk: Desk) -> str:
    return str(desk.dossier.officer if desk.dossier.officer and not desk.officer_left else desk.dossier.unit)


def _due(desk: Desk, entry: str | None = None) -> date | None:
    """The last day of the council's own clock, where it runs: of the remedy that waits, else of the request.

    `entry`: the remedy that a letter answers, where one is meant; empty for the answer to the request itself.
    """
    main = desk.answer_clock if entry is None else desk.clock_of(entry)
    return main.do_by if main and main.owner in dossiers.OURS and not main.is_suspended else None


def _incomplete(desk: Desk) -> Next | None:
    """A file that lacks a document which was taken away, and is still called complete: its delay runs in vain."""
    called = desk.story.last("completed")
    if called is None or desk.dossier.closed_at is not None or not desk.story.first("document_withdrawn"):
        return None
    if desk.story.first("outcome_signed", "delivered_on_spot") or not dossiers.lacking(desk.dossier):
        return None
    words = _("A required document lacks, and the file is still called complete: strike out the entry “%(entry)s”.")
    mine = may_correct(called.kind, desk.qualities)
    where = f"{_at(desk, 'office-do', 'correct')}?fact={called.pk}" if mine and desk.works else ""
    said = words % {"entry": fact_name(called.kind)}
    return Next(said, _("the director general or the president"), url=where, button=_("Strike out the entry"))


def _sign(desk: Desk) -> Next | None:
    draft = papers.answer_being_prepared(desk.dossier, desk.story) if _answers(desk) else None
    if draft is None or papers.why_not_submitted(desk.dossier, draft, desk.story):
        return None  # nobody may sign it in any words: see `_give_up`
    if back := papers.sent_back(draft):
        words, where = _("The answer was not signed: write it or submit it again."), _at(desk, "office-answer")
        return Next(words, _ours(desk), _due(desk), where, _("Read it again"), why=[back])
    words = _("An answer is written and waits for its signature.")
    return Next(
        words,
        _("whoever may sign it"),
        _due(desk),
        _at(desk, "office-answer-sign"),
        _("Sign"),
        _at(desk, "office-answer"),
        _("Change the answer"),
    )


def _notify(desk: Desk) -> Next | None:
    for act in (one for one in desk.acts if one.waits_for_notification):
        answers, step = act.kind in papers.KINDS, papers.step_of(act)
        if desk.may(papers.takes(act, desk.story), dict(step.data) if step else None):
            words = _("The answer is signed: it must be notified.")
            if not answers and step:
                words = _("“%(letter)s” is signed: it must be notified.") % {"letter": fact_name(step.fact)}
            by = _due(desk, papers.bound_to(act)) if answers or step is None else desk.until(step)
            where = reverse("office-answer-notify", args=[desk.dossier.number, act.number]) if desk.hands_over else ""
            return Next(words, _ours(desk), by, where, _("Notify"))
    return None


def _letter(desk: Desk) -> Next | None:
    for fact, (draft, step) in desk.letters.items():
        if papers.why_not_submitted(desk.dossier, draft, desk.story):
            continue
        if back := papers.sent_back(draft):
            words = _("“%(letter)s” was not signed: write it or submit it again.") % {"letter": fact_name(fact)}
            where = _at(desk, "office-letter-words", draft.pk)
            return Next(words, _ours(desk), desk.until(step), where, _("Read it again"), why=[back])
        words = _("“%(letter)s” is written: it must be signed.") % {"letter": fact_name(fact)}
        where = _at(desk, "office-letter", draft.pk)
        return Next(words, _("whoever may sign it"), desk.until(step), where, _("Read and sign"))
    return None


def _ask(desk: Desk) -> Next | None:
    """What is awaited from the person."""
    if not desk.questions and not desk.missing_documents:
        return None
    words = _("The file is not complete: wait for the person.")
    if desk.questions:
        words = _("Wait for the person: %(what)s") % {"what": fact_name(desk.questions[0].kind)}
    theirs = [row for row in desk.duties if row.over_on is None and row.owner not in dossiers.OURS]
    by = min((row.shown_day for row in theirs if row.type == "duty" and row.shown_day), default=None)
    write = _at(desk, "office-answer") if _answers(desk) and desk.may_write_answer else ""
    who = desk.dossier.applicant.name if desk.dossier.applicant else ""
    return Next(words, who, by, other=write, other_button=_("Write the answer"))


def _answer(desk: Desk) -> Next | None:
    if not _answers(desk):
        return None
    if desk.may_write_answer:
        words, button = (
            _annulled(desk) or _granted(desk) or _("The request waits for its answer."),
            _("Write the answer"),
        )
        if desk.asked:
            named = {"remedy": desk.asked_name}
            words, button = _("%(remedy)s: the answer is awaited.") % named, _("Answer: %(remedy)s") % named
        why = () if desk.works else (_("Those who work on this dossier answer it."),)
        by = _due(desk) if desk.asked or not desk.granted else None  # no text gives a day for what was granted
        return Next(words, _ours(desk), by, _at(desk, "office-answer"), button, why=why)
    return None


def _hand_over_now(desk: Desk) -> Next | None:
    """The same, before what else is to be done; a remedy that waits is answered first."""
    found = None if desk.asked else _hand_over(desk)
    if found is None or not (_answers(desk) and desk.may_write_answer):
        return found
    return replace(found, other=_at(desk, "office-answer"), other_button=_("Write the answer"))


def _hand_over(desk: Desk) -> Next | None:
    """A letter that stands by its signature, and that the person must get."""
    waiting = papers.to_hand_over(desk.dossier, desk.story, desk.acts)
    if not waiting:
        return None
    words = _("“%(letter)s” is signed: hand it over, then record that it arrived.")
    if waiting[0].counts:
        words = _(
            "“%(letter)s” is signed: hand it over, then record that it arrived. The latest days of the person's delays"
            " count from it."
        )
    number = desk.dossier.number
    where = reverse("office-answer-notify", args=[number, waiting[0].act.number]) if desk.hands_over else ""
    name = {"letter": fact_name(waiting[0].step)}
    return Next(words % name, _ours(desk), None, where, _("Record that it arrived"))


def _tell(desk: Desk) -> Next | None:
    """What the council decided and no letter tells: the one that did was given up, struck out or contested."""
    facts = papers.untold(desk.dossier, desk.story, desk.acts, desk.unsigned)
    if not facts:
        return None
    words = _("“%(what)s” stands and no letter tells it: write it.") % {"what": fact_name(facts[0].kind)}
    return Next(words, _ours(desk), None, _at(desk, "office-do", "tell-again"), _("Write the letter"))


def _annul(desk: Desk) -> Next | None:
    """A letter that is signed and that the law no longer lets anybody notify: its signature is struck out."""
    for act in (one for one in desk.acts if one.waits_for_notification and one.kind not in papers.KINDS):
        signed = next((one for one in desk.story.of("letter_signed") if one.data.get("act") == act.number), None)
        if signed is None:
            continue
        words = _("Letter %(number)s can no longer be notified: strike out its signature, so that nobody relies on it.")
        mine = may_correct(signed.kind, desk.qualities) and desk.works
        where = f"{_at(desk, 'office-do', 'correct')}?fact={signed.pk}" if mine else ""
        said, who = words % {"number": act.number}, _("the director general or the president")
        return Next(said, who, url=where, button=_("Strike out the entry"))
    return None


def _give_up(desk: Desk) -> Next | None:
    """A letter that nobody may sign any more, in any words: whoever writes in the dossier gives it up."""
    for draft in desk.unsigned:
        if why := papers.why_not_submitted(desk.dossier, draft, desk.story):
            name = {"letter": fact_name(papers.takes(draft, desk.story))}
            words = _("“%(letter)s” was written and can no longer be signed: give it up.") % name
            return Next(
                words, _ours(desk), None, _at(desk, "office-letter", draft.pk), _("Read it, then give it up"), why=why
            )
    return None


def _annulled(desk: Desk) -> str:
    """What is owed to the person who holds an answer that was annulled, until another one is notified."""
    answers = [act for act in desk.acts if act.kind in papers.KINDS and act.notified_on]
    last = max(answers, key=lambda act: act.pk, default=None)
    if last is None or last.status != Act.Status.ANNULLED:
        return ""
    said = _("Letter %(number)s is annulled and the person holds it: tell the person, and write the answer anew.")
    return said % {"number": last.number}


def _granted(desk: Desk) -> str:
    """What the last remedy granted and nobody has carried out, in the words of its duty; nothing where it only made the
    request go on."""
    if desk.granted is None:
        return ""
    kinds = [one.answered for one in desk.regime.answered] if desk.regime else []
    found = {str(fact.pk) for fact in desk.story.of(*kinds)}
    owed = (row for row in desk.duties if row.trigger in found and row.over_on is None and row.owner in dossiers.OURS)
    words = [label_of(row) for row in owed if row.type == "duty"]
    return in_language(words[-1].ar, words[-1].fr) if words else ""


def _duty(desk: Desk) -> Next:
    """The duty that comes first, whatever it is; else nothing is due."""
    main: Duty | None = desk.main_clock
    why = words_of(desk.may_write_answer) if _answers(desk) and not desk.dossier.closed_at else ()
    if main is None or main.over_on is not None:
        return Next(_("Nothing is due now."), why=why)
    words = label_of(main)
    return Next(in_language(words.ar, words.fr), owner_name(main.owner), main.shown_day, why=why)
