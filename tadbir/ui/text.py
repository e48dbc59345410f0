"""What people type, made safe to keep: no control characters, one spelling of each letter, no hidden direction.

Arabic letters keep their forms: the joiners U+200C and U+200D stay, presentation forms are not folded.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: C0 and C1 controls but tab and line ends, lone surrogates, and the two non-characters of each plane.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: Embeddings, overrides and isolates: they can hide or reverse what follows them.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: The plain marks, the byte order mark, the zero-width space and the soft hyphen: harmless in prose, noise in a name.
NOISE = re.compile("[\u200e\u200f\u061c\ufeff\u200b\u2060\u00ad]")
LINE_ENDS = re.compile("\r\n?|\u0085|\u2028|\u2029")
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


def refuse_controls(value: str) -> None:
    """Raise ValidationError if the text holds a character that no keyboard types."""
    if CONTROLS.search(value):
        raise ValidationError(_("This text holds characters that cannot be kept. Type it again."), code="control")


def clean_name(value: str) -> str:
    """One line: NFC, no direction controls, single spaces. For names, subjects, references."""
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", value).replace("\n", " "))
    return SPACES.sub(" ", NOISE.sub("", DIRECTION.sub("", text))).strip()


def clean_prose(value: str) -> str:
    """Several lines: NFC, line ends as \\n, no embeddings or overrides; the author's marks stay."""
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", value))
    return re.sub(r"\n{4,}", "\n\n\n", DIRECTION.sub("", text).replace("\ufeff", "")).strip()


#: What a file that leaves is called at its end, whatever its sender called it: a program or a page must not open.
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


def download_name(name: str, media_type: str) -> str:
    """The name of a file to save: one line, no path, ending as what the file really is."""
    ending = ENDINGS.get(media_type, ".bin")
    clean = re.sub(r'[\\/:*?"<>|]', " ", CONTROLS.sub("", clean_name(name))).strip(" .")
    same = (".jpg", ".jpeg") if ending == ".jpg" else (ending,)
    return clean if clean.lower().endswith(same) else f"{clean[:100] or 'document'}{ending}"
