"""App configuration."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "tadbir.ledgers"
    verbose_name = "Ledgers"
    #: A print of a register is never rewritten, nor the scan of its signed pages, which may be taken away.
    append_only_tables = ("ledgers_registerprint",)
    frozen_columns = {
        "ledgers_registerscan": (
            *("council_id", "printed_id", "file_id", "recognised", "added_by_id", "added_at"),
            *("signed_by_id", "signed_quality", "signed_on"),
        )
    }

    def ready(self) -> None:
        """Declare the register of official papers and the pages of the registers, and what the chain answers for."""
        from tadbir.desk.matter import declare
        from tadbir.ledgers import proofs
        from tadbir.ledgers.papers import MATTER

        declare(MATTER)
        proofs.declare_all()
