"""What the links of the chain and the readings of the access log are called."""

from django.utils.translation import gettext_lazy

#: Every kind of link; offered as a filter too: reading them from a long register would walk it all.
LINKS = {
    "fact": gettext_lazy("fact of a dossier"),
    "act_issued": gettext_lazy("paper numbered and sealed"),
    "act_sealed": gettext_lazy("PDF sealed"),
    "act_notified": gettext_lazy("paper notified"),
    "act_scanned": gettext_lazy("signed paper scanned"),
    "document_scanned": gettext_lazy("document scanned"),
    "definition_changed": gettext_lazy("rule or wording changed by the council"),
    "definition_ended": gettext_lazy("change of a rule or wording ended"),
    "sheet_settled": gettext_lazy("shipped sheet set aside"),
    "sheet_adopted": gettext_lazy("sheet adopted"),
    "calendar_changed": gettext_lazy("calendar changed"),
    "paper_block": gettext_lazy("block of paper receipts"),
    "paper_number_closed": gettext_lazy("paper number closed"),
    "paper_block_closed": gettext_lazy("block closed"),
    "content_erased": gettext_lazy("content erased"),
    "restored": gettext_lazy("restored from a backup"),
    "role_given": gettext_lazy("role given"),
    "role_ended": gettext_lazy("role ended"),
    "delegation_recorded": gettext_lazy("delegation recorded"),
    "delegation_ended": gettext_lazy("delegation ended"),
    "enrolment_made": gettext_lazy("enrolment link made"),
    "account_enrolled": gettext_lazy("account opened by a link"),
    "act_notification_corrected": gettext_lazy("notification corrected"),
    "act_replaced": gettext_lazy("paper replaced"),
    "act_annulled": gettext_lazy("paper annulled"),
    "register_printed": gettext_lazy("register printed"),
    "register_signed_off": gettext_lazy("signed pages of a register kept"),
    "absence_recorded": gettext_lazy("absence recorded"),
    "absence_ended": gettext_lazy("absence ended"),
}
PURPOSES = {
    "page": gettext_lazy("the dossier"),
    "paper": gettext_lazy("a paper"),
    "document": gettext_lazy("a document"),
    "receipt": gettext_lazy("the receipt at the counter"),
    "register": gettext_lazy("pages of a register"),
    "answer": gettext_lazy("the answer being written"),
    "draft": gettext_lazy("the letter to sign"),
}
