"""`tadbir verify [FILE]`: prove the register; with a FILE (PDF, text of a QR code, act.json), verify that paper too."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tadbir.acts.documents.verify import as_text, verify
from tadbir.acts.queries import head_known, known_keys
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.queries import breaks_of_chain, head


class Command(BaseCommand):
    """Prove the register and verify a paper."""

    help = "Prove the chain of every council; with a FILE, verify a paper. An old receipt is a witness of the register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--language", choices=["ar", "fr"], default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        data = options["file"].read_bytes() if options["file"] else None
        good, broken = data is None, 0
        for council in Council.objects.order_by("code"):
            with council_scope(council):
                found = list(breaks_of_chain())
                seq, digest = head()
                broken += len(found)
                self.stdout.write(f"{council.slug}: {seq} links, head {digest}: " + ("NOT WHOLE" if found else "whole"))
                for item in found[:10]:
                    self.stdout.write(f"    link {item.seq} {item.reason}")
                if data is not None and not good:
                    report = verify(data, known_keys(), head_known)
                    good = report.good
                    if good or council == Council.objects.order_by("code").last():
                        self.stdout.write(as_text(report, options["language"]))
        if broken or not good:
            raise CommandError("The register does not hold." if broken else "The paper does not hold.", returncode=1)
