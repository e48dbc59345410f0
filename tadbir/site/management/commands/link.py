"""`tadbir link EMAIL`: a one-use sign-in link, made on the machine itself by whoever keeps it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tadbir.councils.models import Council, Person
from tadbir.councils.scope import council_scope
from tadbir.desk.actions.emails import move_on_machine
from tadbir.desk.actions.enrolling import make_link
from tadbir.operations.words import _


class Command(BaseCommand):
    """Make a sign-in link where no second person of the council can confirm one."""

    help = _("A one-use sign-in link for an agent; he is told by mail, the register says that the machine made it.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("the e-mail by which the agent signs in"))
        parser.add_argument("--now", help=_("what that e-mail should be: it is corrected first, both are told"))

    def handle(self, *args: Any, **options: Any) -> None:
        for council in Council.objects.order_by("code"):
            with council_scope(council):
                person = Person.objects.filter(account__email=options["email"].strip().lower()).first()
                if person is not None:
                    token = self._token(person, options["now"])
                    self.stdout.write(f"{settings.PRINTED_BASE_URL}/{council.slug}/account/enrol/{token}/")
                    return
        raise CommandError(_("Nobody of any council signs in with this e-mail."))

    def _token(self, person: Person, email: str | None) -> str:
        try:
            with transaction.atomic():
                if email:
                    move_on_machine(person, email)
                return make_link(person, None)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
