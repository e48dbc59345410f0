"""A confirmation is bound to what was shown: the page carries what it displayed, the action compares it under its lock.

    shown = Shown("answer:D-2026-00041", [Line("body_ar", _("The letter in Arabic"), text)], by="…", at=…)
    shown.token                # in the form (`ui.confirming.ConfirmingForm`)
    shown.require(token)       # in the action, once what is confirmed is locked and read anew

The token holds the words themselves, signed: the difference can be told, before and after, and nothing is kept for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

_SIGNER = Signer(salt="tadbir.shown")
#: Letters of the longest token that is read: a sheet of sixty thousand letters, packed.
LONGEST = 120_000


@dataclass(frozen=True)
class Line:
    """One thing that the page displays. `mark`, where given, says whether it is the same one, whatever its words: two
    files of one name are two, one sense in two languages is one."""

    key: str
    label: Any
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Difference:
    """What is otherwise now: `before` or `after` is empty when it came or went; who did it and when, where known."""

    label: Any
    before: str
    after: str
    by: str = ""
    at: datetime | None = None


class NotShown(ValidationError):
    """The form does not say what its page displayed: nothing is done."""


class Changed(ValidationError):
    """What the page displayed is otherwise by now: nothing is done, the difference is shown and asked again."""

    def __init__(self, differences: Iterable[Difference], by: str = "", at: datetime | None = None) -> None:
        super().__init__(
            _("This changed after you opened the page: nothing was done. See what differs, then confirm again."),
            code="changed",
        )
        self.differences, self.by, self.at = list(differences), by, at


Told = Mapping[str, tuple[str, str]]


def _same(told: Told) -> dict[str, str]:
    """What two pages have in common when they display the same."""
    return {key: mark or text for key, (text, mark) in told.items() if mark or text}


@dataclass(frozen=True)
class Shown:
    """What a page that confirms displays of one thing.

    `what` names the thing: what was shown of one confirms no other. `by` and `at`: who changed it last. `since` tells
    the difference where the lines are no words, as the facts of a dossier: it gets what the page had.
    """

    what: str
    lines: Iterable[Line]
    by: str = ""
    at: datetime | None = None
    since: Callable[[Told], list[Difference]] | None = None

    @cached_property
    def told(self) -> dict[str, tuple[str, str]]:
        """Every line by its key: what it says, and its mark."""
        return {line.key: (str(line.text), line.mark) for line in self.lines}

    @cached_property
    def token(self) -> str:
        """What the form carries."""
        return _SIGNER.sign_object([self.what, {key: list(said) for key, said in self.told.items()}], compress=True)

    def require(self, token: str) -> None:
        """Raise NotShown without a token of this thing, Changed when it displayed something else."""
        before = self._read(token)
        if _same(before) != _same(self.told):
            raise Changed((self.since or self.differences)(before), self.by, self.at)

    def _read(self, token: str) -> dict[str, tuple[str, str]]:
        try:
            what, told = _SIGNER.unsign_object(token)
        except (BadSignature, ValueError):
            what, told = "", {}
        if what != self.what:
            raise NotShown(_("This page did not say what it displayed: read it again, then confirm."), code="not_shown")
        return {key: (text, mark) for key, (text, mark) in told.items()}

    def differences(self, before: Told) -> list[Difference]:
        """Line by line, in the order of the page; what went stands last. One without words is told alone."""
        lines = tuple(self.lines)
        labels = {line.key: line.label for line in lines}
        found, wordless = list[Difference](), list[Difference]()
        for key in [*labels, *(key for key in before if key not in labels)]:
            old, new = before.get(key, ("", "")), self.told.get(key, ("", ""))
            if (old[1] or old[0]) == (new[1] or new[0]):
                continue
            after = new[0] if new[0] != old[0] else (_("%(text)s (another one)") % {"text": new[0]}).strip()
            told = Difference(labels.get(key, _("No longer there")), old[0], after)
            (found if old[0] or new[0] else wordless).append(told)
        return found or wordless


#: Who did something last, and when; nobody and no moment where that is not known.
Last = tuple[str, datetime | None]


def told_by(shown: Shown, who: Callable[[str], Last]) -> Shown:
    """What a page displays, each line with who changed it last and when: `who` is asked by the key of the line."""

    def since(before: Told) -> list[Difference]:
        found = []
        lines = {line.key: line for line in shown.lines}
        for key in [*lines, *(key for key in before if key not in lines)]:
            only = Shown(shown.what, [lines[key]] if key in lines else [])
            told = only.differences({key: before[key]} if key in before else {})
            by, at = who(key) if told else ("", None)
            found += [replace(one, by=by, at=at) for one in told]
        return found

    return replace(shown, since=since)
