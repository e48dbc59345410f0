"""The words everybody shares: owners, laws, types, confidences and units, in Arabic and French."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from .bilingual import arabic_and_french, toml_of
from .errors import LawError
from .rule import CONFIDENCES as SURE
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
    "user": Words("صاحب الطلب", "le demandeur"),
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

#: The senses of the answer to a remedy that leave something to be given.
GRANTING = ("granted", "partial")
#: The delays that a person has to complete a file; what is returned before they are over was given no time.
TO_COMPLETE = ("PROC-COMPLETE", "PROC-COMPLETE-AGAIN", "COMMIT-COMPLETE")
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


@dataclass(frozen=True)
class Text(Words):
    """A text that rules and regimes cite: its name, and from when it holds, under which clause of its own.

    `since` is empty where the text of a domain does not say; `confidence` is that of the day.
    """

    since: date | None = None
    clause: str = ""
    confidence: str = "memory"


_laws: dict[str, Text] = {}

#: Every text that a rule or a regime may cite. It is live: a domain's own laws join it.
LAWS: Mapping[str, Text] = MappingProxyType(_laws)


def hold_laws(laws: Mapping[str, Text]) -> None:
    """Make these the laws, whole. Only the loading of the law does it."""
    kept = dict(laws)
    _laws.clear()
    _laws.update(kept)


def read_laws(file: Traversable) -> dict[str, Text]:
    """Those known and those of a file. Raises LawError for one that is already known."""
    table = Table(toml_of(file.read_text(encoding="utf-8"), file.name), file.name)
    for code in table.raw:
        if code in _laws:
            raise LawError(file.name, f"{code}: is already known")
    return _laws | {code: _text(table.table(code)) for code in table.raw}


def _text(table: Table) -> Text:
    said, force = arabic_and_french(table), table.optional_table("in_force")
    table.done()
    if force is None:
        return Text(said.ar, said.fr)
    clause, since = force.optional_text("article") or "", force.day("from")
    text = Text(said.ar, said.fr, since, clause, force.required_choice("confidence", SURE))
    force.done()
    return text


hold_laws(read_laws(resources.files("tadbir.law") / "texts.toml"))

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

#: Instead of these, of a rule that the council gave itself: nothing of it is in a text.
PROMISED = Words("لا يفرضه نص", "sans texte qui l’impose")

UNITS: dict[str, Words] = {
    "days": Words("يوما", "jours"),
    "working_days": Words("يوم عمل", "jours ouvrables"),
    "months": Words("شهرا", "mois"),
    "years": Words("سنة", "ans"),
    "calendar_months": Words("شهرا كاملا", "mois entiers"),
    "calendar_years": Words("سنة كاملة", "années entières"),
    "hours": Words("ساعة", "heures"),
}
