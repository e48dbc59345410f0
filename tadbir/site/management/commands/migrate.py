"""`tadbir migrate`: Django's; triggers and walls stand after it, also where an earlier one was killed before them."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity, triggers
from tadbir.operations.rows import tables_are_older
from tadbir.register.proving import lay_baseline


class Command(DjangoMigrate):
    """Migrate, and mend what a killed migration left open."""

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Put triggers and walls back before the checks that would refuse the only command that puts them back."""
        triggers.install(options["database"])
        rowsecurity.install(options["database"])
        return super().get_check_kwargs(options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; then the register takes over, once, what stood in its tables before it spoke of them."""
        super().handle(*args, **options)
        if options["app_label"] or options["plan"] or options["check_unapplied"] or tables_are_older():
            return
        for council in Council.objects.order_by("code"):
            with council_scope(council):
                lay_baseline()
