"""Called by `tadbir serve` before work: refuse an unsafe start, gather new styles, schedule what is to be done."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from tadbir.councils.clock import now
from tadbir.database.trouble import refused_by_the_machine
from tadbir.operations import certificates
from tadbir.operations.actions import catch_up_search, schedule_tick
from tadbir.operations.refusals import why
from tadbir.operations.start import (
    clock_in_doubt,
    gather_static,
    keep_private,
    lost_seal_keys,
    refuse_to_start,
    unfinished_upgrades,
)


class Command(BaseCommand):
    """Refuse an unsafe start."""

    help = "Refuse to start when something is not as it must be (called by serve)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_to_start()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        ended = certificates.expired(Path(settings.HOME) / "tls", now())
        for said in (clock_in_doubt(), ended, unfinished_upgrades(), lost_seal_keys()):
            if said:
                self.stderr.write(said)
        keep_private()
        gather_static()
        try:
            schedule_tick()
            catch_up_search()
        except DatabaseError as error:  # people can still read; what waits is done when there is room again
            if not refused_by_the_machine(error):
                raise
            self.stderr.write(why(error))
