"""`tadbir migrate`: Django's; triggers and walls stand after it, also where an earlier one was killed before them."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from tadbir.database import rowsecurity, triggers


class Command(DjangoMigrate):
    """Migrate, and mend what a killed migration left open."""

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Put triggers and walls back before the checks that would refuse the only command that puts them back."""
        triggers.install(options["database"])
        rowsecurity.install(options["database"])
        return super().get_check_kwargs(options)
