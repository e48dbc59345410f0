"""App configuration."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "tadbir.operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        """Declare the job that is the round."""
        from tadbir.database.inert import declare_job

        declare_job("tadbir.operations.actions.tick")
