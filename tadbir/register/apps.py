"""App configuration."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "tadbir.register"
    verbose_name = "Register"
    #: Tables that database triggers keep from update and delete.
    append_only_tables = ("register_entry",)

    def ready(self) -> None:
        """Keep the traces of roles, links and delegations, and prove them; let no clock go behind them."""
        from tadbir.councils import clock, trace
        from tadbir.register import signing_in, standing
        from tadbir.register.actions import append
        from tadbir.register.proofs import declare_all
        from tadbir.register.queries import last_about, newest_at

        trace.listen(append)
        trace.read_by(last_about)
        trace.ask_by(standing.stands, standing.told)
        clock.declare_newest(newest_at)
        declare_all()
        signing_in.declare_all()
