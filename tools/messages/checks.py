"""What must be true of the catalogues before a change lands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polib

from tools.messages import catalogue
from tools.messages.extract import ARGPARSE, Key, Message, Problem, placeholders, unnamed

# Arabic says "a day" and "two days" without a figure, and French may say "un jour": the number may be left
# out of these forms, never another word.
FORMS_WITHOUT_NUMBER = {"ar": {0, 1, 2}, "fr": {0}}


def of_texts(message: Message, entry: polib.POEntry, language: str, where: str) -> Iterator[Problem]:
    """A translation that is missing, doubtful, or has other placeholders than its source."""
    name = repr(message.text)
    if "fuzzy" in entry.flags:
        yield Problem(where, f"fuzzy (to be confirmed): {name}")
    if bool(message.plural) != bool(entry.msgid_plural) or (entry.msgid_plural or None) != message.plural:
        yield Problem(where, f"plural differs from the source: {name}; run make messages")
        return
    if not message.plural:
        if not entry.msgstr.strip():
            yield Problem(where, f"not translated: {name}")
        elif placeholders(entry.msgstr) != placeholders(message.text) or (
            unnamed(entry.msgstr) and message.text not in ARGPARSE
        ):
            yield Problem(where, f"placeholders differ in the translation of {name}")
        return
    wanted = placeholders(message.plural)
    for form in range(catalogue.FORMS[language]):
        text = entry.msgstr_plural.get(form, "")
        found = placeholders(text)
        free = wanted if form in FORMS_WITHOUT_NUMBER[language] else set()
        if not text.strip():
            yield Problem(where, f"plural form {form} not translated: {name}")
        elif found - wanted or wanted - found - free or unnamed(text):
            yield Problem(where, f"placeholders differ in plural form {form} of {name}")


def of_file(messages: dict[Key, Message], path: Path, language: str, root: Path) -> Iterator[Problem]:
    """Everything wrong with one .po file and its .mo."""
    where = path.relative_to(root).as_posix()
    if not path.exists():
        if messages:
            yield Problem(where, f"missing: {len(messages)} texts have no translation; run make messages")
        return
    current = catalogue.read(path)
    if current.metadata.get("Plural-Forms") != catalogue.PLURALS[language]:
        yield Problem(where, "plural forms are not those of the language; run make messages")
    entries = {catalogue.key_of(entry): entry for entry in current if not entry.obsolete}
    for entry in current:
        if entry.obsolete or catalogue.key_of(entry) not in messages:
            yield Problem(where, f"no longer used: {entry.msgid!r}; run make messages")
    for key, message in messages.items():
        if key not in entries:
            yield Problem(where, f"not collected: {message.text!r}; run make messages")
        else:
            yield from of_texts(message, entries[key], language, where)
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        yield Problem(where, "not compiled: no .mo beside it; run make messages")
    elif catalogue.contents(polib.mofile(str(compiled))) != catalogue.contents(current):
        yield Problem(where, "its .mo says something else; run make messages")


def of_house(apps: list[Path], root: Path) -> Iterator[Problem]:
    """One text with two translations: Django keeps one catalogue, and the first app would win by chance."""
    for language in catalogue.LANGUAGES:
        first: dict[Key, tuple[object, str]] = {}
        for app in apps:
            path = catalogue.path_of(app, language)
            where = path.relative_to(root).as_posix()
            for key, text in catalogue.contents(catalogue.read(path)).items():
                seen, place = first.setdefault(key, (text, where))
                if seen != text:
                    yield Problem(
                        where, f"{key[1]!r} is translated otherwise in {place}; use pgettext where they differ"
                    )
