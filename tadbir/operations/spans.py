"""How long until something, or since: in the words of a reader, not as a count that may be below nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


def until(days: int) -> str:
    """When something ends, or ended, by whole days from today."""
    if days == 0:
        return _("ends today")
    if days > 0:
        return ngettext("ends in %(days)s day", "ends in %(days)s days", days) % {"days": days}
    return ngettext("ended %(days)s day ago", "ended %(days)s days ago", -days) % {"days": -days}


def ago(seconds: float) -> str:
    """How long ago something was: minutes, from two hours on hours, from two days on days."""
    if seconds < 2 * HOUR:
        count = max(1, int(seconds // MINUTE))
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", count) % {"count": count}
    if seconds < 2 * DAY:
        count = int(seconds // HOUR)
        return ngettext("%(count)s hour ago", "%(count)s hours ago", count) % {"count": count}
    count = int(seconds // DAY)
    return ngettext("%(count)s day ago", "%(count)s days ago", count) % {"count": count}
