"""What the frame of every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import override

from tadbir.councils.clock import set_back
from tadbir.councils.scope import council_or_none
from tadbir.ui.caching import closes
from tadbir.ui.dates import reader_language

#: Whether the addresses of a route stand in a language: the same for all of them, so asked once.
_stands: dict[tuple[str, str], bool] = {}
LANGUAGE_NAMES = {"ar": "العربية", "fr": "Français"}


def same_page_in(request: HttpRequest, lang: str) -> str:
    """The address of this page in the other language.

    Arabic has no prefix and French stands under /fr/; an address outside that scheme is asked with `?lang=`.
    """
    path = request.path_info
    bare = path[3:] or "/" if path == "/fr" or path.startswith("/fr/") else path
    query = request.GET.copy()
    query.pop("lang", None)
    other = f"/fr{bare}" if lang == "fr" else bare
    match = request.resolver_match  # none on the page of an address that leads nowhere
    known = _stands.get((lang, match.route)) if match else None
    if known is None:
        known = _resolves(other, lang)
        if match:
            _stands[lang, match.route] = known
    if not known:
        other = bare
        query["lang"] = lang
    address = get_script_prefix().rstrip("/") + other
    return f"{address}?{query.urlencode()}" if query else address


def asked_in(request: HttpRequest) -> str:
    """The path of this page, in the other language where its button sent the form."""
    asked = request.POST.get("in", "")
    return same_page_in(request, asked).partition("?")[0] if asked in LANGUAGE_NAMES else request.path


def _resolves(path: str, lang: str) -> bool:
    with override(lang):
        try:
            resolve(path)
        except Resolver404:
            return False
    return True


def ui(request: HttpRequest) -> dict[str, Any]:
    """Template context: `lang`, `dir`, `other_lang`, its name and address, `council`, `demo`, `drill`, `home_url`,
    `closes`, `clock_back`."""
    lang = reader_language()
    other = "ar" if lang == "fr" else "fr"
    council = getattr(request, "council", None) or council_or_none()
    return {
        "lang": lang,
        "dir": "ltr" if lang == "fr" else "rtl",
        "other_lang": other,
        "other_lang_name": LANGUAGE_NAMES[other],
        "other_lang_url": same_page_in(request, other),
        "council": council,
        "demo": bool(council and council.demo),
        "drill": settings.DRILL,
        "closes": closes(request),
        "clock_back": set_back() > 0,
        "home_url": get_script_prefix() + ("fr/" if lang == "fr" else ""),
    }
