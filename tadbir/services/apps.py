"""App configuration: which facts the services answer."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "tadbir.services"
    verbose_name = "Services"

    def ready(self) -> None:
        """Declare the services' own kinds of act, and tell people of lapses and owners of moved dates."""
        from tadbir.acts.kinds import register_kind
        from tadbir.dossiers import hooks
        from tadbir.services.actions.appeals import tell_of_lapse
        from tadbir.services.actions.digest import tell_owner_of_new_dates
        from tadbir.services.papers import APPEAL_ANSWER, NOTICE
        from tadbir.services.regimes import REGIMES

        for act_kind in (NOTICE, APPEAL_ANSWER):
            register_kind(act_kind)
        for kind in REGIMES:
            hooks.on_fact(kind, "lapsed", tell_of_lapse)
            hooks.on_fact(kind, "dated_anew", tell_owner_of_new_dates)
