"""The other letters of a dossier that wait while one is signed: whoever signs knows of them."""

from dataclasses import dataclass

from tadbir.acts.models import Act, Draft
from tadbir.councils.models import in_language
from tadbir.desk.dossier import Desk
from tadbir.desk.papers.parts import told_by
from tadbir.desk.queries.signing import unsigned


@dataclass(frozen=True)
class Other:
    """Another letter of the same dossier: it waits for its signature, or (`act`) for its notification."""

    title: str
    draft: Draft | None = None
    act: Act | None = None


def _title(paper: Act | Draft) -> str:
    told = told_by(paper)
    return in_language(str(told.get("title_ar", "")), str(told.get("title_fr", "")))


def others(desk: Desk, draft: Draft) -> list[Other]:
    """The letters that wait beside this one, those to sign first."""
    written = unsigned().filter(dossier_ref=desk.dossier.number).exclude(pk=draft.pk)
    to_sign = [Other(_title(one), draft=one) for one in written.select_related("prepared_by").order_by("pk")]
    return to_sign + [Other(_title(act), act=act) for act in desk.acts if act.waits_for_notification]
