"""Answers, to a request or to an appeal against it, half written; the rest is that of every paper (`sealing`)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.models import Draft
from tadbir.councils.models import Person
from tadbir.desk import papers
from tadbir.desk.words import SENSES
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.reading.letters import has_words


def _require_whole(ar: tuple[str, str], fr: tuple[str, str]) -> None:
    """Raise ValidationError for a text, or its reasons, that announces something which does not follow."""
    said = _("This text is not finished after “%(where)s”: write what it announces, and replace the dots.")
    found: dict[str, str] = {}
    for lang, (body, reasons) in (("ar", ar), ("fr", fr)):
        for name, text, then in ((f"body_{lang}", body, reasons), (f"reasons_{lang}", reasons, "")):
            if where := papers.open_end(text, then):
                found[name] = said % {"where": where}
    if found:
        raise ValidationError(found)


def _require_allowed(dossier: Dossier, story: Story, sense: str, asked: Fact | None) -> None:
    """Raise Refused where the law does not allow this answer now, or ValidationError where it could not be signed in
    this sense."""
    permission = clockwork.may(dossier, papers.may_write(asked), facts=story.facts, data={"sense": sense})
    if not permission:
        raise dossiers.Refused(permission)
    if why := papers.why_not_in_sense(dossier, sense, asked, story):
        raise ValidationError({"sense": why})


@transaction.atomic
def draft_outcome(
    dossier: Dossier,
    person: Person,
    sense: str,
    body_ar: str,
    reasons_ar: str = "",
    body_fr: str = "",
    reasons_fr: str = "",
    *,
    unreasoned: bool = False,
    shown: str,
) -> Draft:
    """Write the answer. Reasons in fact and in law are obligatory when it is not wholly favourable.

    Law 55-19, article 18, and law 03-01, article 1: without them the decision is unlawful. A French copy
    carries them too. `unreasoned`: taken by necessity without its reasons, which are
    then given to whoever asks (law 03-01, article 4); the letter says so in their place. `shown`: the answer as the
    page displayed it; what somebody else wrote since is not dropped (Changed).
    """
    dossiers.require_work(person, dossier)
    if sense not in SENSES:
        raise ValidationError({"sense": _("Choose the sense of the answer.")})
    unreasoned = unreasoned and sense != "granted"
    if unreasoned:
        reasons_ar, reasons_fr = papers.UNREASONED.ar, papers.UNREASONED.fr if body_fr.strip() else ""
        body_ar, body_fr = papers.announcing_none(body_ar), papers.announcing_none(body_fr)
    if sense != "granted" and not has_words(reasons_ar):
        raise ValidationError({"reasons_ar": _("A negative answer needs reasons, in fact and in law (law 03-01).")})
    for name, text, needed in (("body_ar", body_ar, True), ("body_fr", body_fr, bool(reasons_fr.strip()))):
        if needed and not has_words(text):
            raise ValidationError({name: _("Write the letter.")})
    copied = bool(body_fr.strip())
    if copied and sense != "granted" and not has_words(reasons_fr):
        raise ValidationError({"reasons_fr": _("The French copy needs the reasons too, or leave the copy out.")})
    _require_whole((body_ar, reasons_ar), (body_fr, reasons_fr) if copied else ("", ""))
    dossier = dossiers.lock(dossier)
    story = Story(clockwork.facts_of(dossier))
    papers.shown(dossier, papers.answer_being_prepared(dossier, story)).require(shown)
    asked = papers.to_answer(dossier, story)
    _require_allowed(dossier, story, sense, asked)
    if unreasoned and not papers.may_be_unreasoned(dossier, asked):
        raise ValidationError({"unreasoned": _("The law of this dossier knows no decision without its reasons.")})
    if asked is not None and papers.answers_to_notify(dossier):
        raise ValidationError(_("An answer is signed: notify it first."))
    arabic, french = papers.with_reasons(body_ar, reasons_ar, "ar"), papers.with_reasons(body_fr, reasons_fr, "fr")
    return papers.draft_answer(dossier, sense, arabic, french, person, asked, unreasoned=unreasoned)
