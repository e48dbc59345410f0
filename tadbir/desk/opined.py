"""The opinions that are still awaited, said to whoever writes or signs the answer: a warning, and no bar."""

from tadbir.acts.models import Draft
from tadbir.councils.clock import local_date
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.dossiers.models import Fact
from tadbir.law.words import beside
from tadbir.ui.dates import day_words


def opinions_awaited(desk: Desk, draft: Draft | None = None) -> list[str]:
    """Each by its unit, the day on which it was asked, and who asked; none beside a letter that answers nothing."""
    if draft is not None and draft.kind not in papers.KINDS:
        return []
    asked = desk.story.waiting("opinion_asked")
    names = {unit.code: unit for unit in desk.units} if asked else {}
    return [beside(names.get(code := str(one.data["unit"]), code), _day(one), one.by or "") for one in asked]


def _day(fact: Fact) -> str:
    return day_words(local_date(fact.happened_at))
