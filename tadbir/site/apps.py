"""App configuration."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "tadbir.site"
    verbose_name = "Site"

    def ready(self) -> None:
        """A second factor that changes ends the sessions that were opened with the old ones, and leaves its link."""
        from allauth.mfa import signals

        from tadbir.site.account import factors
        from tadbir.site.account.actions import end_other_sessions

        factors.declare_all()
        for changed in (signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset):
            changed.connect(end_other_sessions)
