"""A council's own wordings of notices: what it may write, what waits after an upgrade, and the change itself.

The places in braces stay those of the shipped text, a text message stays within two, and only what tells agents of
their own work may be switched off: what a person is told of his dossier is owed to him.
"""

import json
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.councils.models import Person
from tadbir.dossiers import definitions as queries
from tadbir.dossiers.actions import definitions
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import DefinitionChange
from tadbir.notify.segments import cost
from tadbir.notify.wordings import catalogue, fill, placeholders
from tadbir.procedures.parsing import digest_of
from tadbir.reading.letters import shown

PARTS = ("subject_ar", "subject_fr", "ar", "fr")
#: Letters of a subject; text messages that a notice may cost.
LONGEST_SUBJECT, MOST_MESSAGES = 120, 2
#: Values as long as they come, to count a text with; those that are words, in each language.
_SAMPLE = {
    "number": "D-2026-000123",
    "address": "https://oued-ed-dahab.example.ma",
    "follow_code": "K7MP-Q2XD",
    "original": "D-2026-000007",
    "late": "13",
    "soon": "12",
    "more": "",
    "seq": "184200",
    "head": "9f" * 32,
    "signer": "9f" * 32,
    "act": "N-2026-000123-4",
    "council_ar": "مجلس إقليم تجريبي",
    "council_fr": "Conseil provincial d'essai",
}
_WORDS = {
    "day": ("29 غشت 2026", "29 septembre 2026"),
    "answer": ("هدفنا الجواب إلى غاية 29 دجنبر 2026.", "Le conseil vise une réponse au plus tard le 29 août 2026."),
    "before": ("الأجل: إلى غاية 29 دجنبر 2026.", "Délai : au plus tard le 29 septembre 2026."),
    "lacking": (
        "الجمعية: الوصل النهائي أو ما يثبت تأسيسها القانوني، وغيرها (المجموع 4)",
        "La pétition signée, la date et l’objet répétés, etc. (4 en tout)",
    ),
    "what": ("شكاية إلى رئيس المجلس", "Recours devant le président du conseil"),
    "by": ("فاطمة الزهراء بنعبد الله", "Fatima-Zahra Benabdallah"),
    "asked_by": ("فاطمة الزهراء بنعبد الله", "Fatima-Zahra Benabdallah"),
    "why": ("كُتب العنوان بخطأ في حرف واحد", "Une lettre de l’adresse était fausse"),
    "unit": ("مصلحة الشؤون القانونية والمنازعات", "Service des affaires juridiques et du contentieux"),
}


def sample(lang: str) -> dict[str, str]:
    """A value for each place that a notice may have, in this language."""
    return _SAMPLE | {name: said[lang == "fr"] for name, said in _WORDS.items()}


def most_messages(code: str) -> int:
    """How many text messages a notice may cost: two, three where it must name what lacks."""
    return int(catalogue()[code].get("messages", MOST_MESSAGES))


def shipped(code: str) -> dict[str, str]:
    """The four texts of a notice as shipped. Raises KeyError for a code that does not exist."""
    return {part: str(catalogue()[code][part]) for part in PARTS}


def stamp_of(code: str) -> str:
    """The version of a shipped wording."""
    return digest_of(shipped(code))[:16]


def may_stop(code: str) -> bool:
    """Whether nobody is owed this notice: it only tells agents of their work, not of what is done in their name."""
    return catalogue()[code].get("to") == "agents" and not catalogue()[code].get("owed", False)


def problems(code: str, keys: Mapping[str, str], off: bool = False) -> dict[str, str]:
    """What is wrong with a wording, by part (empty key: the whole of it); nothing when it may be kept."""
    if off:
        owed = _("People are owed this notice: it may be worded otherwise, not stopped.")
        return {} if may_stop(code) else {"": owed}
    if not keys:
        return {"": _("Nothing was changed.")}
    found = {part: told for part, text in keys.items() if (told := _problem(code, part, text))}
    for lang in () if found else ("ar", "fr"):
        if "to" not in catalogue()[code]:  # agents and witnesses get a letter
            spent = cost(fill(code, lang, sample(lang), own={code: keys}).text)
            if spent.messages > (most := most_messages(code)):
                told = _("Too long: %(count)s text messages, and %(most)s are the most.")
                found[lang] = told % {"count": spent.messages, "most": most}
    return found


def _problem(code: str, part: str, text: str) -> str:
    """Why one text is refused, or nothing."""
    base = shipped(code).get(part)
    if base is None:
        return _("There is no such text.")
    wanted = placeholders(base)
    bare = text
    for name in wanted:
        bare = bare.replace(f"{{{name}}}", "")
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in bare)
    odd = shown(bare, kept="") != bare
    if placeholders(text) != wanted or "{" in bare or "}" in bare:
        places = " ".join(f"{{{name}}}" for name in sorted(wanted)) or "—"
        return _("Keep these places in braces, and no other: %(places)s") % {"places": places}
    if not bare.strip() or arabic != part.endswith("ar"):
        return _("Write it in the language of its line.")
    if odd or ("\n" in text and "\n" not in base):
        return _("One line, without invisible characters.")
    if part.startswith("subject") and len(text) > LONGEST_SUBJECT:
        return _("Too long: %(count)s letters are the most.") % {"count": LONGEST_SUBJECT}
    return ""


def change(
    person: Person, code: str, ground: Ground, keys: Mapping[str, str], *, off: bool = False, shown: str
) -> DefinitionChange:
    """Word a notice in the council's own way, or stop one that nobody is owed.

    Raises PermissionDenied, or ValidationError with what is wrong with each text.
    """
    if code not in catalogue():
        raise ValidationError(_("There is no such notice."))
    wrong = problems(code, keys, off)
    if wrong:
        raise ValidationError({part or "__all__": told for part, told in wrong.items()})
    text = json.dumps(shipped(code), ensure_ascii=False, sort_keys=True)
    words = (stamp_of(code), text)
    return definitions.change_wording(person, code, words, ground, {} if off else keys, off=off, shown=shown)


def waits(row: DefinitionChange | None) -> bool:
    """Whether the text that this change corrects is no longer the shipped one."""
    return row is not None and (row.code not in catalogue() or stamp_of(row.code) != row.corrects)


def waiting() -> list[str]:
    """Codes of the wordings whose shipped text changed since this council changed them."""
    return [row.code for row in queries.live_ones(queries.Subject.WORDING) if waits(row)]
