"""Our words win: a text that a library also translates is said on the screen as our own catalogue says it."""

from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override, pgettext

import tadbir


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_text_of_ours_is_said_in_our_words(language: str) -> None:
    entries = [
        entry
        for path in sorted(Path(tadbir.__file__).parent.glob(f"*/locale/{language}/LC_MESSAGES/django.po"))
        for entry in polib.pofile(str(path))
        if not entry.msgid_plural and not entry.obsolete and entry.msgstr
    ]
    assert "Code" in {entry.msgid for entry in entries}  # allauth has this one too, for another thing
    with override(language):
        said = {
            (one.msgctxt, one.msgid): pgettext(one.msgctxt, one.msgid) if one.msgctxt else gettext(one.msgid)
            for one in entries
        }
    assert {
        one.msgid: (said[one.msgctxt, one.msgid], one.msgstr)
        for one in entries
        if said[one.msgctxt, one.msgid] != one.msgstr
    } == {}
