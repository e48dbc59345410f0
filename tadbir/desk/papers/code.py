"""The paper that bears a new code: small, sealed, given to whoever asked for it."""

from typing import Any

from tadbir.acts import actions as acts
from tadbir.acts.kinds import Kind
from tadbir.acts.models import Act
from tadbir.councils.clock import CASABLANCA, now
from tadbir.councils.models import Person
from tadbir.desk.codes import follow_code
from tadbir.desk.papers.parts import asked_for, paragraph, recipient
from tadbir.dossiers.models import Dossier

NEW_CODE = Kind(
    "new_code",
    "وصل برمز تتبع جديد",
    "Récépissé d’un nouveau code de suivi",
    "R",
    signed=False,
    paper="a5",
    layout="receipt",
    at_once=True,
)


def issue_code_paper(dossier: Dossier, by: Person | None) -> Act:
    """The paper of the code that the dossier has now."""
    given: dict[str, Any] = {
        "state": "code",
        "regime": "none",
        "code": follow_code(dossier),
        "missing": [],
        **asked_for(dossier),
        "filed_at": now().astimezone(CASABLANCA).isoformat(timespec="minutes"),
        "clock": None,
    }
    if by is not None:
        given |= {"received_by_ar": by.name_ar, "received_by_fr": by.name_fr}
    old_ar = "الرمز المطبوع على الوصولات السابقة لم يعد يفتح هذا الملف. تلك الوصولات نفسها تبقى صحيحة."
    old_fr = "Le code imprimé sur les récépissés précédents n’ouvre plus ce dossier. Ces récépissés restent valables."
    body: dict[str, Any] = {
        "title_ar": NEW_CODE.label_ar,
        "title_fr": NEW_CODE.label_fr,
        "blocks": [paragraph(old_ar)],
        "fr": [paragraph(old_fr)] if dossier.language == "fr" else [],
        "recipient": recipient(dossier),
        "remedies": [],
        "receipt": given,
        "copy_fr": dossier.language == "fr",
    }
    return acts.issue(NEW_CODE.code, body, dossier_ref=dossier.number)
