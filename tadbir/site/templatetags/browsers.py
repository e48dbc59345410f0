"""How a browser is named on a page."""

from django import template
from django.utils.translation import gettext as _

from tadbir.reading.browsers import read_browser

register = template.Library()


@register.filter
def browser_name(agent: str) -> str:
    """The browser and its system in words."""
    browser, system = read_browser(agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or _("another browser")
