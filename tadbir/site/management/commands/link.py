"""`tadbir link EMAIL`: a one-use sign-in link, made on the machine itself by whoever keeps it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tadbir.councils.models import Council, Person
from tadbir.councils.scope import council_scope
from tadbir.desk.actions.enrolling import make_link
from tadbir.operations.words import _


class Command(BaseCommand):
    """Make a sign-in link where no second person of the council can confirm one."""

    help = _("A one-use sign-in link for an agent; he is told by mail, the register says that the machine made it.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("the e-mail by which the agent signs in"))

    def handle(self, *args: Any, **options: Any) -> None:
        for council in Council.objects.order_by("code"):
            with council_scope(council):
                person = Person.objects.filter(account__email=options["email"].strip().lower()).first()
                if person is not None:
                    token = make_link(person, None)
                    self.stdout.write(f"{settings.PRINTED_BASE_URL}/{council.slug}/account/enrol/{token}/")
                    return
        raise CommandError(_("Nobody of any council signs in with this e-mail."))
