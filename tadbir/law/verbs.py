"""What the office may record in each kind of dossier: when, how many times, under which rule.

Phases of a dossier: none (nothing filed), filed (not complete), complete (being processed), decided (signed,
not notified), answered (notified or delivered), closed (withdrawn, returned, sent elsewhere, duplicate).
"""

from __future__ import annotations

from dataclasses import dataclass

PHASES = ("none", "filed", "complete", "decided", "answered", "closed")
OPEN = ("filed", "complete", "decided", "answered")
ANY = (*OPEN, "closed")


@dataclass(frozen=True)
class Verb:
    """One verb. `window`: the rule whose dates bound it. `answers`: the question it answers, which must wait.

    `needs`: one of these facts must exist. `special`: a check of its own, in remedies.py.
    """

    phases: tuple[str, ...]
    article: str = ""
    times: int | None = None
    window: str | None = None
    answers: str | None = None
    needs: tuple[str, ...] = ()
    special: str | None = None


_WORK = ("filed", "complete")

#: The same in every dossier opened by a person.
_COMMON: dict[str, Verb] = {
    "filed": Verb(("none",)),
    "receipt_given": Verb(ANY),
    "document_received": Verb(_WORK),
    "request_received": Verb(
        ("filed", "complete", "decided", "answered"),
        needs=("missing_listed", "replacement_asked", "original_asked", "information_asked", "defect_notified"),
    ),
    "opinion_asked": Verb(_WORK),
    "opinion_received": Verb(OPEN, answers="opinion_asked"),
    "withdrawn": Verb(("filed", "complete", "decided")),
    "misdirected": Verb(_WORK),
    "duplicate_of": Verb(_WORK),
    "entry_corrected": Verb(ANY),
    "reassigned": Verb(OPEN),
    "code_reprinted": Verb(ANY),
    "dated_anew": Verb(ANY),
    "outcome_signed": Verb(("complete", "answered"), special="outcome"),
    "notified": Verb(("decided",)),
    "lapsed": Verb(ANY, special="lapsed"),
    "person_told_of_lapse": Verb(ANY, special="lapse_told"),
    "court_seised": Verb(ANY),
}

_DECISION_REMEDIES: dict[str, Verb] = {
    "grievance_filed": Verb(("complete", "decided", "answered", "closed"), "23", special="grievance"),
    "grievance_answered": Verb(ANY, answers="grievance_filed"),
}

_REQUEST: dict[str, Verb] = {
    **_COMMON,
    **_DECISION_REMEDIES,
    "missing_listed": Verb(("filed",), "10", 1, "PROC-LIST"),
    "completed": Verb(("filed",), "10", 1),
    "replacement_asked": Verb(("complete",), "10", window="PROC-ASK-REPLACE"),
    "replacement_received": Verb(("complete", "decided"), answers="replacement_asked"),
    "original_asked": Verb(_WORK, "7", 1, "PROC-ASK-ORIGINAL"),
    "original_received": Verb(("filed", "complete", "decided"), answers="original_asked"),
    "information_asked": Verb(("complete",), "14", 1, "PROC-ASK"),
    "information_received": Verb(("complete", "decided"), answers="information_asked"),
    "exchange_asked": Verb(_WORK, "24", special="exchange"),
    "exchange_obtained": Verb(_WORK, answers="exchange_asked"),
    "exchange_failed_told": Verb(_WORK, answers="exchange_asked"),
    "extended": Verb(("complete",), "17", 1, "PROC-EXTEND", special="extension"),
    "file_returned": Verb(_WORK, "10", special="returned"),
    "delivered_on_spot": Verb(_WORK, "10"),
    "appeal_filed": Verb(OPEN, "21", special="appeal"),
    "appeal_answered": Verb(ANY, answers="appeal_filed"),
    "governor_invited": Verb(OPEN, "21", needs=("appeal_filed",)),
    "reasons_asked": Verb(OPEN, "5", special="reasons"),
    "reasons_given": Verb(ANY, answers="reasons_asked"),
    "silence_delivery_asked": Verb(("complete", "decided"), "19", special="silence"),
    "silence_certificate_asked": Verb(("complete", "decided"), "20", special="silence"),
    "silence_explanation_asked": Verb(OPEN, "20"),
    "silence_explained": Verb(ANY, answers="silence_explanation_asked"),
}

_COMMITMENT: dict[str, Verb] = {
    **_COMMON,
    **_DECISION_REMEDIES,
    "missing_listed": Verb(("filed",)),
    "completed": Verb(("filed",), times=1),
    "replacement_asked": Verb(("complete",)),
    "replacement_received": Verb(("complete", "decided"), answers="replacement_asked"),
    "information_asked": Verb(("complete",)),
    "information_received": Verb(("complete", "decided"), answers="information_asked"),
    "file_returned": Verb(("filed",)),
    "delivered_on_spot": Verb(_WORK),
}

_INFORMATION: dict[str, Verb] = {
    **_COMMON,
    "acknowledged": Verb(OPEN),
    "delivered_on_spot": Verb(("complete",)),
    "extension_notified": Verb(("complete",), "16", 1, "ATI-EXT", special="extension_31_13"),
    "complaint_to_head": Verb(OPEN, "19", window="ATI-COMPLAIN", special="person_window"),
    "complaint_answered": Verb(ANY, answers="complaint_to_head"),
    "cdai_seised": Verb(OPEN, "20", window="ATI-CDAI", special="person_window"),
    "cdai_answered": Verb(ANY, answers="cdai_seised"),
}

_DATA: dict[str, Verb] = {
    **_COMMON,
    "acknowledged": Verb(OPEN),
    "information_asked": Verb(("complete",)),
    "information_received": Verb(("complete", "decided"), answers="information_asked"),
    "rectified": Verb(("complete",)),
    "access_given": Verb(("complete",)),
    "declaration_filed": Verb(PHASES),
    "declaration_receipt": Verb(PHASES, answers="declaration_filed"),
    "authorisation_filed": Verb(PHASES),
    "authorisation_extended": Verb(PHASES, "28", 1, needs=("authorisation_filed",)),
    "authorisation_answered": Verb(PHASES, answers="authorisation_filed"),
}

_COMPLAINT: dict[str, Verb] = {
    **_COMMON,
    "acknowledged": Verb(OPEN),
    "defect_found": Verb(("complete",), "11", 1),
    "defect_notified": Verb(("complete",), "11", 1),
    "completed": Verb(("complete",), times=1, needs=("defect_notified",)),
    "delivered_on_spot": Verb(("complete",)),
}

_PETITION: dict[str, Verb] = {
    **_COMMON,
    **_DECISION_REMEDIES,
    "acknowledged": Verb(OPEN),
    "bureau_accepted": Verb(("complete",), "116", 1),
    "bureau_refused": Verb(("complete",), "116", 1),
    "notified": Verb(("decided",), needs=("bureau_accepted", "bureau_refused", "outcome_signed")),
    "put_on_agenda": Verb(("decided", "answered"), "116", 1, needs=("bureau_accepted",)),
}

_SIGNPOST: dict[str, Verb] = {**_COMMON, "delivered_on_spot": Verb(("complete",))}

#: Sessions and resolutions have no phases: what matters is what came before.
_SESSION: dict[str, Verb] = {
    "scheduled": Verb(PHASES, special="before_opening"),
    "agenda_sent": Verb(PHASES, needs=("scheduled",)),
    "notice_sent": Verb(PHASES, needs=("scheduled",)),
    "opened": Verb(PHASES, times=1, needs=("scheduled",)),
    "session_extended": Verb(PHASES, "35", 1, needs=("opened",)),
    "closed": Verb(PHASES, times=1, needs=("opened",)),
    "minutes_sent_governor": Verb(PHASES, needs=("closed",)),
    "minutes_sent_members": Verb(PHASES, needs=("closed",)),
    "attendance_sent": Verb(PHASES, needs=("opened",)),
    "decisions_posted": Verb(PHASES, needs=("opened",)),
    "entry_corrected": Verb(PHASES),
    "dated_anew": Verb(PHASES),
    "lapsed": Verb(PHASES, special="lapsed"),
}

_RESOLUTION: dict[str, Verb] = {
    "adopted": Verb(PHASES, times=1),
    "session_closed": Verb(PHASES, times=1, needs=("adopted",)),
    "sent_to_governor": Verb(PHASES, needs=("adopted",)),
    "received_by_governor": Verb(PHASES, times=1, needs=("adopted",)),
    "opposed": Verb(PHASES, "108", 1, "OPP-GOV", needs=("received_by_governor",), special="governor_window"),
    "visa_granted": Verb(PHASES, "109", 1, needs=("received_by_governor",)),
    "visa_refused": Verb(PHASES, "109", 1, "VISA", needs=("received_by_governor",), special="governor_window"),
    "posted": Verb(PHASES, needs=("adopted",)),
    "entry_corrected": Verb(PHASES),
    "dated_anew": Verb(PHASES),
    "lapsed": Verb(PHASES, special="lapsed"),
}

VERBS: dict[str, dict[str, Verb]] = {
    "55-19": _REQUEST,
    "council-commitment": _COMMITMENT,
    "31-13": _INFORMATION,
    "09-08": _DATA,
    "complaint": _COMPLAINT,
    "petition": _PETITION,
    "signpost": _SIGNPOST,
    "session": _SESSION,
    "resolution": _RESOLUTION,
    "council": {
        "indicators_published": Verb(PHASES),
        "report_published": Verb(PHASES),
        "entry_corrected": Verb(PHASES),
    },
}

#: Kinds whose dossier is being processed only once a fact says that it is complete.
NEEDS_COMPLETION = frozenset({"55-19", "council-commitment"})
