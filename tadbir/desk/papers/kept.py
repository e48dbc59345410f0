"""A remedy that came before the refusal it contests: the letter says that it is kept, and what may follow it."""

from collections.abc import Sequence
from typing import Any

from tadbir import law
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier
from tadbir.ui.dates import day_words

_KEPT = law.Words(
    "قدمتم بتاريخ {day}: {name}. لا حاجة إلى إعادة ما قدمتموه: فهو محفوظ ويشمل هذا الجواب كذلك",
    "Vous avez déposé le {day} : {name}. Rien n’est à déposer de nouveau : ce dépôt est gardé et vaut aussi contre la"
    " présente réponse",
)
#: Where the delay of its answer runs from the letter.
_COUNTED_ANEW = law.Words(
    "، ويُحتسب أجل الجواب عنه من تبليغ هذا الجواب", " ; le délai pour y répondre court de la notification de celle-ci"
)


def waiting_against(dossier: Dossier, facts: Sequence[law.Fact], said: law.Fact) -> list[tuple[law.Appeal, law.Fact]]:
    """The remedies that came before a refusal which is to come (`said`, among the facts) and wait: they contest it."""
    history = law.History(facts)
    if said not in history.refusals:
        return []
    return [
        (remedy, fact)
        for remedy in law.REGIMES[dossier.kind].answered
        for fact in history.contesting(remedy.filed)
        if fact.data.get("level") != "governor" and history.closing_contested(fact) is None
    ]


def _starts(duties: Sequence[law.Duty], filed: law.Fact) -> Any:
    return next((duty.starts_on for duty in duties if duty.trigger_fact == filed.id), None)


def words_kept(
    dossier: Dossier, facts: Sequence[law.Fact], said: law.Fact, duties: Sequence[law.Duty]
) -> tuple[list[dict[str, Any]], list[law.Appeal]]:
    """What a refusal says of each remedy that waits already, and which ones these are. `duties`: once it is told."""
    waiting = waiting_against(dossier, facts, said)
    before = clockwork.derived(dossier, [fact for fact in facts if fact is not said]) if waiting else []
    found = []
    for remedy, fact in waiting:
        anew = _starts(duties, fact) != _starts(before, fact)
        told = {}
        for lang in ("ar", "fr"):
            name, more = getattr(remedy.name, lang), getattr(_COUNTED_ANEW, lang) if anew else ""
            day = day_words(fact.at, lang)
            told[f"text_{lang}"] = getattr(_KEPT, lang).format(day=day, name=name) + more
        found.append(told)
    return found, [remedy for remedy, _fact in waiting]


#: What the refusal of a remedy says where it came after its last day, and where no delay follows it.
_LATE = law.Words(
    "قُدم ما يلي بعد آخر يوم له، {day}: {name}. لا يبدأ من هذا الجواب أي أجل للطعن، وللقاضي وحده أن يقول هل تُقبل الدعوى",
    "Est venu après son dernier jour, le {day} : {name}. Aucun délai de recours ne part de la présente réponse ; le"
    " juge seul dira si une action est recevable",
)
_NO_DELAY = law.Words(
    "لا يبدأ من هذا الجواب أي أجل جديد للطعن، وللقاضي وحده أن يقول هل تُقبل الدعوى",
    "Aucun nouveau délai de recours ne part de la présente réponse ; le juge seul dira si une action est recevable",
)


def no_delay_follows(
    dossier: Dossier, said: law.Fact, duties: Sequence[law.Duty], *, others: bool
) -> list[dict[str, Any]]:
    """What the refusal of a remedy says where the law opens nothing after it: that it came late, or that alone.

    `others`: some way is open beside it.
    """
    regime, asked = law.REGIMES[dossier.kind], said.data.get("asked")
    remedy = next((one for one in regime.answered if one.answered == said.kind), None)
    if remedy is None or said.data.get("sense") == "granted" or not regime.remedies:
        return []
    over = next((duty.came_after for duty in duties if duty.trigger_fact == asked and duty.came_after), None)
    if over is None:
        return [] if others else [{f"text_{lang}": getattr(_NO_DELAY, lang) for lang in ("ar", "fr")}]
    values = {lang: {"day": day_words(over, lang), "name": getattr(remedy.name, lang)} for lang in ("ar", "fr")}
    return [{f"text_{lang}": getattr(_LATE, lang).format(**said) for lang, said in values.items()}]


def comes_after(dossier: Dossier, rule: str, remedies: Sequence[law.Appeal]) -> bool:
    """Whether a way to contest starts by the answer to one of these remedies, and needs no other one first."""
    if any(dossier.kind in first.kinds for first in law.RULES[rule].only_after):
        return False
    answers = {remedy.answered for remedy in remedies}
    return any(trigger.match is not None and trigger.match.fact in answers for trigger in law.RULES[rule].triggers)
