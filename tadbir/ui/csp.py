"""The content policy: nothing but our own files, and the one inlined style by its hash."""

from functools import cache
from typing import Any

from csp.constants import NONE, SELF

from tadbir.ui.css import style_hash


def policy() -> dict[str, Any]:
    """The value of CONTENT_SECURITY_POLICY. Pages never load, send or embed anything elsewhere."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF, style_hash()],
            "img-src": [SELF, "data:"],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "worker-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


@cache
def header() -> str:
    """The policy as every answer bears it: one for all pages, so written once."""
    from csp.utils import build_policy  # reads the settings, which read this module

    return str(build_policy())
