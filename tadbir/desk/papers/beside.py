"""What an answer says besides its sense, where its law or what it contests wants it: that a return is taken back and
what is still to be brought; to whom one may turn where the law opens no way to contest."""

import re
from typing import Any

from tadbir import law
from tadbir.councils.clock import CASABLANCA, now, today
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.procedures.sheet import Question, SheetBody
from tadbir.ui.dates import as_date, by_words, day_words
from tadbir.ui.unbroken import colon

#: Of the decree on complaints: a target and no duty, so nothing is contested; the Mediator stays open (article 1).
_MEDIATOR = {
    "text_ar": "مراسلة رئيس المجلس، أو مؤسسة الوسيط في كل وقت (المرسوم رقم 2.17.265، المادة 1)",
    "text_fr": "Écrire au président du conseil, ou au Médiateur à tout moment (décret n° 2-17-265, article 1)",
}


def open_doors(dossier: Dossier) -> list[dict[str, Any]]:
    """To whom one may turn after a refusal that its law gives no way to contest."""
    regime = law.REGIMES.get(dossier.kind)
    return [dict(_MEDIATOR)] if regime and regime.aim and not regime.remedies else []


def against_a_return(story: Story, asked: Fact) -> bool:
    """Whether a remedy contests that the file went back."""
    ended = story.ended
    return ended is not None and ended.kind == "file_returned" and asked.pk > ended.pk


def _still_to_bring(
    dossier: Dossier, story: Story, answered: str, asked: Fact
) -> tuple[list[law.Words], law.Duty | None]:
    """What still lacks once the return is taken back today, and the duty that says by when."""
    data = {"sense": "granted", "means": "hand", "asked": str(asked.pk)}
    said = law.Fact("next", answered, now().astimezone(CASABLANCA), data, seq=len(story.told))
    found = clockwork.derived(dossier, [*story.told, said])
    duty = next((one for one in found if one.rule_id in law.TO_COMPLETE and one.open and one.file_before), None)
    sheet, lacking = dossier.sheet.parsed if dossier.sheet else None, queries.lacking(dossier)
    documents = [one for code in lacking if sheet and (one := sheet.document(code))]
    return [law.Words(one.ar, one.fr) for one in documents], duty


def taken_back(dossier: Dossier, story: Story, asked: Fact, answered: str) -> tuple[str, str]:
    """The text of the answer that grants a remedy against the return of a file: it goes on, nothing else is decided."""
    names, duty = _still_to_bring(dossier, story, answered, asked)
    ar = "قررنا التراجع عن إرجاع ملفكم، وتُستأنف دراسة طلبكم."
    fr = "Le retour de votre dossier est rapporté, et l’instruction de votre demande reprend."
    if names:
        ar += f"\nوتبقى الوثائق التالية ناقصة: {'، '.join(one.ar for one in names)}."
        fr += f"\nRestent à fournir : {', '.join(one.fr for one in names)}."
    if names and duty is not None and duty.file_before is not None:
        by = {lang: by_words(duty.file_before, lang) for lang in ("ar", "fr")}
        on = {lang: day_words(today(), lang) for lang in ("ar", "fr")}
        ar += f" ويُحتسب أجل الإدلاء بها من توصلكم بهذا الجواب؛ وإذا توصلتم به في {on['ar']}: {by['ar']}."
        fr += f" Le délai court de la réception de cette réponse ; reçue le {on['fr']} : {by['fr']}."
    return ar, fr


def past_days(dossier: Dossier, sense: str) -> list[str]:
    """The days that a favourable answer gives in the words of its sheet and that are over: it would grant the past."""
    sheet = dossier.sheet.parsed if dossier.sheet else None
    if sheet is None or sense not in law.GRANTING:
        return []
    days = {one.label: as_date(dossier.answers.get(one.code)) for one in sheet.questions if _given(sheet, one)}
    return [f"{label}{colon()} {day_words(day)}" for label, day in days.items() if day is not None and day < today()]


def _given(sheet: SheetBody, question: Question) -> bool:
    return question.type == "date" and f"{{{question.code}}}" in sheet.granted.ar


#: How the texts that are proposed announce the reasons that follow.
_ANNOUNCED = re.compile(
    r"[،,]?\s*(?:للأسباب (?:التالية|المبينة أسفله)|pour les motifs (?:suivants|indiqués ci-dessous))"
    r"\s*[:.]?\s*$"
)


def announcing_none(text: str) -> str:
    """The text of a decision that bears no reasons, without the words that announce some at its end."""
    return _ANNOUNCED.sub(".", text)
