"""`tadbir prove`: prove the register of every council, and every row and file beside it, link by link.

(`tadbir verify FILE` looks at one paper.)
"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.database.checks import check_triggers
from tadbir.operations import proving
from tadbir.operations.differences import NOUNS, in_words
from tadbir.operations.start import lost_seal_keys, unfinished_upgrades
from tadbir.operations.words import REFUSED, _
from tadbir.register.baseline import baselines
from tadbir.register.proving import Step
from tadbir.register.queries import head, is_beginning_in_chain
from tadbir.register.witnesses import unwitnessed

SHOWN = 20
#: Erases, on a terminal, what stands behind it.
REST_OF_LINE = "\x1b[K"
#: Signs of a head: all of them, and those that `check` and the lost witnesses show.
WHOLE, BEGINNING = 64, 16


def _head(said: str) -> str:
    """As a paper prints it in groups, a mail in one piece, `check` by its beginning. Raises CommandError."""
    head = "".join(said.split()).lower()
    if len(head) not in (WHOLE, BEGINNING) or set(head) - set("0123456789abcdef"):
        text = _("%(said)s is no head: write its %(whole)s signs (0-9, a-f), or the first %(beginning)s")
        values = {"said": said, "whole": WHOLE, "beginning": BEGINNING}
        raise CommandError(text % values, returncode=REFUSED)
    return head


class Command(BaseCommand):
    """Prove the register."""

    help = _("Prove the chain of every council and every row and file under it; exit status 1 where it does not hold.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resume", action="store_true", help=_("go on where a stopped proof stood"))
        parser.add_argument(
            *("--witness", "-w"), action="append", default=[], help=_("a head that a paper or a mail says (repeat)")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        councils, heads = list(Council.objects.order_by("code")), {_head(said) for said in options["witness"]}
        broken = 0
        if waiting := unfinished_upgrades():
            raise CommandError(waiting, returncode=REFUSED)
        for council in councils:
            broken += self._prove(council, resume=options["resume"])
            with council_scope(council):
                heads = {said for said in heads if not is_beginning_in_chain(said)}
        for error in check_triggers(databases=["default"]):
            self.stdout.write(f"{error.id}: {error.msg} {error.hint or ''}")
            broken += 1
        for said in sorted(heads):
            text = _("%(head)s: the witness says this head, and it is in no chain any more")
            self.stdout.write(text % {"head": said[:BEGINNING]})
        if lost := lost_seal_keys():
            self.stdout.write(lost)
        if broken or heads:
            raise CommandError(_("The register does not hold."), returncode=1)
        if lost:
            raise CommandError(_("The register holds, and its seal key is lost."), returncode=1)

    def _prove(self, council: Council, *, resume: bool) -> int:
        begun = time.monotonic()
        with council_scope(council):
            self.total, self.looked = proving.size(), 0
            found = proving.prove(self._progress, resume=resume)
            self._over_the_last("")
            (seq, digest), taken_over, (alone, day) = head(), baselines(), unwitnessed()
        seconds = time.monotonic() - begun
        text = _("%(council)s: %(links)s links, %(rows)s rows in %(seconds)s s, head %(head)s: %(told)s")
        values: dict[str, Any] = {
            "council": council.slug,
            "links": seq,
            "rows": self.looked,
            "seconds": f"{seconds:.1f}",
            "head": digest,
        }
        self.stdout.write(text % (values | {"told": _("NOT WHOLE") if found else _("whole")}))
        for link in taken_over:
            rows, of = link.fields["rows"], link.fields["of"]
            text = _("%(rows)s x %(of)s were there before the register spoke of them (%(day)s)")
            named = gettext(NOUNS.get(of, of))
            self.stdout.write("    " + text % {"rows": rows, "of": named, "day": f"{link.at:%Y-%m-%d}"})
        if alone > 0:
            text = _("%(count)s links since the last witness of %(day)s are vouched for by nothing outside")
            self.stdout.write("    " + text % {"count": alone, "day": day})
        for line in found[:SHOWN]:
            self.stdout.write(f"    {in_words(line)}")
        if len(found) > SHOWN:
            self.stdout.write("    " + _("and %(count)s more") % {"count": len(found) - SHOWN})
        return len(found)

    def _progress(self, step: Step) -> None:
        self.looked += step.looked
        values = {"looked": self.looked, "total": self.total}
        self._over_the_last(_("%(looked)s of %(total)s rows compared") % values)

    def _over_the_last(self, text: str) -> None:
        """Say how far it came in one line that the next one takes, where somebody looks on; a log keeps none of it."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{text}{REST_OF_LINE}", str, ending="")
