"""Interim: the shape of law.REGIMES and law.FACTS until the law's branch is merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from .rule import Words
from .verbs import NEEDS_COMPLETION, VERBS

STEPS = {
    "55-19": ("governor_invited", "court_seised", "grievance_filed", "grievance_answered"),
    "31-13": ("acknowledged", "extension_notified", "cdai_seised", "cdai_answered", "court_seised"),
    "09-08": ("acknowledged", "rectified", "access_given", "court_seised"),
    "complaint": ("acknowledged", "defect_notified"),
    "petition": ("bureau_accepted", "bureau_refused", "put_on_agenda", "court_seised"),
    "council-commitment": ("grievance_filed", "grievance_answered", "court_seised"),
}
REASONED = frozenset({"extension_notified", "defect_notified", "bureau_refused"})
LEAVES_TODAY = frozenset({"extension_notified", "defect_notified"})
TOLD = {"extension_notified": "extended", "defect_notified": "defect_notified", "bureau_accepted": "bureau_accepted"}


@dataclass(frozen=True)
class Remedy:
    rule: str
    ar: str
    fr: str


@dataclass(frozen=True)
class Appeal:
    filed: str
    answered: str
    rule: str
    answer: Words
    next: Words | None = None

    @property
    def answer_ar(self):
        return self.answer.ar

    @property
    def answer_fr(self):
        return self.answer.fr

    @property
    def next_ar(self):
        return self.next.ar if self.next else ""

    @property
    def next_fr(self):
        return self.next.fr if self.next else ""


@dataclass(frozen=True)
class Regime:
    code: str
    ar: str
    fr: str
    receipt: Words | None = None
    remedies: tuple[Remedy, ...] = ()
    needs_completion: bool = False
    elsewhere: bool = False
    undertaking: bool = False
    urgent: bool = False
    appeal: Appeal | None = None
    says_filed: bool = False
    delay: Words | None = None
    counted_by: tuple[str, ...] = ()
    handled_by: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


_COURT = Remedy(
    "COURT-60",
    "دعوى الإلغاء أمام المحكمة الإدارية داخل 60 يوما من التبليغ (القانون رقم 41.90، المادة 23)، بعد إخبار رئيس المجلس"
    " وتوجيه مذكرة إلى العامل (القانون التنظيمي رقم 112.14، المواد من 209 إلى 211)",
    "Recours en annulation devant le tribunal administratif dans les 60 jours de la notification (loi n° 41-90,"
    " article 23), après information du président et mémoire au gouverneur"
    " (loi organique n° 112-14, articles 209 à 211)",
)
_APPEAL = Remedy(
    "PROC-APPEAL",
    "طعن لدى رئيس المجلس داخل 30 يوما، ويجيب داخل 15 يوما، وإلا فلدى العامل (القانون رقم 55.19، المادة 21)",
    "Recours devant le président du conseil dans les 30 jours ; il répond dans les 15 jours, à défaut devant le"
    " gouverneur (loi n° 55-19, article 21)",
)
_HEAD = Remedy(
    "ATI-COMPLAIN",
    "شكاية إلى رئيس المجلس داخل 20 يوم عمل، ويجيب داخل 15 يوما (القانون رقم 31.13، المادة 19)",
    "Réclamation au président du conseil dans les 20 jours ouvrables ; il répond dans les 15 jours"
    " (loi n° 31-13, article 19)",
)
_CDAI = Remedy(
    "ATI-CDAI",
    "شكاية إلى لجنة الحق في الحصول على المعلومات داخل 30 يوما (القانون رقم 31.13، المادة 20)",
    "Réclamation à la commission du droit d’accès à l’information dans les 30 jours (loi n° 31-13, article 20)",
)


def _facts(kind):
    return {
        f: SimpleNamespace(
            step=f in STEPS.get(kind, ()), reasoned=f in REASONED, leaves_today=f in LEAVES_TODAY, told=TOLD.get(f)
        )
        for f in VERBS[kind]
    }


_A55 = Appeal(
    "appeal_filed",
    "appeal_answered",
    "PROC-APPEAL",
    Words(
        "يجيب الرئيس داخل 15 يوما (القانون رقم 55.19، المادة 21).",
        "Le président répond dans les 15 jours (loi n° 55-19, article 21).",
    ),
    Words("x", "x"),
)
_A31 = Appeal("complaint_to_head", "complaint_answered", "ATI-COMPLAIN", Words("x", "x"), Words("x", "x"))
_P = Words("وصل بتسلم طلب", "Récépissé de demande")
_ROWS = {
    "55-19": dict(
        receipt=Words("وصل إيداع ملف", "Récépissé de dépôt de dossier"),
        remedies=(_APPEAL, _COURT),
        appeal=_A55,
        says_filed=True,
        delay=Words("القانون رقم 55.19، المادتان 16 و31", "loi n° 55-19, articles 16 et 31"),
    ),
    "31-13": dict(
        receipt=Words("وصل بتسلم طلب الحصول على المعلومات", "Récépissé de demande d’accès à l’information"),
        remedies=(_HEAD, _CDAI),
        appeal=_A31,
        urgent=True,
        handled_by=("information_officer",),
    ),
    "09-08": dict(
        receipt=Words(
            "وصل بتسلم طلب يتعلق بالمعطيات الشخصية", "Récépissé de demande relative aux données personnelles"
        ),
        counted_by=("right",),
    ),
    "petition": dict(receipt=Words("وصل إيداع عريضة", "Récépissé de pétition"), remedies=(_COURT,)),
    "complaint": dict(receipt=Words("إشعار بتسلم شكاية", "Accusé de réception de réclamation")),
    "council-commitment": dict(receipt=_P, remedies=(_COURT,), undertaking=True),
    "signpost": dict(receipt=_P, elsewhere=True),
}
REGIMES = {
    k: Regime(k, k, k, needs_completion=k in NEEDS_COMPLETION, facts=_facts(k), **_ROWS.get(k, {})) for k in VERBS
}
_SHOWN = frozenset(
    {
        "filed",
        "missing_listed",
        "document_received",
        "completed",
        "replacement_asked",
        "replacement_received",
        "original_asked",
        "original_received",
        "information_asked",
        "information_received",
        "extended",
        "withdrawn",
        "misdirected",
        "duplicate_of",
        "file_returned",
        "notified",
        "delivered_on_spot",
        "lapsed",
        "appeal_filed",
        "appeal_answered",
        "governor_invited",
        "grievance_filed",
        "grievance_answered",
        "court_seised",
        "reasons_asked",
        "reasons_given",
        "extension_notified",
        "complaint_to_head",
        "complaint_answered",
        "cdai_seised",
        "cdai_answered",
        "rectified",
        "access_given",
        "acknowledged",
        "defect_notified",
        "bureau_accepted",
        "bureau_refused",
        "put_on_agenda",
    }
)
_CLOSES = {
    "notified",
    "withdrawn",
    "misdirected",
    "duplicate_of",
    "file_returned",
    "delivered_on_spot",
    "rectified",
    "access_given",
}
_ASKS = {"replacement_asked", "original_asked", "information_asked"}
_NEVER = {"filed", "person_told_of_lapse", "dated_anew", "reassigned", "code_reprinted", "personal_data_erased"}
_WORKER = {
    "replacement_asked",
    "original_asked",
    "information_asked",
    "opinion_asked",
    "opinion_received",
    "request_received",
    "extended",
    "acknowledged",
    "governor_invited",
    "court_seised",
}
from .vocabulary import ANSWERS  # noqa: E402
from .vocabulary import FACTS as _F

FACTS = {
    k: SimpleNamespace(
        code=k,
        ar=w.ar,
        fr=w.fr,
        shown=k in _SHOWN,
        closes=k in _CLOSES,
        asks="person" if k in _ASKS else "",
        answered_by=ANSWERS.get(k, ()),
        corrected_by="nobody" if k in _NEVER else "worker" if k in _WORKER else "answerable",
    )
    for k, w in _F.items()
}


def include(folder):
    pass


CLOSED_UNANSWERED = ("withdrawn", "misdirected", "duplicate_of", "file_returned")
