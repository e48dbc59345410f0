"""What is alike in every paper that somebody signs: how it reads on the day of its seal, and what its signature and its
notification record."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft
from tadbir.councils.models import Person
from tadbir.councils.shown import Difference, Line, Shown, Told
from tadbir.desk.added import said_in
from tadbir.desk.papers import answers, letters
from tadbir.desk.papers.beside import past_days
from tadbir.desk.papers.frame import as_framed, head_lines, signer_lines
from tadbir.desk.papers.frame import lines as frame_lines
from tadbir.desk.papers.granted import Granted, granted_in
from tadbir.desk.papers.handing import RECEPTION, ToHandOver
from tadbir.desk.papers.parts import digest, lines_of, remedy_words
from tadbir.desk.papers.returned import sent_back_lines
from tadbir.desk.papers.sent import Sent, sent_by_person, sent_line, sent_since, without_sent
from tadbir.desk.words import sense_name
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.actions import Happening
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import as_date

_LABELS = {
    "sense": _("Sense of the answer"),
    "title": _("What it is called"),
    "ar": _("The letter in Arabic"),
    "fr": _("The letter in French (a copy, not obligatory)"),
    "remedies": _("Ways to contest"),
    "granted": _("What was granted, and is given by this answer"),
    "paper": _("The letter as it is printed"),
}

#: The lines that are whoever wrote the letter's own: where another one moved, it moved with the dossier.
_WRITTEN = ("sense", "title", "text_ar", "text_fr")


def counted(dossier: Dossier, draft: Draft, story: Story | None = None) -> dict[str, Any]:
    """What of a paper is counted on the day of its seal, as it stands today: a last day to contest, a new date.
    `story`: its facts, if read."""
    step = letters.step_of(draft)
    if step is None:
        asked = answers.asked_by(draft, dossier)
        sense, unreasoned = answers.sense_of(draft), answers.is_unreasoned(draft)
        return {"remedies": answers.remedies_if_notified(dossier, sense, asked, unreasoned=unreasoned, story=story)}
    letter = letters.letter_of(dossier.kind, step.fact)
    return letter.counted(dossier, step) if letter and letter.counted else {}


def counted_text(dossier: Dossier, draft: Draft) -> dict[str, Any]:
    """What of its text is counted, as on the day of its seal: the new date of an extension. The last days to contest
    are left out: they run from the notification, and a paper printed before has no such day."""
    if letters.step_of(draft) is None:
        return {}
    return {key: text for key, text in counted(dossier, draft).items() if key in ("blocks", "fr")}


def asked_in(dossier: Dossier, draft: Draft) -> Fact | None:
    """The remedy that a letter answers; None for the answer to the request, and for a step."""
    return answers.asked_by(draft, dossier) if letters.step_of(draft) is None else None


def as_read(body: dict[str, Any]) -> dict[str, Any]:
    """A letter as its signatory reads it: whom it is for, every block of both languages, and the ways to contest."""
    return {
        "title": {"ar": body.get("title_ar", ""), "fr": body.get("title_fr", "")},
        "greeting": {"ar": body.get("greeting_ar", ""), "fr": body.get("greeting_fr", "")},
        "arabic": body.get("blocks", []),
        "french": body.get("fr", []),
        "remedies": body.get("remedies", []),
        "framed": as_framed(body),
    }


def as_sealed_today(dossier: Dossier, draft: Draft, story: Story | None = None) -> dict[str, Any]:
    """A paper as it would read, were it sealed today; with an answer to a request, what it gives of a remedy.
    `story`: the facts of its dossier, if read."""
    story, asked = story or Story(clockwork.facts_of(dossier)), asked_in(dossier, draft)
    granted = granted_in(dossier, story) if draft.kind == answers.OUTCOME else None
    past = past_days(dossier, answers.sense_of(draft)) if draft.kind == answers.OUTCOME else []
    came = {"asked": said_in(asked), "sent": sent_by_person(dossier, story, asked)}
    return as_read(draft.body | counted(dossier, draft, story)) | {"granted": granted, "past": past, **came}


def _granted_lines(granted: Granted | None) -> list[Line]:
    return [Line("granted", _LABELS["granted"], f"{granted.words}\n{granted.text}")] if granted else []


def shown_to_sign(dossier: Dossier, draft: Draft, signer: Person | None = None, *, story: Story | None = None) -> Shown:
    """What the pages on which a paper is signed display of it, with the dates that are counted today: all that the
    paper prints. `signer`: who signs it in his own session, as it will name him. `story`: the facts of its dossier, if
    read."""
    known = story or Story(clockwork.facts_of(dossier))
    read = as_sealed_today(dossier, draft, known)
    sense = str(draft.body.get("sense", ""))
    lines = [
        Line("sense", _LABELS["sense"], sense_name(sense), sense),
        Line("title", _LABELS["title"], read["title"]["ar"]),
        Line("text_ar", _LABELS["ar"], lines_of(read["arabic"])),
        Line("text_fr", _LABELS["fr"], lines_of(read["french"])),
        Line("remedies", _LABELS["remedies"], "\n".join(map(remedy_words, read["remedies"])), digest(read["remedies"])),
        *frame_lines(draft.body),
        *head_lines(draft),
        *(signer_lines(draft, dossier, signer) if signer else []),
        *_granted_lines(read["granted"]),
        *sent_back_lines(draft),
        Line("paper", _LABELS["paper"], "", digest(draft.body)),
    ]
    sent: list[Sent] = read["sent"]
    what, own = f"sign:{draft.pk}", {line.key: line.mark or line.text for line in lines if line.key in _WRITTEN}

    def since(before: Told) -> list[Difference]:
        """Who wrote the letter anew, or did in the dossier what moved its dates; and what came from the person."""
        told, before = sent_since(before, sent, known), without_sent(before)
        found, last = Shown(what, lines).differences(before), None
        then = {key: before.get(key, ("", "")) for key in own}
        if {key: mark or text for key, (text, mark) in then.items()} == own:
            last = queries.history(dossier).last()
        who, at = (last.by, last.recorded_at) if last else (draft.prepared_by, draft.prepared_at)
        return [*told, *(replace(one, by=str(who or ""), at=at) for one in found)]

    return Shown(what, [*lines, sent_line(sent)], since=since)


def on_signature(dossier: Dossier, draft: Draft, number: str) -> Happening:
    """What the signature of a paper records, once it bears its number: that it was signed, or the step itself."""
    step = letters.step_of(draft)
    if step is None:
        asked, data = answers.asked_by(draft, dossier), {"sense": answers.sense_of(draft), "act": number}
        if asked is None:
            return Happening("outcome_signed", data=data)
        return Happening("answer_signed", data=data | {"asked": str(asked.pk)})
    if step.about or kind_of(draft.kind).notified:
        return Happening("letter_signed", data={"step": step.fact, "act": number})
    data, private = {**step.data, "act": number}, dict(step.words) or None
    return Happening(step.fact, at=as_date(step.on), data=data, private=private)


def on_notification(dossier: Dossier, act: Act, means: str, proof: str, handed: ToHandOver | None = None) -> Happening:
    """What the notification of a paper records: the answer, or the step that its letter takes; of one whose step stood
    before (`handed`), that it arrived."""
    step, private = letters.step_of(act), {"proof": proof}
    data: dict[str, Any]
    if handed is not None:
        data = {"asked": str(handed.fact.pk), "means": means}
        return Happening(RECEPTION, data=data, private={**private, "act": act.number})
    data = {"act": act.number, "means": means}
    if step is not None:
        return Happening(step.fact, data={**step.data, **data}, private={**step.words, **private})
    asked, data = answers.asked_by(act, dossier), data | {"sense": answers.sense_of(act)}
    data |= {"asked": str(asked.pk)} if asked else {}
    data |= {"unreasoned": True} if answers.is_unreasoned(act) else {}
    return Happening(answers.notified_by(asked), data=data, private=private)
