"""Until when a person may ask why nothing was answered (law 03-01, articles 4 and 5)."""

from datetime import date

from tadbir import law
from tadbir.councils.clock import today


def reasons_day(state: law.State) -> date | None:
    """The last day that is certain to ask for the reasons, while it is to come."""
    answer = law.permitted(state, "reasons_asked")
    rights = state.duties(answer.rule_id or "") if answer.allowed else []
    days = [one.file_before for one in rights if one.open and one.file_before]
    return max((day for day in days if day >= today()), default=None)
