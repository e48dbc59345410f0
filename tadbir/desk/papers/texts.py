"""What somebody wrote in an answer, apart from what is added to it, and how the page that writes it displays it."""

from django.utils.translation import gettext as _

from tadbir.acts.models import Act, Draft
from tadbir.councils.shown import Line, Shown
from tadbir.desk.papers.answers import APPEAL_ANSWER, OUTCOME, sense_of
from tadbir.desk.papers.parts import digest, told_by
from tadbir.desk.papers.returned import sent_back_lines
from tadbir.desk.words import sense_name
from tadbir.dossiers.models import Dossier, Fact


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


def shown(dossier: Dossier, draft: Draft | None) -> Shown:
    """What the page that writes an answer displays of it: whoever writes over it has read this and no other."""
    what = f"answer:{dossier.number}"
    if draft is None:
        return Shown(what, ())
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
    return Shown(what, lines, by=str(draft.prepared_by or ""), at=draft.prepared_at)
