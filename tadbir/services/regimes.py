"""What each law makes of a request: the words of its receipt, of its clock and of its remedies.

Articles 10 and 21 of law 55-19 bind that law's procedures only; the other regimes have their own words.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remedy:
    """A way to contest, as printed on a paper; the date comes from the rule."""

    rule: str
    ar: str
    fr: str


@dataclass(frozen=True)
class Regime:
    """What differs between the laws a procedure lives under."""

    code: str
    receipt_ar: str
    receipt_fr: str
    remedies: tuple[Remedy, ...] = ()


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

_PLAIN = ("وصل بتسلم طلب", "Récépissé de demande")
REGIMES = {
    regime.code: regime
    for regime in (
        Regime("55-19", "وصل إيداع ملف", "Récépissé de dépôt de dossier", (_APPEAL, _COURT)),
        Regime(
            "31-13",
            "وصل بتسلم طلب الحصول على المعلومات",
            "Récépissé de demande d’accès à l’information",
            (_HEAD, _CDAI),
        ),
        Regime(
            "09-08", "وصل بتسلم طلب يتعلق بالمعطيات الشخصية", "Récépissé de demande relative aux données personnelles"
        ),
        Regime("petition", "وصل إيداع عريضة", "Récépissé de pétition", (_COURT,)),
        Regime("complaint", "إشعار بتسلم شكاية", "Accusé de réception de réclamation"),
        Regime("council-commitment", *_PLAIN, (_COURT,)),
        Regime("signpost", *_PLAIN),
    )
}
