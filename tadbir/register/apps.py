"""App configuration."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "tadbir.register"
    verbose_name = "Register"
    #: Tables that database triggers keep from update and delete.
    append_only_tables = ("register_entry",)

    def ready(self) -> None:
        """Keep the traces of roles, links and delegations, and prove them."""
        from tadbir.councils import trace
        from tadbir.register.actions import append
        from tadbir.register.proofs import declare_all
        from tadbir.register.queries import last_about

        trace.listen(append)
        trace.read_by(last_about)
        declare_all()
