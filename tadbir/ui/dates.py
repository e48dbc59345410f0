"""Dates, spans and sizes in words, as a Moroccan clerk writes them (Moroccan month names, Western digits)."""

from datetime import date, datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from tadbir.councils.clock import CASABLANCA, as_known
from tadbir.law.words import MONTHS_AR, MONTHS_FR, WEEK_AR, WEEK_FR, by, written

MONTHS = {"ar": MONTHS_AR, "fr": MONTHS_FR}
WEEKDAYS = {"ar": WEEK_AR, "fr": WEEK_FR}


def reader_language() -> str:
    """`ar` or `fr`: the language of the page being drawn."""
    return "fr" if (get_language() or "ar").startswith("fr") else "ar"


def as_date(value: object) -> date | None:
    """A date from a date, an aware or naive moment, or ISO text; None from anything empty."""
    if isinstance(value, datetime):
        return value.astimezone(CASABLANCA).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10]) if value else None


def day_words(day: date, lang: str | None = None, *, weekday: bool = False) -> str:
    """«فاتح دجنبر 2026», «1er décembre 2026»; with the day of the week when asked."""
    lang = lang or reader_language()
    words = written(day, lang)
    return f"{WEEKDAYS[lang][day.weekday()]} {words}" if weekday else words


def day_element(day: date, style: str = "") -> SafeString:
    """A date for people and for machines, on one line; style `short`, or `weekday`, which may break after that name."""
    if style == "weekday":
        parts = day_words(day, weekday=True).split(" ", 1)
        return format_html('<time datetime="{}">{} <span class="no">{}</span></time>', day.isoformat(), *parts)
    words = f"{day:%d/%m/%Y}" if style == "short" else day_words(day)
    return format_html('<time class="no" datetime="{}">{}</time>', day.isoformat(), words)


def by_words(day: date, lang: str | None = None, *, weekday: bool = False) -> str:
    """The last day on which something may be done: «إلى غاية 29 دجنبر 2026», «au plus tard le 29 décembre 2026»."""
    lang = lang or reader_language()
    return by(day_words(day, lang, weekday=weekday), lang)


#: Of the earliest day by which a right is used: it ends later by other readings, and nobody is told that it is over.
_ADVISED = {"ar": "يُنصح بذلك {by}", "fr": "par prudence, {by}"}


def advised(by: str, lang: str | None = None) -> str:
    """A last day in words, as it is advised: «يُنصح بذلك إلى غاية…», «par prudence, au plus tard le…»."""
    return _ADVISED[lang or reader_language()].format(by=by)


def moment_parts(moment: datetime, lang: str | None = None) -> tuple[str, str]:
    """Day and hour in Casablanca, each of which stays on one line."""
    local = moment.astimezone(CASABLANCA) if moment.tzinfo else moment
    lang = lang or reader_language()
    between = "على الساعة" if lang == "ar" else "à"
    hour = f"{local:%H:%M}" if lang == "ar" else f"{local.hour} h {local:%M}"
    return day_words(local.date(), lang), f"{between} {hour}"


def moment_words(moment: datetime, lang: str | None = None) -> str:
    """The same in one line of text; the day alone where no hour is known."""
    known = as_known(moment)
    return " ".join(moment_parts(known, lang)) if isinstance(known, datetime) else day_words(known, lang)


def moment_element(moment: datetime) -> SafeString:
    """A moment for people and for machines: its day and its hour, each on one line; its day where no hour is known."""
    if not isinstance(as_known(moment), datetime):
        return day_element(as_date(moment) or moment)
    words = format_html_join(" ", '<span class="no">{}</span>', ((part,) for part in moment_parts(moment)))
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="minutes"), words)


def days_words(days: int, lang: str | None = None) -> str:
    """«12 يوما», «12 jours», with the right plural."""
    with override(lang or reader_language()):
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def size_words(octets: int, lang: str | None = None) -> str:
    """A size of file in kilobytes or megabytes (1 kB = 1,000 octets)."""
    with override(lang or reader_language()):
        if octets < 1_000_000:
            return _("%(size)s kB") % {"size": max(1, round(octets / 1000))}
        return _("%(size)s MB") % {"size": f"{octets / 1_000_000:.1f}".replace(".", ",")}
