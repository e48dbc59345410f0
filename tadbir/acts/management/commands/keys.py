"""`tadbir keys SLUG`: list the seal keys of a council, make a new one, revoke one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tadbir.acts import actions
from tadbir.acts.models import SealKey
from tadbir.councils.queries import council_of
from tadbir.councils.scope import council_scope


class Command(BaseCommand):
    """Seal keys of one council."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _("List, make or revoke the seal keys of a council.")
        parser.add_argument("slug", help=_("the name of the council in its addresses, after the host"))
        parser.add_argument("--make", action="store_true", help=_("make a new key; it seals from now on"))
        parser.add_argument("--revoke", metavar="KID", help=_("the key that must seal nothing any more"))
        parser.add_argument("--reason", default="", help=_("why it is revoked: it stays in the register"))

    def handle(self, *args: Any, **options: Any) -> None:
        council = council_of("", options["slug"])
        if council is None:
            raise CommandError(_("No council is called %(slug)s.") % {"slug": options["slug"]})
        with council_scope(council):
            if options["revoke"]:
                if not options["reason"]:
                    raise CommandError(_("Give --reason: it stays in the register."))
                actions.revoke_key(options["revoke"], options["reason"])
            if options["make"]:
                actions.make_keys()
            for key in SealKey.objects.all():
                state = _("revoked %(day)s") if key.revoked_at else _("until %(day)s")
                day = f"{key.revoked_at or key.ends_at:%Y-%m-%d}"
                self.stdout.write(f"{key.kid}  {state % {'day': day}}")
