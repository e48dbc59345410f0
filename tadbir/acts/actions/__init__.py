"""The writers of acts: prepare, sign, number and seal, notify, annul. Nothing else writes them."""

from tadbir.acts.actions.drafting import (
    change_draft,
    draft_pdf,
    drop_draft,
    issue_draft,
    lock_draft,
    prepare_draft,
    read_scan,
    refuse_foreign,
    send_draft_back,
    sign,
)
from tadbir.acts.actions.erasing import erase_act, erase_unissued
from tadbir.acts.actions.following import (
    annul,
    attach_scan,
    correct_notification,
    lock_act,
    mark_notified,
    replace,
    withdraw_scan,
)
from tadbir.acts.actions.issuing import issue, letterhead, pdf_of
from tadbir.acts.keys import make_keys, revoke_key
from tadbir.acts.signing import NoSigningPower, Signature, check_power

__all__ = [
    "NoSigningPower",
    "Signature",
    "annul",
    "attach_scan",
    "change_draft",
    "check_power",
    "correct_notification",
    "draft_pdf",
    "drop_draft",
    "erase_act",
    "erase_unissued",
    "issue",
    "issue_draft",
    "letterhead",
    "lock_act",
    "lock_draft",
    "make_keys",
    "mark_notified",
    "pdf_of",
    "prepare_draft",
    "read_scan",
    "refuse_foreign",
    "replace",
    "revoke_key",
    "send_draft_back",
    "sign",
    "withdraw_scan",
]
