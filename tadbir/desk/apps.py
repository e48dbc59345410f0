"""App configuration: the office declares its own pages by the door that every domain uses."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class DeskConfig(AppConfig):
    name = "tadbir.desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Declare what every matter shares, how the follow code enters a notice, what search finds, who is told."""
        from tadbir.desk import checks  # noqa: F401
        from tadbir.desk.actions.falling import drop_fallen, drop_misworded, renew_letters, send_back_unsignable
        from tadbir.desk.codes import code_of_number
        from tadbir.desk.matter import declare
        from tadbir.desk.notices import heard, no_longer_ready, tell_letter_ready, tell_moved, tell_ready
        from tadbir.desk.public.access import to_close
        from tadbir.desk.search import SOURCE, TYPE
        from tadbir.desk.shared import MATTER
        from tadbir.desk.words import NOTIFIED, SIGNED
        from tadbir.dossiers import hooks
        from tadbir.notify import late
        from tadbir.textsearch.actions import register_source
        from tadbir.ui.caching import declare_closer
        from tadbir.ui.errors import declare_signpost

        declare(MATTER)
        declare_signpost("follow", gettext_noop("Where is my dossier?"))
        declare_closer(to_close)
        late.declare("follow_code", code_of_number)
        for kind in SIGNED:
            hooks.on_fact("", kind, tell_letter_ready if kind == "letter_signed" else tell_ready)
        for kind in NOTIFIED:
            hooks.on_fact("", kind, no_longer_ready)
        hooks.on_fact("", "entry_corrected", no_longer_ready)
        hooks.on_fact("", "entry_corrected", drop_fallen)
        for kind in ("particulars_corrected", "day_corrected"):
            hooks.on_fact("", kind, renew_letters)
        hooks.on_fact("", "urgency_corrected", drop_misworded)
        hooks.on_settled(send_back_unsignable)
        hooks.on_fact("", "dated_anew", tell_moved)
        hooks.on_fact("", "request_received", heard)
        register_source(TYPE, SOURCE)
