"""The reasons of a permission about a remedy and its answer, in Arabic and French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .cites import cite_ar, cite_fr
from .model import Reason
from .refusals import inside
from .rule import Words
from .words import weekday_written

#: What is said of a remedy, by the name that its law gives it.
_OF_REMEDY: dict[str, tuple[str, str]] = {
    "pending": ("سبق تقديمه وينتظر الجواب: {ar}.", "Déjà déposé, la réponse est attendue : {fr}."),
    "waits": ("الجواب المطلوب الآن: {ar}.", "Une autre réponse vient d’abord : {fr}."),
    "used": (
        "سبق الجواب عنه: لا يُقدم مرة ثانية ضد القرار نفسه ({ar}).",
        "La réponse est donnée : il ne s’exerce pas deux fois contre la même décision ({fr}).",
    ),
    "decided": (
        "سبق الجواب وانتهى الأمر ({ar}): لا يُمضى جواب جديد.",
        "La réponse est donnée et l’affaire close ({fr}) : aucune nouvelle réponse ne se signe.",
    ),
}


def of_remedy(code: str, name: Words) -> Reason:
    """A reason about a remedy: it waits already, it was used, it comes first, it was decided."""
    ar, fr = _OF_REMEDY[code]
    return Reason(f"appeal_{code}", ar.format(ar=name.ar), fr.format(fr=inside(name.fr)))


#: What comes before a commission: to be filed, too late for that, or waiting for its answer.
_COMES_FIRST: dict[str, tuple[str, str]] = {
    "first": (
        "تُقدم قبل ذلك: {ar}{until_ar} ({cite_ar}). يُسجل ما بلغ إلى المجلس كما هو، ولا يفصل في قبوله إلا من رُفع إليه.",
        "À déposer d’abord : {fr}{until_fr} ({cite_fr}). Ce qui parvient au conseil est inscrit tel quel ;"
        " seule l’autorité saisie dit si elle l’accepte.",
    ),
    "over": (
        "كان يجب أن تُقدم قبل ذلك: {ar} ({cite_ar})، وقد انصرم أجلها. يُسجل ما بلغ إلى المجلس كما هو،"
        " ولا يفصل في قبوله إلا من رُفع إليه.",
        "Devait venir d’abord : {fr} ({cite_fr}), dont le délai est passé. Ce qui parvient au conseil est inscrit tel"
        " quel ; seule l’autorité saisie dit si elle l’accepte.",
    ),
    "waits": (
        "يُنتظر قبل ذلك الجواب عما يلي: {ar}{until_ar} ({cite_ar}). يُسجل ما بلغ إلى المجلس كما هو،"
        " ولا يفصل في قبوله إلا من رُفع إليه.",
        "La réponse est attendue d’abord : {fr}{until_fr} ({cite_fr}). Ce qui parvient au conseil est inscrit tel"
        " quel ; seule l’autorité saisie dit si elle l’accepte.",
    ),
}


def comes_first(code: str, name: Words, until: tuple[str, str], article: str, law: str) -> Reason:
    """What the law puts before a commission, and until when: to know, it refuses nothing."""
    ar, fr = _COMES_FIRST[code]
    said = {"ar": name.ar, "fr": inside(name.fr), "until_ar": until[0], "until_fr": until[1]}
    said |= {"cite_ar": cite_ar(article, law), "cite_fr": cite_fr(article, law)}
    return Reason(f"complaint_{code}", ar.format(**said), fr.format(**said))


def given_on_remedy(name: Words, day: date) -> Reason:
    """What a remedy granted is given, and refused by no later answer."""
    return Reason(
        "given_on_remedy",
        f"سبقت الاستجابة ({name.ar})، {weekday_written(day, 'ar')}: الجواب ينفذ ما استُجيب له ولا يرفضه.",
        f"Une suite favorable a été donnée le {weekday_written(day, 'fr')} ({inside(name.fr)}) : la réponse l’exécute"
        " et ne refuse pas ce qui est accordé.",
    )


def granted_and_owed(name: Words, day: date) -> Reason:
    """A remedy was granted: nothing stands that could be contested, and how to ask again for what is not done."""
    return Reason(
        "granted_and_owed",
        f"سبقت الاستجابة ({name.ar})، {weekday_written(day, 'ar')}: لم يبق رفض يُطعن فيه، وما استُجيب له"
        " يُنفذ دون تأخير. إذا لم يُنفذ، يُودع طلب جديد بذلك، وله أجله وطرق الطعن فيه.",
        f"Une suite favorable a été donnée le {weekday_written(day, 'fr')} ({inside(name.fr)}) : il n’y a plus"
        " de refus à contester, et ce qui est accordé s’exécute sans retard. S’il ne l’est pas, une nouvelle"
        " demande le dit ; elle a son délai et ses voies.",
    )


def before_court(name: Words, article: str, law: str) -> Reason:
    """What the law puts before the court and was not exhausted: to know, it refuses nothing."""
    return Reason(
        "before_court",
        f"يجعل القانون هذه الدعوى بعد استنفاد ما يلي: {name.ar} ({cite_ar(article, law)}). تُسجل كما بلغت إلى المجلس،"
        " وللقاضي وحده أن يقول هل تُقبل.",
        f"La loi place cette action après : {inside(name.fr)} ({cite_fr(article, law)}). Elle est inscrite telle que"
        " le conseil l’a reçue ; le juge seul dira si elle est recevable.",
    )


def before_court_waits(name: Words, article: str, law: str) -> Reason:
    """The same, where it waits: the court comes after its answer, or the silence kept on it in its time."""
    return Reason(
        "before_court_waits",
        f"ما يلي ينتظر الجواب: {name.ar} ({cite_ar(article, law)}). تأتي هذه الدعوى بعد الجواب عنه أو بعد انصرام أجله"
        " إذا قُدم في أجله. تُسجل كما بلغت إلى المجلس، وللقاضي وحده أن يقول هل تُقبل.",
        f"Une réponse est attendue : {inside(name.fr)} ({cite_fr(article, law)}). Cette action vient après cette"
        " réponse, ou après la fin de son délai si la saisine était à temps. Elle est inscrite telle que le conseil"
        " l’a reçue ; le juge seul dira si elle est recevable.",
    )


def nothing_open(names: Sequence[Words]) -> Reason:
    """The answer was notified: only a remedy that is granted allows another."""
    ar, fr = "سبق تبليغ الجواب: لا يُمضى جواب جديد", "La réponse est notifiée : aucune nouvelle ne se signe"
    if names:
        ar += f" إلا بعد الاستجابة لما يُقدم ضده ({' أو '.join(name.ar for name in names)})"
        fr += f", sauf suite favorable à ce qui la conteste ({' ou '.join(inside(name.fr) for name in names)})"
    return Reason("no_appeal_open", f"{ar}.", f"{fr}.")
