"""`{% load ui %}`: the pieces every page is made of. docs/ui.md shows how each is written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadbir.councils.clock import today as today_in_casablanca
from tadbir.law.words import bare, by, isolated
from tadbir.ui import clock as clocks
from tadbir.ui.css import STYLE_COOKIE, inline_css, style_version
from tadbir.ui.dates import advised, as_date, day_element, days_words, moment_element, reader_language, size_words
from tadbir.ui.paging import Page
from tadbir.ui.unbroken import colon, unbroken

register = template.Library()
# What ui/errors.html writes, and no text can: texts are escaped.
ERRORS = '<div class="notice bad" data-errors '
TONES = frozenset({"plain", "good", "warn", "bad", "info"})


# --- words -------------------------------------------------------------------------------------------------


@register.filter
def tr(source: Any, name: str) -> str:
    """`name_ar` or `name_fr` of an object or mapping; marks the language when it is the other one."""
    lang = reader_language()
    for one in (lang, "ar" if lang == "fr" else "fr"):
        key = f"{name}_{one}"
        text = source.get(key) if isinstance(source, Mapping) else getattr(source, key, "")
        if text and one == lang:
            return conditional_escape(text)
        if text:
            return format_html('<span lang="{}" dir="{}">{}</span>', one, "ltr" if one == "fr" else "rtl", text)
    return ""


# What is read as one word and would be broken at a sign inside it: an official number, a reference.
_NUMBER = re.compile(r"(?=.*\d)(?=.*[-/:])[\w+./:-]{3,16}")
# A telephone, as it is kept or as it is written here: read from left to right, on one line.
_TELEPHONE = re.compile(r"\+\d{8,15}|0\d(?: ?\d\d){4}", re.ASCII)


@register.filter
def bdi(text: object, language: str = "") -> str:
    """Mixed text in its own direction; a number stays on one line, a telephone too, from left to right. `language`:
    that of the text, where it is another than that of its page."""
    if not (plain := bare(str(text if text is not None else ""))):
        return ""
    if language:
        way = "rtl" if language == "ar" else "ltr"
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, way, plain)
    if _TELEPHONE.fullmatch(number := plain.strip("\u2066\u2069")):  # as `written_here` sets it apart
        return format_html('<bdi class="no" dir="ltr">{}</bdi>', number)
    if isolated(plain) == plain:  # its parts stand apart already
        return conditional_escape(plain)
    opens = '<bdi class="no">' if _NUMBER.fullmatch(plain) else "<bdi>"
    return mark_safe(f"{opens}{conditional_escape(plain)}</bdi>")  # noqa: S308


@register.filter
def apart(text: object) -> str:
    """The same in plain text, where no element can stand: a title, an option."""
    return isolated(str(text)) if text not in (None, "") else ""


@register.filter
def day(value: object, style: str = "") -> str:
    """A date in words for people and ISO for machines; style `weekday` or `short`."""
    found = as_date(value)
    return day_element(found, style) if found else ""


@register.filter
def by_day(value: object, style: str = "") -> str:
    """A last day in words, that day included; style `weekday`, or `advised`: the same, of a right."""
    found, words = day(value, style and "weekday"), by("{}", reader_language())
    return format_html(advised(words) if style == "advised" else words, found) if found else ""


@register.filter
def moment(value: object) -> str:
    """A moment in Casablanca; a plain date stays a date."""
    if not isinstance(value, datetime):
        return day(value)
    return moment_element(value)


@register.filter
def days(number: int) -> str:
    """A number of days in words."""
    return days_words(int(number))


@register.filter
def filesize_words(octets: int) -> SafeString:
    """A size of file in words, apart from the name before it and on one line."""
    return format_html('<bdi class="no">{}</bdi>', size_words(int(octets)))


# --- the frame ---------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def public_css(context: Context) -> SafeString:
    """The style: inside the first page that a browser opens, then as a file it keeps.

    Eleven pages of a request would carry it eleven times over a 2G line. `style_inside` in the context keeps it
    inside a page that must work without network.
    """
    request = context.get("request")
    if request is not None and request.COOKIES.get(STYLE_COOKIE) == style_version() and not context.get("style_inside"):
        return format_html('<link rel="stylesheet" href="{}">', static("ui/public.css"))
    if request is not None:
        request.style_travelled = True
    return mark_safe(f"<style>{inline_css()}</style>")  # noqa: S308


@register.inclusion_tag("ui/star.html")
def star(label: str = "") -> dict[str, str]:
    """The eight-pointed star."""
    return {"label": label}


@register.inclusion_tag("ui/script.html", takes_context=True)
def ui_script(context: template.Context) -> dict[str, bool]:
    """The small script of forms, once a page; not in a page that it asked for itself (`above.led_at_once`)."""
    kept: Any = context.render_context  # one for the whole page, whatever it includes
    shown = "ui_script" in kept.dicts[0] or getattr(context.get("request"), "carried", False)
    kept.dicts[0]["ui_script"] = True
    return {"first": not shown}


# --- the clock bar -----------------------------------------------------------------------------------------


#: The compact bars drawn last, by all that they are drawn from: a list draws the same ones at each visit of the day.
_BARS: dict[tuple[Any, ...], SafeString] = {}


@register.simple_tag
def clock(
    duty: Any, compact: bool = False, today: date | None = None, title: str = "", calm: bool = False
) -> SafeString:
    """The clock bar of a duty; `calm` where it is not the reader's."""
    day = today or today_in_casablanca()
    if not compact:
        return _bar(duty, day, calm, compact=False, title=title)
    drawn_from = (get_language(), day, calm, *clocks.dates_of(duty))
    if drawn_from not in _BARS:
        if len(_BARS) >= clocks.BARS_KEPT:
            _BARS.clear()
        _BARS[drawn_from] = _bar(duty, day, calm, compact=True)
    return _BARS[drawn_from]


def _bar(duty: Any, day: date, calm: bool, *, compact: bool, title: str = "") -> SafeString:
    view = clocks.view(duty, day, why=not compact, calm=calm)
    return render_to_string("ui/clock.html", {"clock": view, "compact": compact, "title": title})


# --- forms -------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/field.html")
def field(field: BoundField, upload: bool = False) -> dict[str, Any]:
    """Label, help, error and widget of one field."""
    inner = getattr(field.field.widget, "input_type", "")
    return {"field": field, "upload": upload, "check": inner == "checkbox" and not field.use_fieldset}


@register.inclusion_tag("ui/field.html")
def upload(field: BoundField) -> dict[str, Any]:
    """The field of one document, made smaller on the device where script runs."""
    return {"field": field, "upload": True, "check": False}


@register.inclusion_tag("ui/form.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form."""
    return {"form": form}


@register.inclusion_tag("ui/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What to mend, with a link to each field; takes the focus when the page opens."""
    shown = [(one, one.errors) for one in form.visible_fields() if one.errors] if form.is_bound else []
    hidden = [error for one in form.hidden_fields() for error in one.errors] if form.is_bound else []
    others = list(dict.fromkeys([*(form.non_field_errors() if form.is_bound else []), *hidden]))
    return {"fields": shown, "others": others, "changed": getattr(form, "changed", None)}


@register.tag
def titled(parser: Parser, _token: Token) -> "Titled":
    """`{% titled %}` the whole page `{% endtitled %}`: a page that says what to mend says so in its title first."""
    inside = parser.parse(("endtitled",))
    parser.delete_first_token()
    return Titled(inside)


class Titled(template.Node):
    """A page; whoever hears only its title (a screen reader, a tab) learns that it was not sent."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        page = mark_safe(unbroken(self.nodelist.render(context)))  # noqa: S308 - the same page
        if ERRORS in page:
            page = mark_safe(page.replace("<title>", f"<title>{_('Error:')} ", 1))  # noqa: S308
        return page


@register.filter
def target(field: BoundField) -> str:
    """The id that a link to this field must name: the first choice of a group, else the field."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)


@register.simple_tag
def form_attrs(form: BaseForm) -> SafeString:
    """Attributes of <form>: our messages instead of the browser's, and the right encoding."""
    coding = ' enctype="multipart/form-data"' if form.is_multipart() else ""
    return mark_safe(f"novalidate{coding} data-once")  # noqa: S308


@register.inclusion_tag("ui/submit.html", takes_context=True)
def submit(
    context: template.Context, label: str, tone: str = "", name: str = "", value: str = "", to: str = "", form: str = ""
) -> dict[str, Any]:
    """The button that sends a form, and its script; `to` another address; of the `form` of this id, its files stay."""
    said = {"label": label, "tone": tone, "name": name, "value": value, "to": to, "form": form}
    return said | {"first": ui_script(context)["first"]}


# --- pieces ------------------------------------------------------------------------------------------------


register.simple_tag(colon)


@register.simple_tag
def tag(label: str, tone: str = "plain") -> str:
    """A short word about a state."""
    return format_html('<span class="tag {}">{}</span>', tone if tone in TONES else "plain", label)


@register.simple_tag
def notice(text: str, tone: str = "info") -> str:
    """One line the reader must see."""
    role = "alert" if tone == "bad" else "status"
    return format_html('<p class="notice {}" role="{}">{}</p>', tone if tone in TONES else "info", role, text)


@register.inclusion_tag("ui/empty.html")
def empty(title: str, hint: str = "", url: str = "", label: str = "") -> dict[str, str]:
    """What stands where a list has nothing."""
    return {"title": title, "hint": hint, "url": url, "label": label}


@register.inclusion_tag("ui/kv.html")
def kv(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Labels and values; rows without a value are left out."""
    return {"rows": [(name, bdi(one) if type(one) is str else one) for name, one in rows if one not in (None, "")]}


@register.inclusion_tag("ui/history.html")
def history(steps: Iterable[Any]) -> dict[str, Any]:
    """What happened, one line a fact."""
    return {"steps": list(steps)}


@register.inclusion_tag("ui/steps.html")
def steps(*labels: str, current: int = 1) -> dict[str, Any]:
    """Where the reader is in a short journey (1 is the first step)."""
    return {"labels": list(enumerate(labels, 1)), "current": current, "last": len(labels)}


@register.inclusion_tag("ui/table.html")
def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "") -> dict[str, Any]:
    """A table that reads on a phone: each cell knows the name of its column."""
    return {"columns": columns, "rows": [list(zip(columns, row, strict=True)) for row in rows], "caption": caption}


@register.inclusion_tag("ui/pages.html")
def pages(page: Page) -> dict[str, Page]:
    """Links to the neighbours of a page of a list."""
    return {"page": page}
