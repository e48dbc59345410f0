"""`tadbir tick`: the round of every council, now."""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from tadbir.operations.actions import tick
from tadbir.operations.start import refuse_other_tables


class Command(BaseCommand):
    """Record lapses, send notices and the witness mail, discard old drafts, notices and files."""

    help = "The round of every council: lapses, notices, witness mail, what is old. Safe to run at any time, twice too."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_other_tables()
            self.stdout.write(json.dumps(tick(), ensure_ascii=False))
        except (RuntimeError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
