"""App configuration."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "tadbir.services"
    verbose_name = "Services"

    def ready(self) -> None:
        """Declare the requests of residents."""
        from tadbir.desk.matter import declare
        from tadbir.services.matter import MATTER

        declare(MATTER)
