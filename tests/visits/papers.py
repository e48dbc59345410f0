"""The letter that confirms a visit."""

from datetime import date
from typing import Any

from tadbir.acts.kinds import Kind
from tadbir.desk.papers import Step
from tadbir.desk.papers.parts import letter, paragraph
from tadbir.dossiers.models import Dossier
from tadbir.ui.dates import day_words

LETTER = Kind(
    "visit_letter", "رسالة تأكيد زيارة", "Lettre de confirmation de visite", series="N", layout="letter", at_once=True
)


def body(dossier: Dossier, step: Step) -> dict[str, Any]:
    """Say the day of the visit to the school."""
    on = date.fromisoformat(step.data["on"])
    arabic = paragraph(f"يسعدنا استقبال تلامذتكم بمقر المجلس يوم {day_words(on, 'ar')}.")
    french = paragraph(f"Nous aurons le plaisir d’accueillir vos élèves au siège du conseil le {day_words(on, 'fr')}.")
    return letter(dossier, "تأكيد زيارة", "Confirmation de visite", [arabic], [french])
