"""The writers of dossiers. Nothing else writes them."""

from tadbir.dossiers.actions.calendar import correct_closed_day, learn_closed_day, record_lapses, withdraw_closed_day
from tadbir.dossiers.actions.codes import change_code
from tadbir.dossiers.actions.erasing import erase_private
from tadbir.dossiers.actions.filing_day import TYPED_DAY, correct_filing_day, first_day_of, moved_by, require_day
from tadbir.dossiers.actions.particulars import correct_particulars, particulars, withdraw_document
from tadbir.dossiers.actions.recording import (
    Happening,
    Recorded,
    Refused,
    lock,
    record,
    record_all,
    refuse_erased,
    require_sight,
    require_work,
)
from tadbir.dossiers.actions.upkeep import (
    hand_over,
    keep_document,
    keep_documents,
    link,
    open_dossier,
    reassign,
    void_fact,
)
from tadbir.dossiers.actions.urgency import correct_urgency

__all__ = [
    "TYPED_DAY",
    "Happening",
    "Recorded",
    "Refused",
    "change_code",
    "correct_closed_day",
    "correct_filing_day",
    "correct_particulars",
    "correct_urgency",
    "erase_private",
    "first_day_of",
    "hand_over",
    "keep_document",
    "keep_documents",
    "learn_closed_day",
    "link",
    "lock",
    "moved_by",
    "open_dossier",
    "particulars",
    "reassign",
    "record",
    "record_all",
    "record_lapses",
    "refuse_erased",
    "require_day",
    "require_sight",
    "require_work",
    "void_fact",
    "withdraw_closed_day",
    "withdraw_document",
]
