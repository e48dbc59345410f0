"""Acts that tests of several files need, made by the real actions."""

from typing import Any

from tadbir.acts import actions
from tadbir.acts.documents.shape import FILLED
from tadbir.acts.models import Act
from tests.acts import samples
from tests.acts.conftest import People


def body(maker: Any = samples.receipt_complete, **more: Any) -> dict[str, Any]:
    """What a caller gives: a sample without what `issue` fills in."""
    return {key: value for key, value in maker().items() if key not in FILLED} | more


def issued(people: People) -> Act:
    """A receipt."""
    return actions.issue("receipt", body(), dossier_ref="D-1")


def signed_letter(people: People, kind: str = "letter") -> Act:
    """A letter signed by the president."""
    draft = actions.prepare_draft(kind, body(samples.letter), dossier_ref="D-1", by=people.clerk)
    return actions.issue_draft(actions.sign(draft, people.president, by=people.clerk, means="wet_ink"))
