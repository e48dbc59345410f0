"""The spaces of French: no line of a page or a paper begins with a colon.

A no-break space stands before a colon and inside « guillemets », a narrow one before ; ! ?, as the Imprimerie nationale
sets them. `make messages` writes them in the catalogues, the data and the code; `make check-messages` refuses others.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

WIDE, NARROW = "\u00a0", "\u202f"
ANY = f"[ {WIDE}{NARROW}]"
# A value of data in French: fr = "…", label_fr = '''…'''.
TOML = re.compile(
    r"""^(\s*"?(?:\w+_)?fr"?\s*=\s*)(\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3}|"[^"\n]*"|'[^'\n]*')""", re.MULTILINE
)
INLINE = re.compile(r"""([{,]\s*(?:\w+_)?fr\s*=\s*)("[^"\n]*")""")


def spaced(text: str) -> str:
    """A French text with its spaces, put in where they were forgotten."""
    text = re.sub(rf"(?<=[^\s:«])(?<!\\n){ANY}*:(?=\s|$|[»\"'])", f"{WIDE}:", text)
    text = re.sub(rf"(?<=[\w%)\]}}»’…]){ANY}*([;!?]+)(?=\s|$|[»)\"'…])", rf"{NARROW}\1", text)
    return _quoted(text)


def kept_together(text: str) -> str:
    """The same for a text of which one cannot tell that it is French: a plain space there becomes the right one."""
    text = re.sub(rf"(?<=\S){ANY}:(?=\s|$|[»\"'])", f"{WIDE}:", text)
    text = re.sub(rf"(?<=\S){ANY}([;!?]+)(?=\s|$|[»)\"'…])", rf"{NARROW}\1", text)
    return _quoted(text) if re.search(rf"«{ANY}|{ANY}»", text) else text


def _quoted(text: str) -> str:
    text = re.sub(rf"«{ANY}*(?=\S)", f"«{WIDE}", text)
    return re.sub(rf"(?<=[^\s«]){ANY}*»", f"{WIDE}»", text)


def of_toml(source: str) -> str:
    """A file of data, its French values spaced."""

    def value(match: re.Match[str]) -> str:
        return match[1] + spaced(match[2])

    return INLINE.sub(value, TOML.sub(value, source))


def of_python(source: str) -> str:
    """A module, the strings that hold French kept together. Docstrings are for whoever reads the code."""
    lines = source.splitlines(keepends=True)
    for token in reversed(list(_strings(source))):
        (row, start), (end_row, end) = token.start, token.end
        if row != end_row:
            continue
        line = lines[row - 1]
        lines[row - 1] = line[:start] + kept_together(line[start:end]) + line[end:]
    return "".join(lines)


def _strings(source: str) -> Iterator[tokenize.TokenInfo]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING and not token.string.lstrip("rbfuRBFU").startswith('"""'):
            yield token


READERS = {".toml": of_toml, ".py": of_python}


def unlike(root: Path) -> Iterator[tuple[Path, str]]:
    """Files under a folder whose French has wrong spaces, each with the text it should have."""
    for path in sorted(root.rglob("*")):
        if (reader := READERS.get(path.suffix)) is None or "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if (right := reader(source)) != source:
            yield path, right
