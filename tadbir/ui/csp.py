"""The content policy: nothing but our own files, and the one inlined style by its hash."""

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
