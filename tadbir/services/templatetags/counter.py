"""`{% load counter %}`: the words of the counter."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()
#: Why a receipt was not used, as `CloseBlockForm` keeps it.
_UNUSED = {"never used": _("never used"), "spoiled": _("spoiled"), "lost": _("lost")}


@register.filter
def unused_name(reason: str) -> str:
    """Why a numbered paper receipt was not used: a choice of the form in the reader's language, else as written."""
    return str(_UNUSED.get(reason, reason))
