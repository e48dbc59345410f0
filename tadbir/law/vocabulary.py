"""The words everybody shares: owners, laws, types, confidences and units, in Arabic and French."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from types import MappingProxyType

from .bilingual import toml_of, words
from .errors import LawError
from .rule import Words
from .table import Table

OWNERS: dict[str, Words] = {
    "administration": Words("الإدارة", "l’administration"),
    "unit": Words("المصلحة المكلفة", "le service chargé"),
    "president": Words("رئيس المجلس", "le président du conseil"),
    "council": Words("المجلس", "le conseil"),
    "bureau": Words("مكتب المجلس", "le bureau du conseil"),
    "committee": Words("اللجنة", "la commission"),
    "secretary": Words("كاتب المجلس", "le secrétaire du conseil"),
    "member": Words("عضو المجلس", "le membre du conseil"),
    "designated_officer": Words("الشخص المكلف بتلقي طلبات المعلومات", "la personne chargée de l’information"),
    "head": Words("رئيس الهيئة (رئيس المجلس)", "le responsable de l’organisme (président du conseil)"),
    "controller": Words("المسؤول عن المعالجة", "le responsable du traitement"),
    "security_officer": Words(
        "المسؤول عن أمن نظم المعلومات", "le responsable de la sécurité des systèmes d’information"
    ),
    "authorising_officer": Words("الآمر بالصرف", "l’ordonnateur"),
    "administrations": Words("الإدارات والهيئات المعنية", "les administrations et organismes concernés"),
    "user": Words("المرتفق", "l’usager"),
    "requester": Words("طالب المعلومات", "le demandeur"),
    "plaintiff": Words("صاحب الدعوى", "le demandeur en justice"),
    "petitioner": Words("وكيل العريضة", "le mandataire de la pétition"),
    "governor": Words("عامل العمالة أو الإقليم", "le gouverneur"),
    "interior": Words("السلطة الحكومية المكلفة بالداخلية", "l’autorité chargée de l’intérieur"),
    "cndp": Words(
        "اللجنة الوطنية لمراقبة حماية المعطيات ذات الطابع الشخصي",
        "la Commission nationale de contrôle de la protection des données (CNDP)",
    ),
    "cdai": Words("لجنة الحق في الحصول على المعلومات", "la commission du droit d’accès à l’information (CDAI)"),
    "judge": Words("القاضي", "le juge"),
}

#: Owners outside the council, to whom only `file_before` is shown as advice.
PERSONS = frozenset({"user", "requester", "plaintiff", "petitioner", "member"})

#: Owners who are the council's own people: their duties stand in its trays, and it shares them out as it likes.
HOUSE = (
    "administration",
    "president",
    "designated_officer",
    "head",
    "controller",
    "unit",
    "council",
    "bureau",
    "committee",
    "secretary",
    "authorising_officer",
    "security_officer",
)

#: Other bodies. Every owner is in the house, a person or one of these: who adds an owner says which.
OTHERS = frozenset({"administrations", "governor", "interior", "cndp", "cdai", "judge"})

_laws: dict[str, Words] = {
    "112-14": Words("القانون التنظيمي رقم 112.14", "la loi organique n° 112-14"),
    "55-19": Words("القانون رقم 55.19", "la loi n° 55-19"),
    "31-13": Words("القانون رقم 31.13", "la loi n° 31-13"),
    "09-08": Words("القانون رقم 09.08", "la loi n° 09-08"),
    "2-09-165": Words("المرسوم رقم 2.09.165", "le décret n° 2-09-165"),
    "2-17-265": Words("المرسوم رقم 2.17.265", "le décret n° 2-17-265"),
    "03-01": Words("القانون رقم 03.01", "la loi n° 03-01"),
    "41-90": Words("القانون رقم 41.90", "la loi n° 41-90"),
    "05-20": Words("القانون رقم 05.20", "la loi n° 05-20"),
    "2-21-406": Words("المرسوم رقم 2.21.406", "le décret n° 2-21-406"),
    "2-16-300": Words("المرسوم رقم 2.16.300", "le décret n° 2-16-300"),
    "2-16-303": Words("المرسوم رقم 2.16.303", "le décret n° 2-16-303"),
    "2-16-306": Words("المرسوم رقم 2.16.306", "le décret n° 2-16-306"),
    "2-17-289": Words("المرسوم رقم 2.17.289", "le décret n° 2-17-289"),
    "2-22-431": Words("المرسوم رقم 2.22.431", "le décret n° 2-22-431"),
    "54-19": Words("القانون رقم 54.19", "la loi n° 54-19"),
    "69-99": Words("القانون رقم 69.99", "la loi n° 69-99"),
    "26-16": Words("القانون التنظيمي رقم 26.16", "la loi organique n° 26-16"),
    "council": Words("تعهد المجلس", "l’engagement du conseil"),
}

#: Every text that a rule or a regime may cite. It is live: a domain's own laws join it.
LAWS: Mapping[str, Words] = MappingProxyType(_laws)


def hold_laws(laws: Mapping[str, Words]) -> None:
    """Make these the laws, whole. Only the loading of the law does it."""
    kept = dict(laws)
    _laws.clear()
    _laws.update(kept)


def read_laws(file: Traversable) -> dict[str, Words]:
    """Those known and those of a domain's `laws.toml`. Raises LawError for one that is already known."""
    table = Table(toml_of(file.read_text(encoding="utf-8"), file.name), file.name)
    for code in table.raw:
        if code in _laws:
            raise LawError(file.name, f"{code}: is already known")
    return _laws | {code: words(table, code) for code in table.raw}


TYPES: dict[str, Words] = {
    "duty": Words("واجب", "obligation"),
    "right": Words("حق", "droit"),
    "effect": Words("أثر قانوني", "effet de droit"),
    "bar": Words("منع", "interdiction"),
}

CONFIDENCES: dict[str, Words] = {
    "verified": Words("مقروء في النص", "lu dans le texte"),
    "derived": Words("مستنتج من النصوص", "déduit des textes"),
    "memory": Words("غير مؤكد", "non confirmé"),
}

UNITS: dict[str, Words] = {
    "days": Words("يوما", "jours"),
    "working_days": Words("يوم عمل", "jours ouvrables"),
    "months": Words("شهرا", "mois"),
    "years": Words("سنة", "ans"),
    "hours": Words("ساعة", "heures"),
}
