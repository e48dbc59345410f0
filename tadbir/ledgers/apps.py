"""App configuration."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "tadbir.ledgers"
    verbose_name = "Ledgers"
    #: A print of a register and the scan of its signed pages are never rewritten.
    append_only_tables = ("ledgers_registerprint", "ledgers_registerscan")

    def ready(self) -> None:
        """Declare the register of official papers and the pages of the registers, and what the chain answers for."""
        from tadbir.desk.matter import declare
        from tadbir.ledgers import proofs
        from tadbir.ledgers.papers import MATTER

        declare(MATTER)
        proofs.declare_all()
