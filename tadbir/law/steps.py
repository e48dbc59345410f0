"""Why this date? The computation told line by line, in Arabic and in French."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .calendar import Calendar
from .cites import article_ar, article_fr, cite_ar, cite_fr
from .facts import FACTS
from .model import Step, Suspension
from .pauses import Refused
from .readings import Dates, Limit, counted_from_communication
from .rule import Rule, When, Words
from .start import Start
from .steps_length import step, the_length, the_lengthening
from .steps_result import the_result
from .steps_silence import after_silence, closed_end
from .vocabulary import HOUSE
from .words import day_ar, day_fr, isolated, length_ar, length_fr

#: The start of a rule that is explained outside any dossier.
EXAMPLE = "example"
#: From what an early appeal is counted: the end of the delay of the request, or its answer where that came first.
HELD = Words("انصرام أجل الجواب عن الطلب", "expiration du délai de réponse à la demande")
HELD_TO_ANSWER = Words("تبليغ الجواب عن الطلب", "réponse à la demande")
#: From what it is counted while nothing says when its person got the letter.
BY_LETTER = Words("تاريخ الرسالة، ويُحتسب منه من باب الاحتياط", "date de la lettre, d’où l’on compte par prudence")

#: Why a request stopped nothing.
_REFUSED = {
    "late": ("بعد النصف الأول من الأجل", "après la première moitié du délai"),
    "out_of_time": ("بعد انصرام الأجل المحدد له", "hors du délai qui lui est fixé"),
    "over": ("بعد انصرام الأجل", "après la fin du délai"),
    "again": ("أكثر من مرة", "plus d’une fois"),
}


def explain(
    rule: Rule, when: When, start: Start, dates: Dates, calendar: Calendar, *, waits: Words | None, estimated: bool
) -> Iterator[Step]:
    """All the lines for one duty, in the order a reader would ask. `waits`: what comes before it in this dossier."""
    yield _the_rule(rule, dates)
    yield from _the_change(rule)
    yield from (
        _from_communication(rule, start)
        if counted_from_communication(start, dates)
        else _the_start(rule, start, calendar)
    )
    ours = rule.owner in HOUSE and rule.type != "effect"
    yield from the_length(when, dates, ours=ours, promised=rule.law == "council")
    yield from _the_pauses(dates)
    yield from _the_extensions(rule, dates)
    yield from the_lengthening(dates.lengthened)
    yield from the_result(rule, when, dates, calendar)
    if waits is not None:
        yield Step(f"{waits.ar}.", f"{waits.fr[:1].upper()}{waits.fr[1:]}.")
    cause = start.fact.kind if start.fact is not None and start.cause == "fact" else start.cause
    for reading in rule.readings:
        if reading.started_by and start.id != EXAMPLE and cause not in reading.started_by:
            continue
        if reading.taken_up and not start.taken_up:
            continue
        yield Step(f"للعلم: {reading.ar}", f"À savoir : {reading.fr}")
    yield from _the_doubts(rule, estimated)


def sentence_of(rule: Rule, limit: Limit | None) -> Words:
    """What a rule says in one dossier: its own delay where the rule takes it from the dossier, else the sentence.

    An extension has its own article and its own step: it is never said here. Where the cap ends first, the cap is said.
    """
    if rule.told is None or limit is None:
        return rule.sentence
    number, unit = limit.number, limit.unit
    if limit.cut is not None and limit.cap is not None:
        number, unit = limit.cap, limit.cut
    return Words(
        rule.told.ar.replace("{limit}", length_ar(number, unit)),
        rule.told.fr.replace("{limit}", length_fr(number, unit)),
    )


def counted_before(kept: date | None, now: date | None) -> Step:
    """Instead of the steps of a date that was counted otherwise: it stands, and what would be counted today."""
    ar, fr = (day_ar(kept), day_fr(kept)) if kept else ("بدون تاريخ", "sans date")
    now_ar, now_fr = (day_ar(now), day_fr(now)) if now else ("بدون تاريخ", "sans date")
    return step(
        f"حُسب هذا التاريخ ({ar}) قبل تغيير في القاعدة أو في أيام العطل؛ ولو حُسب اليوم لكان: {now_ar}.",
        f"Cette date ({fr}) a été comptée avant un changement de la règle ou des jours fermés ; "
        f"comptée aujourd’hui, elle serait : {now_fr}.",
        kept or now,
    )


def _the_rule(rule: Rule, dates: Dates) -> Step:
    said = sentence_of(rule, dates.limit)
    return Step(f"{said.ar} ({cite_ar(rule.article, rule.law)}).", f"{said.fr} ({cite_fr(rule.article, rule.law)}).")


def _the_change(rule: Rule) -> Iterator[Step]:
    own = rule.own
    if own is not None:
        yield step(
            f"عدل المجلس هذه القاعدة ابتداء من {day_ar(own.since)}: {isolated(own.reason.ar)} "
            f"(المرجع: {isolated(own.source)}).",
            f"Le conseil a modifié cette règle à partir du {day_fr(own.since)} : {isolated(own.reason.fr)} "
            f"(référence : {isolated(own.source)}).",
            own.since,
        )


def _the_start(rule: Rule, start: Start, calendar: Calendar) -> Iterator[Step]:
    if start.held:
        yield Step(
            "قُدم هذا قبل أن يصبح انصرام أجل الجواب عن الطلب مؤكدا: يُحتسب أجل الجواب عنه من ذلك الانصرام، أو من تبليغ"
            " الجواب عن الطلب إذا سبقه.",
            "Cette démarche est anticipée, l’expiration du délai de la demande n’étant pas encore certaine : elle "
            "reçoit sa réponse à compter de cette expiration, ou de la réponse à la demande si elle vient avant.",
        )
    if start.received is False and start.latest is None:
        yield Step(
            "لم يُسجل بعد ما يثبت توصل صاحب الطلب: لا يسري الأجل في مواجهته.",
            "La preuve de réception par l’intéressé n’est pas enregistrée : le délai ne court pas encore contre lui.",
        )
    if start.earliest is None:
        return
    if start.cause == "lapse":
        yield from _from_lapse(start, start.earliest)
        return
    if start.silence is not None:
        yield from after_silence(rule, start, start.earliest)
        return
    awaited = HELD_TO_ANSWER if start.answered else HELD
    words = rule.start if not start.held or start.earliest == start.known_on else awaited
    if start.received is False and start.latest is None and not start.held:
        words = BY_LETTER  # nothing was notified for certain yet
    yield step(
        f"بداية الاحتساب: {words.ar}، {day_ar(start.earliest)}.",
        f"Point de départ : {words.fr}, le {day_fr(start.earliest)}.",
        start.earliest,
    )
    yield from closed_end(start, start.earliest, calendar)
    if start.held and start.latest not in (None, start.earliest):
        yield from _certain(start.latest)
    if start.latest is not None and start.latest != start.earliest and start.received is not None:
        what_ar, what_fr = _communicated(start)
        yield step(
            f"{what_ar}: {day_ar(start.latest)}؛ منه يُحتسب أبعد تاريخ، وبعده يصبح الانصرام مؤكدا.",
            f"{what_fr} : {day_fr(start.latest)} ; la date la plus lointaine se compte de ce jour.",
            start.latest,
        )


def _from_communication(rule: Rule, start: Start) -> Iterator[Step]:
    assert start.latest is not None  # noqa: S101 - as `counted_from_communication` found
    assert start.earliest is not None  # noqa: S101
    what_ar, what_fr = _communicated(start)
    yield step(
        f"بداية الاحتساب: {what_ar}، {day_ar(start.latest)}. لو احتُسب الأجل مما سبقه ({rule.start.ar}، "
        f"{day_ar(start.earliest)}) لكان قد انتهى قبله.",
        f"Point de départ : {what_fr[:1].lower()}{what_fr[1:]}, le {day_fr(start.latest)}. Compté depuis ce qui la "
        f"précède ({rule.start.fr}, le {day_fr(start.earliest)}), le délai aurait pris fin avant elle.",
        start.latest,
    )


def _communicated(start: Start) -> tuple[str, str]:
    """How what starts a delay was made known: proved, or said."""
    return ("توصل صاحب الطلب", "Réception par l’intéressé") if start.received else ("الإخبار به", "Communication")


def _from_lapse(start: Start, earliest: date) -> Iterator[Step]:
    article, law = start.lapsed_article
    yield step(
        f"بداية الاحتساب: انصرام الأجل السابق ({cite_ar(article, law)})، وآخر أيامه، بأقصر احتساب، {day_ar(earliest)}.",
        f"Point de départ : expiration du délai précédent ({cite_fr(article, law)}), dont le dernier jour est, "
        f"au compte le plus court, le {day_fr(earliest)}.",
        earliest,
    )
    if start.latest != earliest:
        yield from _certain(start.latest)


def _certain(latest: date | None) -> Iterator[Step]:
    if latest is not None:
        yield step(
            f"انصرام الأجل السابق مؤكد ابتداء من {day_ar(latest)}.",
            f"L’expiration du délai précédent est certaine à partir du {day_fr(latest)}.",
            latest,
        )


def _of_ar(pause: Suspension | Refused) -> str:
    return cite_ar(pause.article, pause.law) if pause.law else article_ar(pause.article)


def _of_fr(pause: Suspension | Refused) -> str:
    return cite_fr(pause.article, pause.law) if pause.law else article_fr(pause.article)


def _the_pauses(dates: Dates) -> Iterator[Step]:
    for pause in dates.pauses.kept:
        if pause.since is not None:
            yield _anew(pause)
        elif pause.received_on is None:
            yield step(
                f"الأجل موقوف منذ {day_ar(pause.asked_on)} في انتظار ما طُلب ({_of_ar(pause)})؛ "
                "ويُستأنف ما تبقى منه بعد الإدلاء به.",
                f"Délai suspendu depuis le {day_fr(pause.asked_on)}, dans l’attente de ce qui a été demandé "
                f"({_of_fr(pause)}) ; le reste courra après la production.",
                pause.asked_on,
            )
        else:
            yield step(
                f"لا تُحتسب الأيام الموالية ليوم {day_ar(pause.asked_on)} إلى غاية {day_ar(pause.received_on)}: "
                f"توقف الأجل ({_of_ar(pause)}).",
                f"Ne comptent pas les jours suivant le {day_fr(pause.asked_on)} jusqu’au "
                f"{day_fr(pause.received_on)} inclus : délai suspendu ({_of_fr(pause)}).",
                pause.received_on,
            )
    for refused in dates.pauses.refused:
        words = FACTS[refused.fact.kind]
        why_ar, why_fr = _REFUSED[refused.why]
        yield step(
            f"{words.ar} ({day_ar(refused.day)}): وُجه {why_ar}، فلا يوقف الأجل ({_of_ar(refused)}).",
            f"{words.fr} ({day_fr(refused.day)}) : {why_fr} ; le délai n’est pas suspendu ({_of_fr(refused)}).",
            refused.day,
        )


def _anew(pause: Suspension) -> Step:
    asked, received = pause.asked_on, pause.received_on
    if received is None:
        return step(
            f"راسلت الإدارة صاحب الطلب يوم {day_ar(asked)} وتنتظر ما طلبته: لا يُعد ذلك سكوتا ({_of_ar(pause)}).",
            f"L’administration a écrit au demandeur le {day_fr(asked)} et attend ce qu’elle a demandé : "
            f"ce n’est pas un silence ({_of_fr(pause)}).",
            asked,
        )
    return step(
        f"راسلت الإدارة صاحب الطلب يوم {day_ar(asked)}: لا يُعد ذلك سكوتا، ويُحتسب الأجل كله من {day_ar(received)}، يوم "
        f"توصلها بما طلبته ({_of_ar(pause)}).",
        f"L’administration a écrit au demandeur le {day_fr(asked)} : ce n’est pas un silence, et tout le délai se "
        f"compte du {day_fr(received)}, jour où elle a reçu ce qu’elle demandait ({_of_fr(pause)}).",
        received,
    )


def _the_extensions(rule: Rule, dates: Dates) -> Iterator[Step]:
    limit, extension = dates.limit, rule.extension
    if limit is None or extension is None:
        return
    for _fact, days in limit.extensions:
        yield Step(
            f"مُدد الأجل مرة واحدة، ومدة التمديد {length_ar(days, limit.unit)} ({article_ar(extension.article)}).",
            f"Délai prorogé une seule fois de {length_fr(days, limit.unit)} ({article_fr(extension.article)}).",
        )
    for _fact in limit.refused_extensions:
        yield Step(
            f"لم يُعتد بتمديد آخر: خارج الأجل أو بدون سبب مقبول أو للمرة الثانية ({article_ar(extension.article)}).",
            "Une autre prorogation est écartée : hors délai, sans motif admis ou pour la seconde fois "
            f"({article_fr(extension.article)}).",
        )


def _the_doubts(rule: Rule, estimated: bool) -> Iterator[Step]:
    if estimated:
        yield Step(
            "يوجد في هذه المدة أو بجوارها عيد ديني تاريخه تقديري: قد يتغير التاريخ بعد الإعلان الرسمي.",
            "Une fête religieuse, dont la date n’est qu’estimée, tombe dans ce délai ou juste après : la date "
            "peut changer après l’annonce officielle.",
        )
    if rule.confidence == "memory":
        yield Step("قاعدة غير مؤكدة: يجب الرجوع إلى النص.", "Règle non confirmée : à vérifier dans le texte.")
    elif rule.law == "council":
        yield Step(
            "لا يفرض أي نص هذا الأجل: تعهد به المجلس من تلقاء نفسه.",
            "Aucun texte n’impose ce délai : le conseil s’y engage de lui-même.",
        )
    elif rule.confidence == "derived":
        yield Step(
            "لا يقول أي نص هذا بلفظه: استُخلصت القاعدة من المادة المذكورة.",
            "Aucun texte ne le dit en ces mots : la règle est tirée de l’article cité.",
        )
