"""Whether a paper that waits may still be signed: what it answers stands, the law allows it, its text is whole."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.desk.papers import answers, letters
from tadbir.desk.papers.frame import outdated
from tadbir.desk.papers.parts import lines_of, told_by
from tadbir.desk.papers.returned import sent_back
from tadbir.desk.words import NOTIFIED, fact_name
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import as_date, day_words

#: What a wording leaves for the officer to fill in, and what announces something that must follow.
DOTS = "……"
#: Marks and spaces say nothing: «ما يلي: .» announces and says no more than «ما يلي:».
_ANNOUNCED, _SAID = re.compile(r"[:：؛;][\W_]*$"), re.compile(r"[^\W_]")
#: The same in the middle of a text: nothing between the colon and what ends its sentence, or a line of marks alone.
_SKIPPED = re.compile(r"[:：][^\S\n]*(?:«\s*»|“\s*”|\"\s*\")?[^\S\n]*(?:[.،,؛;!؟?…](?!\w)|\n\s*[^\w\s]+[^\S\n]*(?=\n))")
#: How much of a text is quoted, to show where it is not finished.
_QUOTED = 60


def bound_to(paper: Act | Draft) -> str:
    """The entry of its dossier that a paper answers or tells, by number: it falls with it. Empty for none."""
    step = letters.step_of(paper)
    if step is None:
        return str(told_by(paper).get("asked", ""))
    return step.about or str(step.data.get("asked", ""))


def takes(paper: Act | Draft, story: Story) -> str:
    """The kind of fact that a paper accomplishes: its step, or the answer once notified."""
    step = letters.step_of(paper)
    if step is not None:
        return step.fact
    return answers.notified_by(_asked(paper, story))


def _asked(paper: Act | Draft, story: Story) -> Fact | None:
    """The appeal that an answer answers; None for the answer to the request."""
    return next((fact for fact in story.facts if str(fact.pk) == bound_to(paper)), None)


def require_notified_by(act: Act, dossier: Dossier, on: date) -> None:
    """Raise ValidationError where a letter is notified anew, as of a day after the answer to what contests it, or after
    the answer that followed."""
    story = Story(clockwork.facts_of(dossier))
    gone = (fact for fact in story.facts if fact.pk in story.voided and fact.data.get("act") == act.number)
    before = next((fact for fact in gone if fact.kind in NOTIFIED), None)
    later = story.answering(before, NOTIFIED - {"notified"}) if before else None
    if later is not None and on > (day := local_date(story.moment(later))):
        told = _(
            "“%(what)s” of %(day)s follows this letter, notified on that day at the latest: else correct it first."
        )
        raise ValidationError({"on": told % {"what": fact_name(later.kind), "day": day_words(day)}})


def has_fallen(paper: Act | Draft, story: Story) -> bool:
    """Whether what a paper answers or tells was struck out."""
    entry = bound_to(paper)
    return bool(entry) and entry not in {str(fact.pk) for fact in story.alive}


def permission(dossier: Dossier, draft: Draft, story: Story) -> law.Permission | None:
    """What the law says of the signature of a paper today; None for a letter that only tells what stands already."""
    step = letters.step_of(draft)
    if step is None:
        data = {"sense": answers.sense_of(draft)}
        return clockwork.may(dossier, _signs(bool(bound_to(draft))), facts=story.facts, data=data)
    if step.about:
        return None
    return clockwork.may(dossier, step.fact, as_date(step.on), facts=story.facts, data=step.data)


def _signs(of_remedy: bool) -> str:
    """The fact that the signature of an answer records: to a remedy, or to the request."""
    return "answer_signed" if of_remedy else "outcome_signed"


def why_not_in_sense(dossier: Dossier, sense: str, asked: Fact | None, story: Story) -> list[str]:
    """Why the answer that comes next could not be signed in a sense, whatever its words; nothing where it could: what
    is refused at the signature is not offered before."""
    allowed = clockwork.may(dossier, _signs(asked is not None), facts=story.facts, data={"sense": sense})
    if not allowed:
        return [in_language(reason.ar, reason.fr) for reason in allowed.reasons] or [_("Not now.")]
    return (
        [_("It would refuse and bear no way to contest it.")] if _bears_no_remedy(dossier, sense, asked, story) else []
    )


def open_end(text: str, then: str = "") -> str:
    """Where a text still waits for something, in its own words: dots to be filled in, or what it announces, at its end
    or in its middle. `then`: what follows it. Empty where it is whole."""
    ends = [text.index(DOTS) + len(DOTS)] if DOTS in text else []
    ends += [found.start() + 1 for found in [_SKIPPED.search(text)] if found]
    ends += [found.start() + 1 for found in [_ANNOUNCED.search(text)] if found and not _SAID.search(then)]
    return _quoted(text[: min(ends)]) if ends else ""


def _quoted(text: str) -> str:
    """The last words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else "…" + line[-_QUOTED:].partition(" ")[2]


def unfinished(draft: Draft) -> str:
    """Where a paper announces something that it does not say; empty where it says all."""
    texts = [lines_of(draft.body.get(key, [])) for key in ("blocks", "fr")]
    return next(filter(None, map(open_end, texts)), "")


def _without_remedies(dossier: Dossier, draft: Draft, story: Story) -> bool:
    """Whether an answer that refuses, wholly or in part, would bear no way to contest it, though its law has some."""
    if letters.step_of(draft) is not None:
        return False
    sense, unreasoned = answers.sense_of(draft), answers.is_unreasoned(draft)
    return _bears_no_remedy(dossier, sense, _asked(draft, story), story, unreasoned=unreasoned)


def _bears_no_remedy(
    dossier: Dossier, sense: str, asked: Fact | None, story: Story, *, unreasoned: bool = False
) -> bool:
    if sense == "granted" or not law.REGIMES[dossier.kind].remedies:
        return False
    return not answers.remedies_if_notified(dossier, sense, asked, unreasoned=unreasoned, story=story)


def why_not_signed(dossier: Dossier, draft: Draft, story: Story, *, listed: bool = False) -> list[str]:
    """Why a paper cannot be signed today, in the reader's language; nothing where it can. `listed`: in a list, where
    what it takes from its dossier is not read again; its own page does."""
    if draft.sent_back_at is not None and not has_fallen(draft, story):
        return [sent_back(draft), _("Nobody signs it before it is written or submitted again.")]
    return why_not_submitted(dossier, draft, story) or _not_whole(dossier, draft, story, listed)


def why_not_submitted(dossier: Dossier, draft: Draft, story: Story) -> list[str]:
    """Why no words could make a paper one that may be signed today: what it answers fell, the law does not allow what
    it does, or its dossier ended. It can only be given up."""
    if has_fallen(draft, story):
        return [_("What this letter answers was struck out: the letter falls with it.")]
    allowed = permission(dossier, draft, story)
    if allowed is not None and not allowed:
        return [in_language(reason.ar, reason.fr) for reason in allowed.reasons] or [_("Not now.")]
    if dossier.closed_at is not None:  # a letter that only tells what stood before the end
        return [_("The dossier ended before this letter was signed.")]
    return []


def _not_whole(dossier: Dossier, draft: Draft, story: Story, listed: bool) -> list[str]:
    """Why its words cannot be signed as they are."""
    if where := unfinished(draft):
        said = _("This letter is not finished: after “%(where)s” something is missing. Write the rest first.")
        return [said % {"where": where}]
    if _without_remedies(dossier, draft, story):
        return [_("This answer refuses and would bear no way to contest it: write it anew.")]
    if found := [] if listed else outdated(dossier, draft):
        said = _("The dossier was put right after this letter was written (%(what)s): write the letter anew.")
        return [said % {"what": in_language("، ", ", ").join(str(one.label) for one in found)}]
    return []
