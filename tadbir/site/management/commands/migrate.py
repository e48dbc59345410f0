"""`tadbir migrate`: Django's; triggers and walls stand after it, also where an earlier one was killed before them."""

import time
from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity, triggers
from tadbir.operations.actions import take_over
from tadbir.operations.rows import tables_are_older
from tadbir.operations.words import _


class Command(DjangoMigrate):
    """Migrate, and mend what a killed migration left open."""

    help = _("Bring the database to this version of Tadbir, after an upgrade. Take a backup first.")

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Put triggers and walls back before the checks that would refuse the only command that puts them back."""
        triggers.install(options["database"])
        rowsecurity.install(options["database"])
        return super().get_check_kwargs(options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; then the register takes over, once, what stood in its tables before it spoke of them."""
        part = options["app_label"] or options["plan"] or options["check_unapplied"]
        told = options["verbosity"] == 1 and not part  # Django's own lines where somebody asks for a part, or for more
        begun = time.monotonic()
        steps = self._waiting(options["database"]) if told else 0
        if steps:
            self._tell(_("The database is older than this program: %(count)s steps wait."), count=steps)
        super().handle(*args, **(options | {"verbosity": 0} if told else options))
        if part or tables_are_older():
            return
        for council in Council.objects.order_by("code"):
            with council_scope(council):
                rows, dossiers = take_over()
            if told and rows:
                self._tell(_("%(council)s: the register took over %(count)s rows."), council=council.slug, count=rows)
            if told and dossiers:
                text = _("%(council)s: %(count)s open dossiers will be dated anew by the next rounds.")
                self._tell(text, council=council.slug, count=dossiers)
        if told:
            seconds = f"{time.monotonic() - begun:.1f}"
            self._tell(_("The database is that of this program (%(seconds)s s)."), seconds=seconds)

    def _tell(self, text: str, **values: Any) -> None:
        self.stdout.write(text % values)
        self.stdout.flush()

    def _waiting(self, database: str) -> int:
        executor = MigrationExecutor(connections[database])
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
