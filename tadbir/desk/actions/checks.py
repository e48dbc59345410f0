"""What several verbs ask before they write."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.acts.models import Act, Draft
from tadbir.councils.actions import require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.reading.letters import has_words, says_something
from tadbir.ui.text import OWN_WORDS, SAYS_NOTHING


def require_counter(person: Person | None, dossier: Dossier) -> None:
    """Raise PermissionDenied unless the person serves at the counter today and may open this dossier.

    Nobody (None) is the person of the dossier himself, who opened it with his code.
    """
    if person is not None:
        require(person, Right.SERVE_AT_COUNTER)
        dossiers.require_sight(person, dossier)


def require_own(paper: Draft | Act, dossier: Dossier) -> None:
    """Raise ValidationError for the paper of another dossier."""
    if paper.dossier_ref != dossier.number or paper.council_id != dossier.council_id:
        raise ValidationError(_("This paper belongs to another dossier."))


def require_seen(seen: bool, *, scanned: bool = True) -> None:
    """Raise ValidationError unless whoever files a scan, or records a signature by hand whose scan comes later, says
    that he saw the signature on it: no program sees one."""
    if seen:
        return
    if not scanned:
        raise ValidationError({"seen": _("Look at the signed paper, then tick this: no scan came with it.")})
    raise ValidationError({"seen": _("Look at the scan, then tick this: no program can see a signature.")})


def require_asked_here(dossier: Dossier, asked: Fact) -> None:
    """Raise ValidationError for a question or an appeal of another dossier."""
    if asked.dossier_id != dossier.pk:
        raise ValidationError(_("This entry belongs to another dossier."))


def reason_of(text: str) -> dict[str, str]:
    """A reason as it is kept with a fact. Raises ValidationError for an empty one."""
    if not has_words(text):
        raise ValidationError({"reason": _("Give the reason: the law asks for it.")})
    return {"reason": text.strip()}


def meaning_of(text: str, name: str = "reason") -> str:
    """A text that others must understand later, as it is kept. Raises ValidationError, beside the field that it names,
    for one that says nothing."""
    if not says_something(text):
        raise ValidationError({name: SAYS_NOTHING})
    return text.strip()


def own_words(text: str, name: str = "reason") -> str:
    """What somebody else said, as it is kept: his own words are not judged. Raises as `meaning_of` for none."""
    if not says_something(text, words=1):
        raise ValidationError({name: OWN_WORDS})
    return text.strip()
