"""`tadbir verify` inside an installation: with its keys, and its register as the judge of printed heads."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tadbir.acts import commands, queries
from tadbir.acts.documents.cose import Claims
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope


class Command(BaseCommand):
    """Check an official document against every council of this installation."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _("Check a paper: its PDF, the text of its square code, its scan or its data.")
        parser.add_argument("file", help=_("the file of the paper"))
        parser.add_argument("--keys", help=_("the key list that another council published"))
        parser.add_argument("--language", choices=["ar", "fr"], help=_("the language of the answer"))

    def handle(self, *args: Any, **options: Any) -> None:
        words = [
            options["file"],
            *(["--keys", options["keys"]] if options["keys"] else []),
            *(["--language", options["language"]] if options["language"] else []),
        ]
        known, scopes = [], _councils()
        for council in scopes:
            with council_scope(council):
                known += queries.known_keys()
        code = commands.main(words, known, lambda head, claims: _in_a_chain(scopes, head, claims))
        if code:
            raise SystemExit(code)


def _councils() -> list[Council]:
    """The councils of this installation; none where nothing is installed: then `--keys` says whom to trust."""
    try:
        return list(Council.objects.all())
    except DatabaseError:
        return []


def _in_a_chain(councils: list[Council], head: str, claims: Claims) -> bool | date | None:
    """Whether the chain of the council that sealed the paper holds the head; nothing to say when it is not here."""
    for council in councils:
        with council_scope(council):
            if (known := queries.head_known(head, claims)) is not None:
                return known
    return None
