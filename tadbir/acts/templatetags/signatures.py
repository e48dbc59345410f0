"""How a signature is said on a page."""

from django import template

from tadbir.acts.models import Act, SignatureState
from tadbir.acts.signing import signed_words
from tadbir.councils.models import Quality

register = template.Library()


@register.filter
def signature_words(state: str) -> str:
    """What the council says of a signature of this state."""
    return str(SignatureState(state).label) if state in SignatureState.values else ""


@register.filter
def quality_words(quality: str) -> str:
    """In what quality somebody signed."""
    return str(Quality(quality).label) if quality in Quality.values else ""


@register.filter
def signed(act: Act) -> str:
    """Who signed an act and how, and who wrote it down."""
    return signed_words(act)
