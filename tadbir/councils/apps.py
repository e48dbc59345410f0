"""App configuration."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CouncilsConfig(AppConfig):
    name = "tadbir.councils"
    verbose_name = "Councils"

    def ready(self) -> None:
        """Tell each new database connection which council it serves, and the register each new way into an account."""
        from tadbir.councils import way_in
        from tadbir.councils.scope import greet_connection

        way_in.listen()
        connection_created.connect(greet_connection, dispatch_uid="tadbir.councils")
