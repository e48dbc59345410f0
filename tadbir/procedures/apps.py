"""App configuration."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "tadbir.procedures"
    verbose_name = "Procedures"

    def ready(self) -> None:
        """Declare the proof of adopted sheets."""
        from tadbir.procedures import proofs

        proofs.declare_all()
