"""The letter that confirms a visit."""

from datetime import date

from tadbir.acts import actions as acts
from tadbir.acts.kinds import Kind
from tadbir.acts.models import Act
from tadbir.desk.papers.parts import letter, paragraph
from tadbir.dossiers.models import Dossier
from tadbir.ui.dates import day_words

LETTER = Kind(
    "visit_letter",
    "رسالة تأكيد زيارة",
    "Lettre de confirmation de visite",
    series="N",
    signed=False,
    layout="letter",
    at_once=True,
)


def issue_letter(dossier: Dossier, on: date) -> Act:
    """Say the day of the visit to the school; sealed, given at once, not signed."""
    arabic = paragraph(f"يسعدنا استقبال تلامذتكم بمقر المجلس يوم {day_words(on, 'ar')}.")
    french = paragraph(f"Nous aurons le plaisir d’accueillir vos élèves au siège du conseil le {day_words(on, 'fr')}.")
    body = letter(dossier, "تأكيد زيارة", "Confirmation de visite", [arabic], [french])
    return acts.issue(LETTER.code, body, dossier_ref=dossier.number)
