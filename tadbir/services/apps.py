"""App configuration."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "tadbir.services"
    verbose_name = "Services"

    def ready(self) -> None:
        """Declare the requests of residents, and what the chain answers for."""
        from tadbir.desk.matter import declare
        from tadbir.dossiers import hooks
        from tadbir.services import proofs
        from tadbir.services.actions.remedy_receipts import MOVES, PUTS_RIGHT, renew_remedy_receipts
        from tadbir.services.forms import chosen
        from tadbir.services.matter import MATTER
        from tadbir.services.public.begun import to_close
        from tadbir.services.requests import NO_ANSWER
        from tadbir.ui.caching import declare_closer
        from tadbir.ui.typed import propose, read_choices

        declare(MATTER)
        for kind in MATTER.kinds:
            for fact in PUTS_RIGHT + MOVES:
                hooks.on_fact(kind, fact, renew_remedy_receipts)
        declare_closer(to_close)
        propose(NO_ANSWER)
        read_choices(chosen.QUESTION, chosen.words_of)
        proofs.declare_all()
