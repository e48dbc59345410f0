"""What people type, made safe to keep: nothing that nobody sees, one spelling of each letter, no hidden direction.

Arabic letters keep their forms: the joiners U+200C and U+200D stay, presentation forms are not folded.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tadbir.reading.letters import prose, shown

#: What is left to refuse once `clean_name` or `clean_prose` took out what nobody sees: in fields that clean nothing.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
#: Letters of the longest name of a file that is kept.
LONGEST_NAME = 200


def refuse_controls(value: str) -> None:
    """Raise ValidationError if the text holds a character that no keyboard types."""
    if CONTROLS.search(value):
        raise ValidationError(_("This text holds characters that cannot be kept. Type it again."), code="control")


def clean_name(value: str) -> str:
    """One line: NFC, single spaces, nothing that nobody sees. For names, subjects, references."""
    return SPACES.sub(" ", shown(value).replace("\n", " ")).strip()


def clean_prose(value: str) -> str:
    """Several lines: NFC, line ends as \\n, nothing that nobody sees but the author's own marks of direction."""
    return re.sub(r"\n{4,}", "\n\n\n", prose(value)).strip()


#: Why a text is refused that nobody would understand later.
SAYS_NOTHING = _("Write it in words that somebody else understands later: two words at least.")
OWN_WORDS = _("Write what the person says, in his own words: one word at least.")


def file_name(value: str) -> str:
    """The name of a file as it is kept: one line, shortened in its middle where it is too long."""
    name = clean_name(value)
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    kept = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return f"{name[: LONGEST_NAME - len(kept) - 1]}…{kept}"


#: What a file that leaves is called at its end, whatever its sender called it: a program or a page must not open.
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


def download_name(name: str, media_type: str) -> str:
    """The name of a file to save: one line, no path, ending as what the file really is."""
    ending = ENDINGS.get(media_type, ".bin")
    clean = re.sub(r'[\\/:*?"<>|]', " ", CONTROLS.sub("", clean_name(name))).strip(" .")
    same = (".jpg", ".jpeg") if ending == ".jpg" else (ending,)
    return clean if clean.lower().endswith(same) else f"{clean[:100] or 'document'}{ending}"
