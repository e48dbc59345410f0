"""Who may open what: every address of the house, what it takes to read it and to write there, and what it answers.

One row an address (two where it speaks of different things). The test compares the rights with those of the guard,
and tries each address with each method for everybody.
"""

from __future__ import annotations

from tadbir.councils.rights import Right
from tests.security.door import HELD, QUALITIES, Door, Key

#: The dossier lies in the unit of the loan: who of those that the guard lets in does not see it, who only sees it.
UNSEEN = {"vice_president": 404, "secretary": 404, "information_officer": 404, "admin": 404}
WORKERS = ("president", "director", "head", "officer")
#: Only the unit that was asked gives its opinion.
UNASKED = {quality: 404 for quality in QUALITIES if quality not in ("head", "officer")}
#: A dossier given away: who may still open it is led there, who neither gave it nor opens it sees nothing.
UNGIVEN = UNSEEN | dict.fromkeys(("president", "director", "clerk"), 302)
UNWORKED = {quality: 403 for quality in QUALITIES if quality not in WORKERS} | UNSEEN


def _without(right: Right) -> dict[str, int]:
    """Whoever sees the dossier without the right, and whoever does not see it."""
    return {quality: 403 for quality in QUALITIES if quality not in HELD[right].split()} | UNSEEN


UNSERVED = _without(Right.SERVE_AT_COUNTER)
#: Who neither works on it nor serves people at the counter.
UNHANDED = {quality: code for quality, code in UNWORKED.items() if code == 404 or quality in UNSERVED}


def _verb(code: str, right: Right | None = None, post: int = 422) -> Door:
    """One verb of the dossier: whoever works on it, or whoever sees it and holds the right."""
    return Door(write=Key.AGENT, args=f"dossier {code}", post=post, beyond=_without(right) if right else UNWORKED)


#: Only who holds the power to sign reads a letter in his folder; only he whose signature it is said to be contests it.
POWERLESS = {"vice_president": 404, "head": 404}
NOT_HIS = {"vice_president": 404, "head": 404, "director": 404}
SENT, CONFLICT = 302, 409
R, K = Right, Key
OFFICE: tuple[tuple[str, Door], ...] = (
    ("office-home", Door(K.AGENT)),
    ("office-tray", Door(K.AGENT, args="tray")),
    ("office-late", Door(R.OVERSEE)),
    ("office-unreached", Door(R.REACH_PEOPLE)),
    ("office-reach", Door(write=R.REACH_PEOPLE, args="unreached other", beyond={"information_officer": 404})),
    ("office-opinions", Door(K.AGENT)),
    ("office-opinion", Door(write=K.AGENT, args="opinion", beyond=UNASKED)),
    ("office-search", Door(K.AGENT)),
    ("office-dossier", Door(K.AGENT, args="dossier", beyond=UNSEEN)),
    ("office-given-away", Door(K.AGENT)),
    ("office-given", Door(K.AGENT, K.AGENT, "given", beyond=UNGIVEN)),
    ("office-document", Door(K.AGENT, args="dossier document", beyond=UNSEEN)),
    ("office-paper", Door(K.AGENT, args="dossier receipt", beyond=UNSEEN)),
    ("office-signed-scan", Door(K.AGENT, args="signed signed_scan", beyond=UNSEEN)),
    ("office-notified-scan", Door(K.AGENT, args="told told_act", beyond=UNSEEN)),
    ("office-scan", Door(write=R.FILE_AT_COUNTER, args="dossier document", post=SENT, beyond=UNSEEN)),
    ("office-receipt", Door(R.FILE_AT_COUNTER, args="dossier", beyond=UNSEEN)),
    ("office-do", Door(K.AGENT, K.AGENT, "dossier no-such-verb", 404, 404)),
    ("office-do", Door(K.AGENT, K.AGENT, "dossier misdirected", beyond=UNWORKED)),
    ("office-do", Door(K.AGENT, K.AGENT, "dossier withdraw", beyond=UNSERVED)),
    ("office-answer", Door(K.AGENT, K.AGENT, "dossier", beyond=UNWORKED)),
    ("office-answer-sign", Door(K.AGENT, K.AGENT, "written", beyond=UNWORKED)),
    ("office-answer-notify", Door(K.AGENT, K.AGENT, "signed answer", beyond=UNHANDED)),
    ("office-answer-scan", Door(write=K.AGENT, args="signed answer", beyond=UNWORKED)),
    ("office-letter", Door(K.AGENT, K.AGENT, "asked question", beyond=UNWORKED)),
    ("office-letter-words", Door(K.AGENT, K.AGENT, "asked question", beyond=UNWORKED)),
    ("office-letter-drop", Door(write=K.AGENT, args="asked question", post=SENT, beyond=UNWORKED)),
    ("office-letter-scan", Door(K.AGENT, args="asked question", get=404, beyond=UNWORKED)),
    ("office-letter-print", Door(K.AGENT, args="asked question", beyond=UNWORKED)),
    ("office-signing", Door(R.SIGN)),
    ("office-signing-letter", Door(R.SIGN, R.SIGN, "letter", beyond=POWERLESS)),
    ("office-signing-return", Door(write=R.SIGN, args="letter", beyond=POWERLESS)),
    ("office-signed", Door(R.SIGN, R.SIGN, "answer", beyond=NOT_HIS)),
    ("office-signed-by-hand-scan", Door(R.SIGN, args="answer signed_scan", beyond=NOT_HIS)),
    ("office-signed-by-hand-picture", Door(R.SIGN, args="answer signed_scan", beyond=NOT_HIS)),
    ("office-counter", Door(R.FILE_AT_COUNTER)),
    ("office-counter-file", Door(R.FILE_AT_COUNTER, R.FILE_AT_COUNTER, "equipment-loan")),
    ("office-blocks", Door(R.PRINT_BLOCKS, R.PRINT_BLOCKS)),
    ("office-block", Door(R.PRINT_BLOCKS, R.PRINT_BLOCKS, "block")),
    ("office-block-pages", Door(R.PRINT_BLOCKS, args="block")),
    ("office-register", Door(R.READ_REGISTER)),
    ("office-readings", Door(R.READ_REGISTER)),
    ("office-registers", Door(R.READ_REGISTER, R.PRINT_REGISTERS)),
    ("office-register-print", Door(R.READ_REGISTER, R.PRINT_REGISTERS, "print")),
    ("office-register-pages", Door(R.READ_REGISTER, args="print")),
    ("office-register-scan", Door(R.READ_REGISTER, args="print scan")),
    ("office-register-scan-withdraw", Door(write=R.PRINT_REGISTERS, args="print scan", post=SENT)),
    ("office-people", Door(R.SEE_PEOPLE)),
    ("office-rights", Door(R.SEE_PEOPLE)),
    ("office-new-person", Door(R.WRITE_PEOPLE, R.WRITE_PEOPLE)),
    ("office-person", Door(R.SEE_PEOPLE, args="person")),
    ("office-power", Door(R.SEE_PEOPLE, R.CONFIRM_POWERS, "power")),
    ("office-give-role", Door(write=R.WRITE_PEOPLE, args="person")),
    ("office-end-role", Door(write=R.WRITE_PEOPLE, args="person role")),
    ("office-give-all", Door(write=R.WRITE_PEOPLE, args="person")),
    ("office-absence", Door(write=R.RECORD_ABSENCE, args="person")),
    ("office-enrolment", Door(write=R.WRITE_PEOPLE, args="person", post=200)),
    ("office-close-account", Door(write=R.WRITE_PEOPLE, args="person", post=302)),
    ("office-person-name", Door(R.WRITE_PEOPLE, R.WRITE_PEOPLE, "person")),
    ("office-person-email", Door(write=R.WRITE_PEOPLE, args="person")),
    ("office-unit", Door(R.SEE_PEOPLE, R.WRITE_PEOPLE, "unit")),
    ("office-confirm-link", Door(write=R.CONFIRM_POWERS, args="signing_person")),
    ("office-house", Door(R.SEE_PEOPLE, R.WRITE_PEOPLE)),
    ("office-units", Door(R.SEE_PEOPLE, R.WRITE_PEOPLE)),
    ("office-delegations", Door(R.SEE_PEOPLE, R.RECORD_DELEGATIONS)),
    ("office-end-delegation", Door(write=R.RECORD_DELEGATIONS, args="delegation")),
    ("office-sheets", Door(R.SEE_SHEETS, R.KEEP_SHEETS)),
    ("office-sheet", Door(R.SEE_SHEETS, args="road-damage")),
    ("office-sheet-adopt", Door(write=R.ADOPT_SHEETS, args="road-damage")),
    ("office-sheet-switch", Door(write=R.KEEP_SHEETS, args="road-damage")),
    ("office-sheet-shipped", Door(write=R.KEEP_SHEETS, args="road-damage")),
    ("office-sheet-correct", Door(R.CORRECT_SHEETS, R.CORRECT_SHEETS, "road-damage")),
    ("office-sheet-compare", Door(R.SEE_SHEETS, args="equipment-loan 2 2")),
    ("office-calendar", Door(K.AGENT, R.LEARN_CLOSED_DAYS)),
    ("office-closed-day", Door(K.AGENT, R.LEARN_CLOSED_DAYS, "closed_day")),
    ("office-moved", Door(K.AGENT)),
    ("office-definitions", Door(R.CHANGE_DEFINITIONS)),
    ("office-definition", Door(R.CHANGE_DEFINITIONS, R.CHANGE_DEFINITIONS, "PROC-DECIDE")),
    ("office-definition-end", Door(write=R.CHANGE_DEFINITIONS, args="PROC-DECIDE")),
    ("office-wordings", Door(R.CHANGE_DEFINITIONS)),
    ("office-wording", Door(R.CHANGE_DEFINITIONS, R.CHANGE_DEFINITIONS, "outcome")),
    ("office-wording-end", Door(write=R.CHANGE_DEFINITIONS, args="outcome")),
)
#: The dossier is complete and open: what the law does not allow in it now is 409 for whoever holds the right.
VERBS: dict[str, Door] = {
    door.args.split()[1]: door
    for door in (
        _verb("ask-opinion"),
        _verb("give-opinion", post=CONFLICT),
        _verb("reassign"),
        _verb("send-back"),
        _verb("code", R.GIVE_CODE),
        _verb("new-code", R.GIVE_CODE),
        _verb("put-right", R.SERVE_AT_COUNTER),
        _verb("withdraw-document", R.SERVE_AT_COUNTER),
        _verb("correct-day", R.ANSWER_FOR_ALL),
        _verb("correct-urgency", post=CONFLICT),
        _verb("correct"),
        _verb("erase", R.ERASE_PERSONAL_DATA, post=CONFLICT),
        _verb("supply", R.SERVE_AT_COUNTER),
        _verb("answer-information", R.SERVE_AT_COUNTER, post=CONFLICT),
        _verb("received", post=CONFLICT),
        _verb("ask-replacement"),
        _verb("ask-original"),
        _verb("ask-information"),
        _verb("extend", post=CONFLICT),
        _verb("step"),
        _verb("tell-again"),
        _verb("conclude"),
        _verb("appeal", R.SERVE_AT_COUNTER),
        _verb("grievance", R.SERVE_AT_COUNTER),
        _verb("ask-reasons", R.SERVE_AT_COUNTER, post=CONFLICT),
        _verb("give-reasons", post=CONFLICT),
        _verb("withdraw", R.SERVE_AT_COUNTER),
        _verb("withdraw-remedy", R.SERVE_AT_COUNTER, post=CONFLICT),
        _verb("misdirected"),
        _verb("duplicate"),
        _verb("return", post=CONFLICT),
    )
}
ANYBODYS: tuple[tuple[str, Door], ...] = (
    ("home", Door(K.ANYBODY)),
    ("decisions", Door(K.ANYBODY)),
    ("about", Door(K.ANYBODY)),
    ("accessibility", Door(K.ANYBODY)),
    ("legal", Door(K.ANYBODY)),
    ("health", Door(K.ANYBODY)),
    ("robots", Door(K.ANYBODY)),
    ("security-txt", Door(K.ANYBODY, get=404)),  # until somebody is named
    ("verify", Door(K.ANYBODY, K.ANYBODY, post=200)),
    ("verify-status", Door(K.ANYBODY)),
    ("verify-stroke", Door(K.ANYBODY, get=SENT)),  # to the verifier
    ("verify-french", Door(K.ANYBODY, get=SENT)),
    ("verify-french-stroke", Door(K.ANYBODY, get=SENT)),
    ("verify-keys", Door(K.ANYBODY)),
    ("verify-script", Door(K.ANYBODY)),
    ("verify-worker", Door(K.ANYBODY)),
    ("service-list", Door(K.ANYBODY)),
    ("service-sheet", Door(K.ANYBODY, args="equipment-loan")),
    ("request-start", Door(K.ANYBODY, K.ANYBODY, "equipment-loan")),
    ("request-resume", Door(write=K.ANYBODY)),
    # The code in the address is the key of a draft: whoever has it opens it, another one opens nothing.
    ("request-edit", Door(K.ANYBODY, K.ANYBODY, "draft")),
    ("request-edit", Door(K.ANYBODY, K.ANYBODY, "no-such-draft", 410, 410)),
    ("request-documents", Door(K.ANYBODY, K.ANYBODY, args="draft", post=SENT)),
    ("request-documents", Door(K.ANYBODY, K.ANYBODY, args="no-such-draft", get=410, post=410)),
    ("request-attach", Door(write=K.ANYBODY, args="draft liability")),
    ("request-attach", Door(write=K.ANYBODY, args="no-such-draft liability", post=410)),
    ("request-remove", Door(write=K.ANYBODY, args="draft liability", post=SENT)),
    ("request-remove", Door(write=K.ANYBODY, args="no-such-draft liability", post=410)),
    ("request-check", Door(K.ANYBODY, K.ANYBODY, "draft")),
    ("request-check", Door(K.ANYBODY, K.ANYBODY, "no-such-draft", 410, 410)),
    ("request-documents", Door(K.CODE, K.CODE, "sent", SENT, SENT)),  # once sent, its own code opens nothing
    ("request-close", Door(write=K.ANYBODY, args="draft", post=SENT)),
    ("request-close", Door(write=K.ANYBODY, args="no-such-draft", post=410)),
    ("request-closed", Door(K.ANYBODY, args="no-such-draft", get=SENT)),
    ("follow", Door(K.ANYBODY, K.ANYBODY)),
    ("follow-close", Door(write=K.ANYBODY, post=SENT)),
    ("dossier", Door(K.CODE, args="dossier")),
    ("dossier-paper", Door(K.CODE, args="dossier receipt")),
    ("dossier-file", Door(K.CODE, args="dossier document")),
    ("dossier-receipt", Door(K.CODE, args="dossier")),
    ("dossier-supply", Door(write=K.CODE, args="dossier liability")),
    ("dossier-answer", Door(write=K.CODE, args="dossier")),
    ("dossier-withdraw", Door(K.CODE, K.CODE, "dossier")),
    ("dossier-code", Door(K.CODE, K.CODE, "dossier")),
    ("dossier-remedy", Door(K.CODE, K.CODE, "dossier appeal_filed")),
    ("dossier-support", Door(write=K.CODE, args="dossier appeal_filed")),
    ("dossier-reasons", Door(K.CODE, K.CODE, "dossier")),
    ("dossier", Door(K.ANYBODY, args="signed", get=403)),  # another person's
    ("api:openapi-json", Door(K.ANYBODY, answers="200 200 200 200 200")),
    ("api:api-root", Door(K.ANYBODY, answers="404 404 404 404 404")),
    ("api-nowhere", Door(K.ANYBODY, answers="404 404 404 404 404")),
    ("api:list_services", Door(K.ANYBODY, head=False)),
    ("api:show_service", Door(K.ANYBODY, args="equipment-loan", head=False)),
    ("api:count_clock", Door(K.ANYBODY, args="equipment-loan", get=422, head=False)),
    ("api:follow", Door(write=K.ANYBODY, answers="405 405 422 405 405")),
    ("api:list_duties", Door(K.AGENT_OF_API, head=False)),
    ("ui-gallery", Door(K.ANYBODY, answers="404 404 404 404 404")),  # of demonstrations only
    ("ui-gallery-office", Door(K.ANYBODY, answers="404 404 404 404 404")),
    ("ui-gallery-error", Door(K.ANYBODY, args="404", answers="404 404 404 404 404")),
    ("demo-sign-in", Door(K.ANYBODY, args="enrolment", answers="404 404 404 404 404")),
    ("enrolment", Door(K.ANYBODY, args="enrolment", answers="200 200 200 200 200")),
    ("enrolment", Door(K.ANYBODY, args="no-such-link", answers="410 410 410 410 410")),
    ("account_inactive", Door(K.ANYBODY, answers="200 200 405 405 405")),
)
#: Pages of one's own account, most of them allauth's, which takes a PUT as a POST. 403: nothing here asks to sign in
#: again by a password that a session opened otherwise does not have; 404: this account has no such factor.
ACCOUNTS: tuple[tuple[str, Door], ...] = (
    ("account_login", Door(K.SIGNED_OUT, answers="200 200 200 200 405")),
    ("mfa_login_webauthn", Door(K.SIGNED_OUT, answers="302 302 302 302 405")),
    ("account_logout", Door(K.ACCOUNT, answers="200 200 302 405 405", visitors="302 302 302 405 405")),
    ("account_reauthenticate", Door(K.ACCOUNT, answers="403 403 403 403 403")),
    ("account_change_password", Door(K.ACCOUNT, answers="302 302 302 302 302")),
    ("second-factor", Door(K.ACCOUNT, answers="302 302 302 302 302")),
    ("kept-form", Door(K.ACCOUNT, answers="302 302 302 302 302")),
    ("mfa_index", Door(K.ACCOUNT, answers="200 200 405 405 405")),
    ("mfa_authenticate", Door(K.ACCOUNT, answers="302 302 302 302 302")),
    ("mfa_reauthenticate", Door(K.ACCOUNT, answers="403 403 403 403 403")),
    ("mfa_activate_totp", Door(K.ACCOUNT, answers="200 200 200 200 405")),
    ("mfa_deactivate_totp", Door(K.ACCOUNT, answers="404 404 404 404 404")),
    ("mfa_view_recovery_codes", Door(K.ACCOUNT, answers="404 404 405 405 405")),
    ("mfa_generate_recovery_codes", Door(K.ACCOUNT, answers="200 200 200 200 405")),
    ("mfa_download_recovery_codes", Door(K.ACCOUNT, answers="404 404 404 404 404")),
    ("mfa_list_webauthn", Door(K.ACCOUNT, answers="200 200 405 405 405")),
    ("mfa_add_webauthn", Door(K.ACCOUNT, answers="200 200 200 200 405")),
    ("mfa_reauthenticate_webauthn", Door(K.ACCOUNT, answers="403 403 403 403 403")),
    ("mfa_remove_webauthn", Door(K.ACCOUNT, args="1", answers="404 404 404 405 404")),
    ("mfa_edit_webauthn", Door(K.ACCOUNT, args="1", answers="404 404 404 404 405")),
    ("usersessions_list", Door(K.ACCOUNT, answers="200 200 302 302 405")),
)
