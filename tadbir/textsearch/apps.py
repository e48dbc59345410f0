"""App configuration."""

from django.apps import AppConfig


class TextSearchConfig(AppConfig):
    name = "tadbir.textsearch"
    verbose_name = "Search"

    def ready(self) -> None:
        """Declare the job that indexes again."""
        from tadbir.database.inert import declare_job

        declare_job("tadbir.textsearch.tasks.reindex")
