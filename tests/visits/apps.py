"""App configuration."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "tests.visits"
    verbose_name = "Visits"

    def ready(self) -> None:
        """Declare the visits of schools."""
        from tadbir.desk.matter import declare
        from tests.visits.matter import MATTER

        declare(MATTER)
