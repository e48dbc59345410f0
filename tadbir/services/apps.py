"""App configuration: which facts the services answer."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "tadbir.services"
    verbose_name = "Services"

    def ready(self) -> None:
        """Tell the person when a delay of the council lapses."""
        from tadbir.dossiers import hooks
        from tadbir.services.actions.appeals import tell_of_lapse
        from tadbir.services.regimes import REGIMES

        for kind in REGIMES:
            hooks.on_fact(kind, "lapsed", tell_of_lapse)
