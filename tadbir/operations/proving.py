"""Proving a register on this machine: all of it now, or a part in each round, so that a whole one takes a week.

Where a proof stands is kept in `proofs/` of the installation's folder: whoever is stopped goes on.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tadbir.councils.clock import today
from tadbir.councils.scope import current_council
from tadbir.operations.home import write_private
from tadbir.register import proving
from tadbir.register.models import Entry
from tadbir.register.upgrades import not_to_be_taken_over, waits_for_migrate
from tadbir.register.witnesses import lost_witnesses, no_witness

#: Days in which the rounds go through everything once, and rounds in a day.
CYCLE, ROUNDS = 7, 144
#: Rows that `check` proves at once; a larger register is proved by the rounds, and by `tadbir prove`.
AT_ONCE = 50_000
#: Differences that are kept in words.
KEPT = 50
Progress = Callable[[proving.Step], None]
log = logging.getLogger("tadbir.tick")


def upgrade_unfinished(slug: str) -> str:
    """What is said between the installation of a newer program and `tadbir migrate`."""
    text = _(
        "%(council)s: the upgrade is not finished, its register waits for this program: run “tadbir migrate” first"
    )
    return text % {"council": slug}


def upgrade_waits() -> bool:
    """Whether the register of the current council waits for `tadbir migrate`. One whose chain does not hold waits for
    nothing: what is wrong with it is told, and it is not taken over."""
    return waits_for_migrate() and not any(not_to_be_taken_over())


@dataclass
class Standing:
    """How far a proof has come, what it found, and what the one before it found."""

    stage: str = proving.CHAIN
    after: int = 0
    begun: str = ""
    found: list[str] = field(default_factory=list)
    ended: str = ""  # the day on which the last whole proof ended
    ended_found: list[str] = field(default_factory=list)
    whole: str = ""  # the day of the last one that found nothing

    def take(self, step: proving.Step) -> None:
        """Go on to where a step came."""
        self.stage, self.after = step.stage, step.after
        self.found = (self.found + [str(one) for one in step.found])[:KEPT]

    def end(self) -> None:
        """Everything was looked at: keep what was found and begin anew."""
        self.ended, self.ended_found = today().isoformat(), self.found
        self.whole = self.whole if self.found else self.ended
        self.stage, self.after, self.begun, self.found = proving.CHAIN, 0, "", []


def _place(kind: str) -> Path:
    folder = Path(settings.HOME) / "proofs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{current_council().slug}.{kind}.json"


def standing(kind: str = "round") -> Standing:
    """Where the rounds' proof of the current council stands (or that of the command, `prove`)."""
    path = _place(kind)
    return Standing(**json.loads(path.read_text("utf-8"))) if path.exists() else Standing()


def _keep(kind: str, now: Standing) -> None:
    write_private(_place(kind), json.dumps(asdict(now), ensure_ascii=False))


def days_behind(now: Standing) -> int:
    """Days since a round of proof began that has not come to its end, or since the last one where none is under way."""
    since = now.begun or now.ended
    return (today() - date.fromisoformat(since)).days if since else 0


def prove_part() -> dict[str, int]:
    """Go on a little with the proof of the current council; what was looked at and what differs.

    A proof that ended today is not begun again before tomorrow, and none goes on between an upgrade and `migrate`.
    """
    now, looked, found = standing(), 0, 0
    if upgrade_waits():
        log.warning(upgrade_unfinished(current_council().slug))
        return {}
    if not now.begun and now.ended == today().isoformat():
        return {}
    now.begun = now.begun or today().isoformat()
    share = max(1, size() // (CYCLE * ROUNDS))
    for step in proving.walk(now.stage, now.after):
        now.take(step)
        looked, found = looked + step.looked, found + len(step.found)
        if looked >= share:
            break
    else:
        now.found += [*lost_witnesses(), *no_witness()]
        now.end()
    _keep("round", now)
    return {"looked": looked, "differ": found}


def size() -> int:
    """Rows that a whole proof looks at."""
    return Entry.objects.count() + sum(proof.rows().order_by().count() for proof in proving.declared())


def prove(progress: Progress, *, resume: bool = False) -> list[str]:
    """Prove all of the current council's register, with the witnesses; what differs, in words.

    Whoever was stopped goes on with `resume`.
    """
    now = standing("command") if resume else Standing()
    now.begun = now.begun or today().isoformat()
    found = list(now.found)
    for step in proving.walk(now.stage, now.after):
        found += [str(one) for one in step.found]
        now.take(step)
        _keep("command", now)
        progress(step)
    _place("command").unlink(missing_ok=True)
    found += [*lost_witnesses(), *no_witness()]
    _whole_by_hand(found)
    return found


def _whole_by_hand(found: list[str]) -> None:
    """What the rounds would find out in a week is known today: it is written down where they write it, and they begin
    anew: what they had found before is either found now, or mended."""
    now = standing()
    now.found = found[:KEPT]
    now.end()
    _keep("round", now)


def found_now() -> list[str]:
    """What `check` tells: of a small register everything, of a large one its chain and what the rounds found."""
    if upgrade_waits():
        found = [upgrade_unfinished(current_council().slug)]
    elif size() <= AT_ONCE:
        found = [str(one) for step in proving.walk() for one in step.found]
    else:
        now = standing()
        chain = (one for step in proving.walk() if step.stage == proving.CHAIN for one in step.found)
        found = list(dict.fromkeys([*map(str, chain), *now.ended_found, *now.found]))
    return [*found, *lost_witnesses(), *no_witness()]
