"""App configuration: the walls and triggers are put back after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class DatabaseConfig(AppConfig):
    name = "tadbir.database"
    verbose_name = "Database"

    def ready(self) -> None:
        """Register the checks and follow migrations."""
        from tadbir.database import checks  # noqa: F401  (registers them)
        from tadbir.database.inert import use_json

        use_json()
        pre_migrate.connect(_before, sender=self, dispatch_uid="tadbir.database")
        post_migrate.connect(_after, sender=self, dispatch_uid="tadbir.database")


def _before(using: str, **kwargs: Any) -> None:
    """A data migration works on every council."""
    from tadbir.database import rowsecurity

    if connections[using].vendor == "postgresql":
        rowsecurity.open_wall(connections[using], "on")


def _after(using: str, **kwargs: Any) -> None:
    from tadbir.database import rowsecurity, triggers

    triggers.install(using)
    rowsecurity.install(using)
    if connections[using].vendor == "postgresql":
        rowsecurity.open_wall(connections[using], "")
