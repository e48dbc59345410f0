"""App configuration: which facts the services answer."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "tadbir.services"
    verbose_name = "Services"
    #: A print of a register and the scan of its signed pages are never rewritten.
    append_only_tables = ("services_registerprint", "services_registerscan")

    def ready(self) -> None:
        """Declare the services' own kinds of act, and tell people of lapses and owners of moved dates."""
        from tadbir.acts.kinds import register_kind
        from tadbir.dossiers import hooks
        from tadbir.notify import late
        from tadbir.services import search
        from tadbir.services.actions.appeals import tell_of_lapse
        from tadbir.services.actions.digest import tell_owner_of_new_dates
        from tadbir.services.codes import code_of_number
        from tadbir.services.papers import APPEAL_ANSWER, NOTICE
        from tadbir.services.regimes import REGIMES
        from tadbir.textsearch.actions import register_source

        for act_kind in (NOTICE, APPEAL_ANSWER):
            register_kind(act_kind)
        register_source(search.TYPE, search.SOURCE)
        late.declare("follow_code", code_of_number)
        for kind in REGIMES:
            hooks.on_fact(kind, "lapsed", tell_of_lapse)
            hooks.on_fact(kind, "dated_anew", tell_owner_of_new_dates)
