"""What a letter takes from its dossier, beside the words that somebody wrote for it: whom it is for, who sends it, what
it refers to. A letter that waits is put right with the dossier; none is signed that says otherwise than it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.acts import actions as acts
from tadbir.acts.actions.issuing import filled_in
from tadbir.acts.documents import canonical
from tadbir.acts.models import Act, Draft
from tadbir.acts.signing import check_power
from tadbir.councils.clock import today
from tadbir.councils.models import Person, in_language
from tadbir.councils.shown import Difference, Line, Shown
from tadbir.desk.papers import answers, letters
from tadbir.desk.papers.parts import digest, told_by
from tadbir.dossiers.models import Dossier

_KEYS = ("recipient", "sender_ar", "sender_fr", "reference_ar", "reference_fr", "subject_ar")


def frame(dossier: Dossier, paper: Act | Draft) -> dict[str, Any]:
    """The same parts of a letter as the dossier gives them now."""
    step = letters.step_of(paper)
    if step is None:
        body = answers.framed(dossier, answers.asked_by(paper, dossier))
    else:
        letter = letters.letter_of(dossier.kind, step.fact)
        body = letter.body(dossier, step) if letter else {}
    return dict(canonical.normalise({key: body[key] for key in _KEYS if key in body}))


def outdated(dossier: Dossier, paper: Act | Draft) -> list[Difference]:
    """What a letter says otherwise than its dossier says now."""
    told, now = told_by(paper), frame(dossier, paper)
    then = {key: told.get(key) for key in now}
    if then == now:
        return []
    return Shown("frame", lines(now)).differences(Shown("frame", lines(then)).told)


def renew(dossier: Dossier, draft: Draft) -> bool:
    """Write a letter that nobody signed with what its dossier says now, its own words as they are; whether it changed.

    It stays his who wrote it, and sent back where it was; what was printed before is no longer what would be signed.
    """
    if not outdated(dossier, draft):
        return False
    acts.change_draft(draft, draft.body | frame(dossier, draft), draft.prepared_by, submitted=False)
    return True


def as_framed(body: dict[str, Any]) -> dict[str, Any]:
    """What the paper prints around its words, in the reader's language."""
    to = body.get("recipient") or {}
    pairs = {
        "sender": (body.get("sender_ar"), body.get("sender_fr")),
        "name": (to.get("name_ar"), to.get("name_fr")),
        "address": (to.get("address_ar"), to.get("address_fr")),
        "reference": (body.get("reference_ar"), body.get("reference_fr")),
    }
    return {key: in_language(str(ar or ""), str(fr or "")) for key, (ar, fr) in pairs.items()}


def lines(body: dict[str, Any]) -> list[Line]:
    """The same, as the lines of a page that confirms."""
    said = as_framed(body)
    return [
        Line("to", _("Addressee"), said["name"], digest([body.get("recipient")])),
        Line("address", _("Address"), said["address"]),
        Line("from", _("Sender"), said["sender"]),
        Line("reference", _("What it refers to"), said["reference"], digest([body.get("reference_ar")])),
        Line("subject", _("Subject"), str(body.get("subject_ar") or "")),
    ]


def head_lines(draft: Draft) -> list[Line]:
    """The head of the paper: the council, its place, the kind of paper, the number of the dossier."""
    head = filled_in(draft.kind, draft.series, "", draft.prepared_at, draft.dossier_ref)
    printed = {key: head[key] for key in ("council", "kind", "layout", "series", "dossier", "demo")}
    words = in_language(printed["council"]["name_ar"], printed["council"]["name_fr"])
    return [Line("head", _("The head of the paper"), words, digest(printed))]


def _signer(draft: Draft, dossier: Dossier, signer: Person) -> dict[str, Any]:
    return check_power(signer, draft.kind, today(), dossier.unit).to_document()


def signer_words(draft: Draft, dossier: Dossier, signer: Person) -> str:
    """Who signs in his own session, as the paper names him. Raises NoSigningPower."""
    return _in_words(_signer(draft, dossier, signer))


def _in_words(told: dict[str, Any]) -> str:
    return in_language(f"{told['name_ar']} · {told['quality_ar']}", f"{told['name_fr']} · {told['quality_fr']}")


def signer_lines(draft: Draft, dossier: Dossier, signer: Person) -> list[Line]:
    """The same, as a line of a page that confirms."""
    told = _signer(draft, dossier, signer)
    return [Line("signer", _("Who signs"), _in_words(told), digest(told))]
