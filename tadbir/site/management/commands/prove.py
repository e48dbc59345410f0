"""`tadbir prove`: prove the register of every council, link by link. (`tadbir verify FILE` looks at one paper.)"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.queries import breaks_of_chain, head


class Command(BaseCommand):
    """Prove the register."""

    help = "Walk the whole chain of every council; exit status 1 where it does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for council in Council.objects.order_by("code"):
            with council_scope(council):
                found = list(breaks_of_chain())
                seq, digest = head()
            broken += len(found)
            self.stdout.write(f"{council.slug}: {seq} links, head {digest}: " + ("NOT WHOLE" if found else "whole"))
            for item in found[:10]:
                self.stdout.write(f"    link {item.seq} {item.reason}")
        if broken:
            raise CommandError("The register does not hold.", returncode=1)
