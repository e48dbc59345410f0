"""Styles and scripts as they travel: without comments and indents, which no browser needs."""

import re

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

from tadbir.ui.css import shortened

#: What is ours, and so written without a text over several lines; the libraries travel as they came.
OURS = "ui/"
_NOTE = re.compile(r"^\s*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def shortened_script(text: str) -> str:
    """A script without its notes and indents; its lines stay lines, so that it means the same."""
    return _INDENT.sub("", _NOTE.sub("", text))


def as_gathered(name: str, body: bytes) -> bytes:
    """A file of the program as it is served."""
    if not name.startswith(OURS) or not name.endswith((".css", ".js")) or ".min." in name:
        return body
    shorten = shortened if name.endswith(".css") else shortened_script
    return shorten(body.decode("utf-8")).encode("utf-8")


class Shortened(CompressedManifestStaticFilesStorage):
    """The files of `tadbir init` and of each start: named by what they hold, shortened, compressed."""

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        return str(super()._save(name, ContentFile(as_gathered(name, content.read()))))
