"""`tadbir check`: Django's own checks, then the health of the installation and what the laws ask of the council.

With app labels, `--deploy`, `--tag`, `--database` or `--list-tags` it is Django's check and nothing else.
"""

import argparse
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.check import Command as DjangoCheck
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from tadbir.councils.models import Council
from tadbir.operations import report
from tadbir.operations.rows import tables_are_older
from tadbir.operations.start import clock_in_doubt
from tadbir.operations.words import _, terminal_language

#: What stands before a line, in the language of the lines.
SIGNS = {
    report.GOOD: gettext_lazy("in order"),
    report.WARN: gettext_lazy("still to do"),
    report.BAD: gettext_lazy("is wrong"),
}
WIDE = 7


class Command(DjangoCheck):
    """Look after an installation."""

    help = _("Safe start, disk, backup, certificate, server, queue, register, outward addresses, laws.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's words stay for its own calls, and are not shown."""
        before = list(parser._actions)
        super().add_arguments(parser)
        for action in parser._actions:
            if action not in before:
                action.help = argparse.SUPPRESS
        parser.add_argument("--language", choices=["ar", "fr"], default="", help=_("the language of the answer"))

    def handle(self, *app_labels: Any, **options: Any) -> None:
        language = options.pop("language") or terminal_language()
        super().handle(*app_labels, **options)
        only_django = ("deploy", "tags", "databases", "list_tags")
        if app_labels or any(options.get(name) for name in only_django):
            return
        with translation.override(language):
            bad = self._show("", report.machine())
            if not tables_are_older() and (doubt := clock_in_doubt()):
                self._show("", [report.Line(report.WARN, gettext("Clock of this machine"), doubt)])
            for council in () if tables_are_older() else Council.objects.order_by("code"):
                bad += self._show(council.title, report.of_council(council))
                bad += self._show(council.title, report.law_lines(council))
        if bad:
            raise CommandError(_("%(count)s x NO") % {"count": bad}, returncode=1)

    def check(self, *args: Any, **kwargs: Any) -> None:
        """Django's own, which says nothing where it finds nothing: our lines follow."""
        super().check(*args, **{**kwargs, "display_num_errors": False})

    def _show(self, title: str, lines: Any) -> int:
        self.stdout.write(f"\n{title}" if title else "")
        bad = 0
        for line in lines:
            bad += line.level == report.BAD
            told = gettext("%(what)s: %(detail)s") % {"what": line.what, "detail": line.detail}
            self.stdout.write(f"[{SIGNS[line.level]!s:^{WIDE}}] {told if line.detail else line.what}")
        return bad
