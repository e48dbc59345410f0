"""The .po files of an app: merged with what the sources say, written, compiled to .mo."""

from __future__ import annotations

import difflib
from pathlib import Path

import polib

from tools.french import spaced
from tools.messages.extract import Key, Message

LANGUAGES = ("ar", "fr")
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "fr": "nplurals=2; plural=(n > 1);",
}
FORMS = {"ar": 6, "fr": 2}
# Below this likeness an old translation of a changed text is no help.
LIKE = 0.75


def path_of(app: Path, language: str) -> Path:
    """Where an app keeps one language."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid)


def read(path: Path) -> polib.POFile:
    """The file as it stands, or an empty one."""
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def headers(language: str) -> dict[str, str]:
    """The same headers everywhere, without a date: a file changes only when a text does."""
    return {
        "Project-Id-Version": "Tadbir",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }


def entry_for(message: Message, old: polib.POEntry | None, language: str) -> polib.POEntry:
    """The entry of a message, with the translation it already had."""
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.text,
        msgid_plural=message.plural or "",
        occurrences=[(name, "") for name in sorted(message.files)],
    )
    if message.plural:
        known = dict(old.msgstr_plural) if old else {}
        entry.msgstr_plural = {form: known.get(form, "") for form in range(FORMS[language])}
    elif old:
        entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
    if language == "fr":
        entry.msgstr = spaced(entry.msgstr)
        entry.msgstr_plural = {form: spaced(text) for form, text in entry.msgstr_plural.items()}
    if old:
        entry.tcomment = old.tcomment
        entry.flags = [flag for flag in old.flags if flag == "fuzzy"]
    if "%(" in message.text or "%(" in (message.plural or ""):
        entry.flags.append("python-format")
    return entry


def suggest(message: Message, gone: dict[Key, polib.POEntry]) -> polib.POEntry | None:
    """An unused entry whose text is close, offered as fuzzy: a mended comma loses no work."""
    texts = {entry.msgid: entry for entry in gone.values() if entry.msgstr and not message.plural}
    near = difflib.get_close_matches(message.text, texts, n=1, cutoff=LIKE)
    return texts[near[0]] if near else None


def merge(messages: dict[Key, Message], old: polib.POFile, language: str) -> polib.POFile:
    """A new catalogue: every message once, in alphabetical order; what is no longer used is dropped."""
    known = {key_of(entry): entry for entry in old if not entry.obsolete}
    gone = {key: entry for key, entry in known.items() if key not in messages}
    new = polib.POFile(wrapwidth=110)
    new.metadata = headers(language)
    for key in sorted(messages, key=lambda key: (key[1].casefold(), key[1], key[0] or "")):
        message, previous = messages[key], known.get(key)
        entry = entry_for(message, previous, language)
        if previous is None and (near := suggest(message, gone)):
            entry.msgstr = near.msgstr
            entry.flags.insert(0, "fuzzy")
            entry.previous_msgid = near.msgid
        new.append(entry)
    return new


def write(catalogue: polib.POFile, path: Path) -> bool:
    """Writes .po and .mo where they differ from what is there; says whether anything changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = str(catalogue).rstrip() + "\n"
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    if changed:
        path.write_text(text, encoding="utf-8")
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or contents(polib.mofile(str(compiled))) != contents(catalogue):
        catalogue.save_as_mofile(str(compiled))
        changed = True
    return changed


def contents(catalogue: polib.POFile | polib.MOFile) -> dict[Key, object]:
    """What a catalogue gives at run time, however it was compiled."""
    usable = catalogue.translated_entries()
    return {
        (entry.msgctxt or None, entry.msgid): tuple(sorted(entry.msgstr_plural.items())) or entry.msgstr
        for entry in usable
    }
