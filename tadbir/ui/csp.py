"""The content policy: nothing but our own files, and the one inlined style by its hash."""

from functools import cache
from typing import Any

from csp.constants import NONE, SELF

from tadbir.ui.css import style_hash


def policy() -> dict[str, Any]:
    """The value of CONTENT_SECURITY_POLICY. Pages never load, send or embed anything elsewhere.

    The worker of the verifier is a script, and browsers hold it to `script-src` where nothing else is said of workers.
    """
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF, style_hash()],
            "img-src": [SELF, "data:"],
            "connect-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


@cache
def header(inside: bool = True) -> str:
    """The policy as pages bear it, written once; with the hash of the style where it stands `inside` the page."""
    from csp.utils import build_policy  # reads the settings, which read this module

    return str(build_policy(replace=None if inside else {"style-src": [SELF]}))
