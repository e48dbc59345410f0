"""`tadbir tick`: the round of every council, now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tadbir.operations.actions import tick
from tadbir.operations.words import _


def _words() -> dict[str, str]:
    """What each step of a round did, in the order in which it is told."""
    return {
        "redating": _("dossiers dated anew: %(count)s"),
        "lapses": _("delays that ran out: %(count)s"),
        "opinions": _("opinions that came back without answer: %(count)s"),
        "search_index": _("rows indexed again for the search: %(count)s"),
        "old_drafts": _("old drafts discarded: %(count)s"),
        "witness": _("witnesses told the head of the register: %(count)s"),
        "looked": _("rows of the register proved: %(count)s"),
        "differ": _("rows that are NOT what the register says: %(count)s (see “tadbir prove”)"),
        "digests": _("agents told by mail: %(count)s"),
        "outbox": _("messages sent: %(count)s"),
        "old_notices": _("old messages emptied: %(count)s"),
        "marked": _("files let go: %(count)s"),
        "deleted": _("files deleted: %(count)s"),
        "stray": _("remains of interrupted uploads deleted: %(count)s"),
    }


class Command(BaseCommand):
    """Record lapses, send notices and the witness mail, discard old drafts, notices and files."""

    help = _("The round of every council: lapses, notices, witness mail, what is old. Safe at any time, twice too.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("tell it as JSON, for a machine"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = tick()
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(done, ensure_ascii=False) if options["json"] else "\n".join(_told(done)))


def _told(done: dict[str, Any]) -> list[str]:
    if "drill" in done:
        return [_("This folder is a drill: no round is made in it.")]
    if "already_running" in done:
        return [_("A round is under way already: this one did nothing.")]
    return [line for council, steps in done.items() for line in _of_council(council, steps)]


def _of_council(council: str, steps: dict[str, Any]) -> list[str]:
    counts: dict[str, int] = {}
    for name, found in steps.items():
        counts |= found if isinstance(found, dict) else {name: found}
    did = [text % {"count": counts[name]} for name, text in _words().items() if counts.get(name)]
    if not did:
        return [_("%(council)s: nothing was to be done.") % {"council": council}]
    return [f"{council}:", *(f"    {line}" for line in did)]
