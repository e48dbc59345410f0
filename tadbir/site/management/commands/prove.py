"""`tadbir prove`: prove the register of every council, and every row and file beside it, link by link.

(`tadbir verify FILE` looks at one paper.)
"""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.operations import proving
from tadbir.register.proving import Step, baselines
from tadbir.register.queries import head, is_in_chain

SHOWN = 20


def _head(said: str) -> str:
    """As a paper prints it in groups, or a mail in one piece."""
    return "".join(said.split()).lower()


class Command(BaseCommand):
    """Prove the register."""

    help = "Prove the chain of every council and every row and file under it; exit status 1 where it does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resume", action="store_true", help="go on where a stopped proof stood")
        parser.add_argument(
            *("--witness", "-w"), action="append", default=[], help="a head that a paper or a mail says (repeat)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        councils, heads = list(Council.objects.order_by("code")), {_head(said) for said in options["witness"]}
        broken = 0
        for council in councils:
            broken += self._prove(council, resume=options["resume"])
            with council_scope(council):
                heads = {said for said in heads if not is_in_chain(said)}
        for said in sorted(heads):
            self.stdout.write(f"{said[:16]}: the witness says this head, and it is in no chain any more")
        if broken or heads:
            raise CommandError("The register does not hold.", returncode=1)

    def _prove(self, council: Council, *, resume: bool) -> int:
        begun = time.monotonic()
        with council_scope(council):
            self.total, self.looked = proving.size(), 0
            found = proving.prove(self._progress, resume=resume)
            (seq, digest), taken_over = head(), baselines()
        seconds = time.monotonic() - begun
        told = "NOT WHOLE" if found else "whole"
        self.stdout.write(f"{council.slug}: {seq} links, {self.looked} rows in {seconds:.1f} s, head {digest}: {told}")
        for link in taken_over:
            rows, of = link.fields["rows"], link.fields["of"]
            self.stdout.write(f"    {rows} x {of} were there before the register spoke of them ({link.at:%Y-%m-%d})")
        for line in found[:SHOWN]:
            self.stdout.write(f"    {line}")
        if len(found) > SHOWN:
            self.stdout.write(f"    and {len(found) - SHOWN} more")
        return len(found)

    def _progress(self, step: Step) -> None:
        self.looked += step.looked
        if sys.stderr.isatty():
            self.stderr.write(f"\r{self.looked} of {self.total}: {step.stage}      ", ending="")
