"""How what follows a silence, or waits for the end of a delay, is counted, told line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .calendar import Calendar
from .cites import cite_ar, cite_fr
from .model import Step
from .rule import Rule
from .start import Start
from .steps_length import step
from .words import day_ar, day_fr


def after_silence(rule: Rule, start: Start, earliest: date) -> Iterator[Step]:
    """Two starts, the earlier of which is the careful one: the text counts from the silence, and does not say that an
    answer which comes after it opens another delay (law 41-90, article 23)."""
    article, law = start.silence.lapsed_article if start.silence else ("", "")
    yield step(
        f"بداية الاحتساب: انصرام أجل السكوت السابق ({cite_ar(article, law)})، {day_ar(earliest)}: قد يعتبر القاضي أن"
        " الجواب الذي جاء بعده لا يزيد على تأكيد الرفض، فلا يفتح أجلا جديدا.",
        f"Point de départ : fin du silence antérieur ({cite_fr(article, law)}), le {day_fr(earliest)} : un juge peut"
        " tenir la réponse venue après pour une simple confirmation du refus, qui n’ouvre pas de nouveau délai.",
        earliest,
    )
    yield step(
        f"وبقراءة ثانية: {rule.start.ar}، {day_ar(start.known_on)}، ومنه يُحتسب أبعد تاريخ.",
        f"Par une seconde lecture : {rule.start.fr}, le {day_fr(start.known_on)} ; la date la plus lointaine s’en"
        " compte.",
        start.known_on,
    )


def closed_end(start: Start, end: date, calendar: Calendar) -> Iterator[Step]:
    """Where the delay of the request ends on a closed day: it is answered until the next open one, and what came early
    is counted from the end itself, so that its own answer is never late by any reading."""
    still = calendar.next_open(end)
    if start.held and not start.answered and still != end > start.known_on:
        yield step(
            f"هذا اليوم يوم عطلة: يمكن الجواب عن الطلب إلى غاية {day_ar(still)}، ومن باب الاحتياط "
            "يُحتسب هذا من يوم العطلة نفسه.",
            f"Les bureaux sont fermés ce jour-là : la demande peut recevoir sa réponse jusqu’au {day_fr(still)} ; par "
            "prudence, ceci se compte du jour fermé.",
            still,
        )
