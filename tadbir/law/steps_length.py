"""Why this date? How long, and how it is counted: the lines about the length of a delay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from .cites import article_ar, article_fr, cite_ar, cite_fr
from .dates import WHOLE
from .lengthened import Longer
from .lengths import share_ar, share_fr
from .model import Step
from .readings import Dates, Limit
from .rule import When, Words
from .words import day_ar, day_fr, length_ar, length_fr


def step(ar: str, fr: str, day: date | None = None) -> Step:
    """A line about a day, or about none."""
    return Step(ar, fr, day.isoformat() if day else None)


def the_length(when: When, dates: Dates, *, ours: bool, promised: bool) -> Iterator[Step]:
    """The limit, the way of counting the law states or does not, the part of another delay, the session to wait for.

    `ours`: it is the council that owes it. `promised`: by its own undertaking, and no text.
    """
    limit = dates.limit
    if when.shape == "fraction" and limit is not None and when.numerator == when.denominator:
        yield Step(
            f"لا يجوز ذلك إلا قبل انصرام الأجل، وهو هنا {length_ar(limit.number, limit.unit)}.",
            f"Possible avant la fin du délai, soit ici {length_fr(limit.number, limit.unit)}.",
        )
    elif when.shape == "fraction" and limit is not None:
        yield Step(
            f"لا يجوز ذلك إلا داخل {share_ar(when)} الأجل، "
            f"وهو هنا {length_ar(limit.number, limit.unit)} ({article_ar(when.reference)}).",
            f"Possible dans {share_fr(when)} "
            f"du délai, soit ici {length_fr(limit.number, limit.unit)} ({article_fr(when.reference)}).",
        )
    elif when.shape == "offset" and limit is not None:
        yield from _offset_length(when, limit, ours=ours, said=_PROMISED if promised else _TEXT)
    elif when.shape == "at_once":
        yield Step("يجب ذلك في الحين.", "Cela doit être fait aussitôt.")
    if dates.opens_on is not None and when.min:
        yield step(
            f"لا يجوز ذلك قبل {day_ar(dates.opens_on)}.", f"Pas avant le {day_fr(dates.opens_on)}.", dates.opens_on
        )
        if dates.surely_open not in (None, dates.opens_on):
            yield from _surely(dates.surely_open)
    if dates.session_end is not None:
        if_ar, if_fr = ("", "") if dates.session_closed else (" في أقصى الحالات (إذا مُددت)", ", si elle est prorogée")
        yield step(
            f"الهيئة تبت بالتصويت: يُمدد الأجل عند الاقتضاء إلى نهاية أول دورة، {day_ar(dates.session_end)}{if_ar}.",
            "L’autorité décide par un vote : le délai est prolongé, au besoin, jusqu’à la fin de la première session, "
            f"le {day_fr(dates.session_end)}{if_fr}.",
            dates.session_end,
        )


def _surely(day: date | None) -> Iterator[Step]:
    if day is not None:
        yield step(
            f"إذا لم يُحتسب اليوم الأول ولا الأخير: ابتداء من {day_ar(day)}، وهو الأسلم.",
            f"Si ni le premier ni le dernier jour ne comptent : à partir du {day_fr(day)}, ce qui est plus sûr.",
            day,
        )


#: The cap, in another unit, ends first.
_CUT = Step(
    "ينتهي الحد الأقصى هنا قبل الأجل المحدد في البطاقة: يُعتد به وحده.",
    "Ce plafond se termine ici avant le délai de la fiche : lui seul compte.",
)


def _offset_length(when: When, limit: Limit, *, ours: bool, said: Words) -> Iterator[Step]:
    if limit.cap is not None and limit.asked_for is not None:
        yield _capped(limit, limit.cap, when)
    number, unit = limit.number, limit.unit
    if limit.cut is not None and limit.cap is not None:
        number, unit = limit.cap, limit.cut
        yield _CUT
    before = when.direction == "before"
    ar, fr = length_ar(number, unit), length_fr(number, unit)
    ar_side, fr_side = (" قبل ذلك التاريخ", " avant cette date") if before else ("", "")
    if limit.unit == "hours":
        yield Step(f"المدة: {ar}.", f"Durée : {fr}.")
    elif limit.unit in WHOLE:
        yield Step(f"المدة: {ar}، إلى نهايته.", f"Durée : {fr}, jusqu’au dernier jour.")
    elif not when.two_readings and when.counting == "full":
        yield Step(
            f"المدة: {ar}{ar_side}، أجل كامل: لا يُحتسب اليوم الأول ولا اليوم الأخير "
            f"({article_ar(when.stated_by or '')}).",
            f"Durée : {fr}{fr_side}, délai franc : ni le premier ni le dernier jour ne comptent "
            f"({article_fr(when.stated_by or '')}).",
        )
    elif when.counting == "consecutive":
        yield Step(
            f"المدة: {ar} متتالية، اليوم الأول محسوب منها ({article_ar(when.stated_by or '')}).",
            f"Durée : {fr} consécutifs, le premier compris ({article_fr(when.stated_by or '')}).",
        )
    elif not when.two_readings:
        yield Step(f"المدة: {ar}{ar_side}.", f"Durée : {fr}{fr_side}.")
    else:
        yield _silent(said, f"{ar}{ar_side}", f"{fr}{fr_side}", ours=ours, before=before)


#: The two ways to count, where the text chooses none: after a date the ordinary one ends first, before one the other.
_ORDINARY = Words("الحساب العادي", "compte ordinaire")
_WITHOUT = Words("دون احتساب اليوم الأول ولا الأخير", "ni le premier ni le dernier jour")


#: What does not say how to count.
_TEXT, _PROMISED = Words("النص لا يبين", "Le texte ne dit pas"), Words("التعهد لا يبين", "L’engagement ne dit pas")


def _silent(said: Words, ar: str, fr: str, *, ours: bool, before: bool) -> Step:
    """Of what does not say how to count: the safe day for whoever must act, the other before all is over."""
    first, last = (_WITHOUT, _ORDINARY) if before else (_ORDINARY, _WITHOUT)
    who_ar, who_fr = ("للمجلس", "pour le conseil") if ours else ("للاحتياط", "par prudence")
    return Step(
        f"المدة: {ar}. {said.ar} هل يُحتسب اليوم الأخير: {who_ar} أقرب تاريخ ({first.ar})، ولا ينصرم الأجل "
        f"بصفة مؤكدة إلا بعد أبعد تاريخ ({last.ar}).",
        f"Durée : {fr}. {said.fr} si le dernier jour compte : {who_fr}, la date la plus proche ({first.fr})"
        f" ; l’expiration n’est certaine qu’après la plus lointaine ({last.fr}).",
    )


def _capped(limit: Limit, cap: int, when: When) -> Step:
    asked = limit.asked_for or 0
    if asked > cap and limit.unit == when.unit:
        return Step(
            f"الأجل المحدد في بطاقة المسطرة هو {length_ar(asked, limit.unit)}، وحده الأقصى قانونا "
            f"{length_ar(cap, when.unit)} ({article_ar(when.reference)}).",
            f"La fiche fixe {length_fr(asked, limit.unit)} ; la loi plafonne à {length_fr(cap, when.unit)} "
            f"({article_fr(when.reference)}).",
        )
    return Step(
        f"الأجل محدد في بطاقة المسطرة: {length_ar(asked, limit.unit)}، وحده الأقصى {length_ar(cap, when.unit)} "
        f"({article_ar(when.reference)}).",
        f"Le délai est celui de la fiche : {length_fr(asked, limit.unit)}, dans la limite de "
        f"{length_fr(cap, when.unit)} ({article_fr(when.reference)}).",
    )


def the_lengthening(by: Sequence[Longer]) -> Iterator[Step]:
    """What made a delay longer, and in which reading."""
    for one in by:
        most_ar, most_fr = length_ar(one.by.most, "days"), length_fr(one.by.most, "days")
        of_ar, of_fr = cite_ar(one.by.article, one.by.law), cite_fr(one.by.article, one.by.law)
        if not one.counted:
            yield step(
                f"طُلب بيان الأسباب يوم {day_ar(one.day)}، وقد لا يربط القاضي هذا الطلب بما يُحتسب منه هذا الأجل: لا "
                f"يُمدد التاريخ الأسلم، ويُمدد أبعد تاريخ وحده، ومدة التمديد {most_ar} ({of_ar}).",
                f"Les motifs ont été demandés le {day_fr(one.day)}, mais un juge peut ne pas rattacher cette demande à "
                f"ce dont part ce délai : la date de prudence n’est pas allongée, seule la plus lointaine l’est, de "
                f"{most_fr} ({of_fr}).",
                one.day,
            )
            continue
        least_ar, least_fr = length_ar(one.by.least, "days"), length_fr(one.by.least, "days")
        yield Step(
            f"يُمدد الأجل بسبب طلب بيان الأسباب: {least_ar} على الأقل، و{most_ar} على الأكثر ({of_ar}).",
            f"Délai allongé par la demande de motifs : de {least_fr} au moins, de {most_fr} au plus ({of_fr}).",
        )
