"""One text in the code, one meaning on the screen: no catalogue changes what another one says.

All catalogues of a language are laid over each other. Two programs that use the same English word for two things would
show one of them the other's word: the code of a dossier was shown for the code of a sign-in.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.utils.translation import gettext, override, pgettext

#: Said by another program too, in other words for the same thing.
SAME_THING = {
    "Arabic",
    "Cancel",
    "Change",
    "French",
    "Key",
    "Phone",
    "Recovery codes",
    "Remove",
    "Sign in with a passkey",
    "State",
    "sent",
}
Key = tuple[str, str]


def catalogues(language: str) -> dict[str, dict[Key, str]]:
    """What every installed program says in a language, by its name."""
    folders = {app.name: Path(app.path) for app in apps.get_app_configs()} | {
        "django": Path(django.__file__).parent / "conf"
    }
    found: dict[str, dict[Key, str]] = {}
    for name, folder in folders.items():
        path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
        if path.exists():
            said = (entry for entry in polib.pofile(str(path)) if entry.msgstr and not entry.obsolete)
            found[name] = {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in said}
    return found


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_text_means_two_things(language: str) -> None:
    said: dict[Key, dict[str, str]] = defaultdict(dict)
    for name, texts in catalogues(language).items():
        for key, text in texts.items():
            said[key][name] = text
    clashes = {
        key[1]: by
        for key, by in said.items()
        if len(set(by.values())) > 1 and any(name.startswith("tadbir.") for name in by)
    }
    assert {text: by for text, by in clashes.items() if text not in SAME_THING} == {}
    assert clashes.keys() <= SAME_THING


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_is_shown_is_what_the_catalogue_of_the_app_says(language: str) -> None:
    wrong = {}
    with override(language):
        for name, texts in catalogues(language).items():
            for (context, text), words in texts.items() if name.startswith("tadbir.") else ():
                shown = pgettext(context, text) if context else gettext(text)
                if shown != words:
                    wrong[name, text] = (words, shown)
    assert wrong == {}
