"""`tadbir migrate`: Django's; triggers and walls stand after it, also where an earlier one was killed before them.

On the command line it takes no word of Django's: an app and a migration would take tables of a working council away.
"""

import argparse
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity, triggers
from tadbir.operations import edition
from tadbir.operations.actions import take_over
from tadbir.operations.differences import in_words
from tadbir.operations.holding import hold
from tadbir.operations.rows import tables_are_older
from tadbir.operations.start import question_clock
from tadbir.operations.words import REFUSED, _
from tadbir.register.baseline import Progress
from tadbir.register.upgrades import not_to_be_taken_over, takes_over
from tadbir.register.witnesses import unwitnessed

HELP = {"-h", "--help"}
#: Seconds between two lines of what takes long.
NOW_AND_THEN = 10.0
#: Faults that are told before a register is refused.
FAULTS = 3


class Command(DjangoMigrate):
    """Migrate, and mend what a killed migration left open."""

    changed: Sequence[str] = ()
    bare: Sequence[str] = ()
    help = _("Bring the database to this version of Tadbir, after an upgrade. Take a backup first.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's words stay for its own calls, and are not shown."""
        before = list(parser._actions)
        super().add_arguments(parser)
        for action in parser._actions:
            if action not in before:
                action.help = argparse.SUPPRESS

    def run_from_argv(self, argv: list[str]) -> None:
        """From the command line: everything, or nothing; and not while a server works on these tables."""
        if more := [word for word in argv[2:] if word not in {"--traceback", *HELP}]:
            text = _("“tadbir migrate” takes no other words (%(words)s): it brings the whole database to this version.")
            raise CommandError(text % {"words": " ".join(more)}, returncode=2)
        if not HELP & set(argv[2:]):
            _alone = hold(Path(settings.HOME))
            if not MigrationRecorder(connections["default"]).applied_migrations():
                text = _("The database is empty: a council worked here. Restore a backup (“tadbir restore”).")
                raise CommandError(text, returncode=2)
            try:
                self.stderr.write(question_clock(), ending="")  # what it takes over gets links, which bear dates
            except ImproperlyConfigured as error:
                raise CommandError(str(error), returncode=2) from error
        super().run_from_argv(argv)

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Put triggers and walls back before the checks that would refuse the only command that puts them back."""
        self._look_at_triggers(options["database"])
        triggers.install(options["database"])
        rowsecurity.install(options["database"])
        return super().get_check_kwargs(options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; then the register takes over, once, what stood in its tables before it spoke of them."""
        part = options["app_label"] or options["plan"] or options["check_unapplied"]
        told = options["verbosity"] == 1 and not part  # Django's own lines where somebody asks for a part, or for more
        begun = time.monotonic()
        steps = self._waiting(options["database"]) if told else 0
        if told:
            self._tell_program(steps)
        if steps:
            self._tell(_("The database is older than this program: %(count)s steps wait."), count=steps)
        super().handle(*args, **(options | {"verbosity": 0} if told else options))
        if part or tables_are_older():
            return
        for council in Council.objects.order_by("code"):
            with council_scope(council):
                self._question_register(council.slug)
                rows, dossiers = take_over(self._progress(council.slug) if told else None)
            if told and rows:
                self._tell(_("%(council)s: the register took over %(count)s rows."), council=council.slug, count=rows)
            if told and dossiers:
                text = _("%(council)s: %(count)s open dossiers will be dated anew by the next rounds.")
                self._tell(text, council=council.slug, count=dossiers)
        edition.note()
        if told:
            self._tell_triggers()
            seconds = f"{time.monotonic() - begun:.1f}"
            self._tell(_("The database is that of this program (%(seconds)s s)."), seconds=seconds)

    def _question_register(self, slug: str) -> None:
        """What is taken over bears a true mark from then on: first the register must hold by itself, and it is said
        how many of its links nothing outside the database ever saw. Raises CommandError."""
        if not takes_over():
            return
        if found := [in_words(line) for line in islice(not_to_be_taken_over(), FAULTS)]:
            text = _("%(council)s: the register does not hold, and nothing of it is taken over: %(why)s")
            raise CommandError(text % {"council": slug, "why": "; ".join(found)}, returncode=REFUSED)
        alone, day = unwitnessed()
        if alone > 0:
            text = _(
                "%(council)s: the last %(count)s links, after the witness of %(day)s, are seen by nothing outside. "
                "They are taken over as they stand: if you do not know why they are there, restore an older backup."
            )
            self._tell(text, council=slug, count=alone, day=day)

    def _progress(self, slug: str) -> Progress:
        """Says how far it came, now and then."""
        last = time.monotonic()

        def told(looked: int, rows: int) -> None:
            nonlocal last
            if time.monotonic() - last >= NOW_AND_THEN:
                last = time.monotonic()
                text = _("%(council)s: %(looked)s of %(rows)s rows compared. If it is stopped, the next one goes on.")
                self._tell(text, council=slug, looked=looked, rows=rows)

        return told

    def _look_at_triggers(self, database: str) -> None:
        """What had become of the triggers, before they are put back: an older program's are no change."""
        self.changed, self.bare = triggers.meddled(database)
        if edition.noted() == edition.here() and not self._waiting(database):
            self.changed, self.bare = triggers.missing(database), []

    def _tell_triggers(self) -> None:
        """What was put back that no upgrade explains, or perhaps none does."""
        if self.changed:
            text = _(
                "Triggers that protect the register were missing or had been changed; they are put back (%(names)s). "
                "Find out who changed them, then run “tadbir prove”."
            )
            self._tell(text, names=", ".join(self.changed))
        if self.bare:
            text = _(
                "These tables had no triggers to protect them; they have them now (%(names)s). An older program or an "
                "upgrade that was stopped leaves them so; if it was neither, find out who removed them."
            )
            self._tell(text, names=", ".join(self.bare))

    def _tell_program(self, steps: int) -> None:
        """Which program this is, and which one brought the database where it stands."""
        here, before = edition.here(), edition.noted()
        values = {"here": here, "before": before or "—"}
        self._tell(_("This program: %(here)s. The database was last brought up by: %(before)s."), **values)
        if here == before and not steps:
            text = _(
                "It is the same program. If you have just installed a newer one, pip kept this one, which bears the "
                "same version: “pip install --force-reinstall --no-deps FILE.whl”."
            )
            self._tell(text)

    def _tell(self, text: str, **values: Any) -> None:
        self.stdout.write(text % values)
        self.stdout.flush()

    def _waiting(self, database: str) -> int:
        executor = MigrationExecutor(connections[database])
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
