"""The style of public pages, small enough to travel inside the page, and the hash that lets it in.

The content policy knows the style by its SHA-256, so the page needs neither a second request nor a
loosened policy.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy

from tadbir.ui.cookies import declare_cookie

PUBLIC = Path(__file__).resolve().parent / "static" / "ui" / "public.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,])\s*")
_COLON = re.compile(r":\s+")


def shortened(css: str) -> str:
    """CSS without its comments and the spaces no browser needs."""
    text = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    text = _COLON.sub(":", _AROUND.sub(r"\1", text))
    return text.replace(";}", "}").strip()


@cache
def inline_css() -> str:
    """What stands between <style> and </style> on every public page."""
    return shortened(PUBLIC.read_text("utf-8"))


#: Says that this browser was given the style once, and which one.
STYLE_COOKIE = declare_cookie(
    "tadbir-style",
    gettext_lazy("on the first page you open: that your device has the look of these pages, so that they weigh less"),
    STYLE_KEPT := 30 * 24 * 60 * 60,
)


@cache
def style_version() -> str:
    """A short name of the present style."""
    return hashlib.sha256(inline_css().encode("utf-8")).hexdigest()[:8]


def style_hash(css: str | None = None) -> str:
    """The source expression that allows exactly this style ('sha256-…')."""
    digest = hashlib.sha256((inline_css() if css is None else css).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
