"""Where the delay of the council stands, on the page of whoever contests before there is anything to contest."""

from dataclasses import dataclass
from datetime import date

from tadbir import law
from tadbir.councils.clock import today
from tadbir.desk.followed import Followed
from tadbir.dossiers import queries as dossiers
from tadbir.services.queries.remedies import not_an_answer


@dataclass(frozen=True)
class Delay:
    """Where the delay of the council stands, for whoever contests before there is anything to contest.

    `state`: running, untold (under a draft sheet), suspended, incomplete, passing (over by one reading), over, ready,
    put_right (the day on which the answer was notified), or none. `said`: what its day is, where no text sets one to
    answer.
    """

    state: str
    day: date | None = None
    said: str = ""


def delay_of(followed: Followed) -> Delay:
    """What is true of the delay today: that it runs, waits, has not begun, is just over, or that there is none.

    It is read off the very duty that the office sees. Under a draft sheet no delay was told: what is said of it is
    the day from which silence may be contested.
    """
    if followed.put_right:
        return Delay("put_right")
    if followed.ready:
        return Delay("ready")
    row = dossiers.choose_clock(followed.duties)
    if row is None:
        return Delay("none")
    if row.owner in law.PERSONS:
        return Delay("incomplete")
    if row.is_suspended:
        return Delay("suspended")
    if row.do_by and row.do_by < today():
        certain = row.lapses_on is None or row.lapses_on <= today()
        return Delay("over") if certain else Delay("passing", row.lapses_on)
    if followed.dossier.sheet and not dossiers.shows_delay(followed.facts):
        return Delay("untold", row.lapses_on)
    return Delay("running", row.do_by, not_an_answer(row))
