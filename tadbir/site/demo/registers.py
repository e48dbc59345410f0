"""The registers on paper of the demonstration: signed off up to last month, which still waits for its signature."""

import io

from tadbir.councils.clock import today
from tadbir.ledgers import actions
from tadbir.ledgers.forms import last_month
from tadbir.ledgers.models import RegisterPrint
from tadbir.ledgers.papers import PAPERS
from tadbir.ledgers.periods import Period
from tadbir.ledgers.queries.registers import survey
from tadbir.services.registers import REQUESTS
from tadbir.site.demo.stage import Stage, Story


def _periods() -> list[Period]:
    """The quarters that are over, then the months since, up to last month."""
    ended = last_month()
    year, month = ended["year"], int(ended["part"][1:])
    quarters, months = month // 3, range(month // 3 * 3 + 1, month + 1)
    parts = [*(f"q{rank}" for rank in range(1, quarters + 1)), *(f"m{rank:02d}" for rank in months)]
    return [Period(year, part) for part in parts]


def on_paper(stage: Stage) -> Story:
    """The director prints the requests of the year and its papers; the president signs all requests but the last."""
    director, made = stage.person("director"), list[RegisterPrint]()
    year = Period(last_month()["year"], "year")
    for period in _periods():
        found = survey(REQUESTS, period)
        if found.parts:
            made += actions.print_register(director, REQUESTS.code, period, shown=found.shown.token)
    yield stage.later(2)
    for printed in made[:-1] or made:  # at the beginning of a year there is one
        scan = stage.scan()
        actions.keep_signed_pages(printed, director, stage.person("president"), today(), io.BytesIO(scan), len(scan))
    yield stage.later(1)
    shown = survey(PAPERS, year).shown.token
    actions.print_register(stage.person("director"), PAPERS.code, year, shown=shown)
