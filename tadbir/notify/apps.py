"""App configuration."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tadbir.notify"
    verbose_name = "Notices"

    def ready(self) -> None:
        """Declare the job that sends a notice."""
        from tadbir.database.inert import declare_job

        declare_job("tadbir.notify.tasks.deliver")
