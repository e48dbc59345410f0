"""What somebody wrote in an answer, apart from what is added to it, and how the page that writes it displays it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.councils.shown import Difference, Line, Shown, Told
from tadbir.desk.papers.answers import APPEAL_ANSWER, OUTCOME, remedies_if_notified, sense_of, to_answer
from tadbir.desk.papers.parts import COUNTED, digest, remedy_words, told_by
from tadbir.desk.papers.returned import sent_back_lines
from tadbir.desk.papers.sent import sent_by_person, sent_line, sent_since, without_sent
from tadbir.desk.words import sense_name
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import day_words


def annulled_answer(dossier: Dossier, asked: Fact | None) -> Act | None:
    """The last answer to the same thing, where it was annulled: its words are offered again to whoever writes the next.

    `asked`: the remedy that it answered; None for the request. None once its words were erased.
    """
    kind = APPEAL_ANSWER if asked else OUTCOME
    found = Act.objects.filter(dossier_ref=dossier.number, kind=kind).select_related("content").order_by("-pk")
    same = (
        act for act in found if act.content.body and told_by(act).get("asked", "") == (str(asked.pk) if asked else "")
    )
    last = next(same, None)
    return last if last is not None and last.status == Act.Status.ANNULLED else None


def texts_of(paper: Act | Draft) -> dict[str, str]:
    """What the officer wrote in an answer: text and reasons, in Arabic and in the French copy."""
    found = {}
    for lang, key in (("ar", "blocks"), ("fr", "fr")):
        blocks = [dict(block) for block in told_by(paper).get(key, [])]
        heading = next((rank for rank, block in enumerate(blocks) if block.get("t") == "h"), len(blocks))
        for name, part in (("body", blocks[:heading]), ("reasons", blocks[heading + 1 :])):
            found[f"{name}_{lang}"] = "\n".join(str(block.get("text", "")) for block in part)
    return found


def _contested(dossier: Dossier, asked: Fact | None) -> Line:
    """What the next answer answers, by its name and its day."""
    remedy = law.REGIMES[dossier.kind].remedy(asked.kind) if asked else None
    if asked is None or remedy is None:
        return Line("asked", _("What it answers"), _("the request itself"), "request")
    name = in_language(remedy.name.ar, remedy.name.fr)
    return Line("asked", _("What it answers"), f"{name} · {day_words(local_date(asked.happened_at))}", str(asked.pk))


def _ways(dossier: Dossier, asked: Fact | None, story: Story) -> Line:
    """The ways to contest that a refusal would print; those counted from its reception without their day, which is
    another one every day."""
    if dossier.kind not in law.REGIMES:
        return Line("ways", "", "")
    found = remedies_if_notified(dossier, "refused", asked, story=story)
    fixed = [{key: one[key] for key in one if "if_received" not in one or key not in COUNTED} for one in found]
    return Line("ways", _("Ways to contest"), "\n".join(map(remedy_words, fixed)), digest(fixed))


def _who(fact: Fact | None) -> tuple[str, datetime | None]:
    """Who recorded a fact, and when; of what came from the person himself, that it did."""
    if fact is None:
        return "", None
    return str(fact.by or (_("the person") if fact.kind in law.OF_PERSON else "")), fact.recorded_at


def shown(dossier: Dossier, draft: Draft | None, story: Story | None = None) -> Shown:
    """What the page that writes an answer displays: what it answers, by which ways a refusal may be contested, and the
    words that are there. Whoever writes over it has read this and no other. `story`: its facts, if read."""
    known = story or Story(clockwork.facts_of(dossier))
    asked, lines = to_answer(dossier, known), list[Line]()
    if draft is not None:
        texts = texts_of(draft)
        lines = [
            Line("sense", _("Sense of the answer"), sense_name(sense_of(draft)), sense_of(draft)),
            Line("body_ar", _("The letter in Arabic"), texts["body_ar"]),
            Line("reasons_ar", _("Reasons, in fact and in law"), texts["reasons_ar"]),
            Line("body_fr", _("The letter in French (a copy, not obligatory)"), texts["body_fr"]),
            Line("reasons_fr", _("Reasons, in the French copy"), texts["reasons_fr"]),
            *sent_back_lines(draft),
            Line("paper", _("The letter as it is printed"), "", digest(draft.body)),
        ]
    what, ahead = f"answer:{dossier.number}", [_contested(dossier, asked), _ways(dossier, asked, known)]
    sent = sent_by_person(dossier, known, asked)

    def since(before: Told) -> list[Difference]:
        """Who sent the remedy that came, or struck out the one that is gone; what the person sent; who wrote the
        letter."""
        told, before = sent_since(before, sent, known), without_sent(before)
        gone = next((one for one in known.facts if str(one.pk) == before.get("asked", ("", ""))[1]), None)
        moved = asked or (known.voided.get(gone.pk) if gone else None) or next(reversed(known.facts), None)
        wrote = (str(draft.prepared_by or ""), draft.prepared_at) if draft else _who(next(reversed(known.facts), None))
        found = [(one, _who(moved)) for one in Shown(what, ahead).differences(_only(before, ahead))]
        found += [(one, wrote) for one in Shown(what, lines).differences(_only(before, ahead, others=True))]
        return [*told, *(replace(one, by=by, at=at) for one, (by, at) in found)]

    return Shown(what, [*ahead, *lines, sent_line(sent)], since=since)


def _only(before: Told, lines: Sequence[Line], *, others: bool = False) -> Told:
    """What a page had of these lines; or of the others."""
    keys = {line.key for line in lines}
    return {key: said for key, said in before.items() if (key in keys) != others}
