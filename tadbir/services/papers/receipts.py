"""Receipts: the proof of a filing, or of what its person sent later, given at once (law 55-19, articles 10 and 12)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.models import Act
from tadbir.councils.clock import CASABLANCA, day_start, known_iso, local_date, now, today
from tadbir.councils.models import Person
from tadbir.desk.added import TAKEN_BACK
from tadbir.desk.codes import follow_code
from tadbir.desk.papers.parts import asked_for, clock_on_paper, recipient, service_of
from tadbir.desk.words import filed_name
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.actions import Recorded
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.services.models import PaperBlock
from tadbir.ui.dates import day_words

CHANNELS = {
    "online": ("عبر الإنترنت", "en ligne"),
    "counter": ("بالشباك", "au guichet"),
    "post": ("عبر البريد", "par la poste"),
    "paper-block": ("بالشباك، بوصل ورقي مرقم", "au guichet, sur récépissé papier numéroté"),
}


def _missing(dossier: Dossier, codes: list[str]) -> list[dict[str, str]]:
    sheet = dossier.sheet.parsed if dossier.sheet else None
    found = [sheet.document(code) for code in codes] if sheet else []
    return [{"text_ar": doc.ar, "text_fr": doc.fr} for doc in found if doc]


def _supply_by(clock: Duty | None, on: date) -> dict[str, str]:
    """The day that is advised to bring what is missing, that until which it is taken, the duty they come from; where
    what lacks is listed after the day `on` which the request came, that the thirty days then run from this receipt: no
    file is returned for what its person did not know."""
    if clock is None or clock.file_before is None:
        return {}
    said = {"supply_by": clock.file_before.isoformat(), "supply_duty": clock.key}
    if clock.accept_until is not None:
        said["supply_until"] = clock.accept_until.isoformat()
    return said | ({"supply_from": "receipt"} if today() > on else {})


def _title(dossier: Dossier) -> law.Words:
    regime = law.REGIMES[dossier.kind]
    return regime.receipt or law.Words(regime.ar, regime.fr)


def issue_receipt(
    dossier: Dossier,
    missing: list[str],
    by: Person | None,
    recorded: Recorded | None = None,
    *,
    besides: Sequence[dict[str, str]] = (),
) -> Act:
    """The receipt of article 10, given at once: «ملف مودع», or «ملف في طور الإيداع» with the whole list.

    `recorded` spares reading what was written a moment ago: the fact of filing, first, and the duties. `besides`: what
    the law asks for and the request does not show, in both languages.
    """
    regime, sheet, words = law.REGIMES[dossier.kind], dossier.sheet, _title(dossier)
    clock = queries.choose_clock(recorded.duties) if recorded else queries.main_clock(dossier)
    filed = recorded.facts[0] if recorded else Fact.objects.filter(dossier=dossier, kind="filed").first()
    shows_delay = sheet is not None and sheet.is_adopted
    state = "filing" if missing else "filed" if regime.says_filed and shows_delay else "registered"
    moment: datetime = filed.happened_at if filed else now()
    on_paper = filed is not None and (day_start(dossier.opened_on) == moment or local_date(moment) != dossier.opened_on)
    channel_ar, channel_fr = CHANNELS[dossier.channel]
    receipt: dict[str, Any] = {
        "state": state,
        "regime": dossier.kind,
        "code": follow_code(dossier),
        "missing": _missing(dossier, missing),
        **({"besides": list(besides)} if besides else {}),
        **_supply_by(clock if missing else None, dossier.opened_on),
        **asked_for(dossier),
        "filed_at": str(dossier.opened_on) if on_paper else known_iso(moment),
        "channel_ar": channel_ar,
        "channel_fr": channel_fr,
        "clock": clock_on_paper(clock) if shows_delay and not missing else None,
    }
    if by is not None:
        receipt |= {"received_by_ar": by.name_ar, "received_by_fr": by.name_fr}
    return _issue(dossier, words, receipt)


def _issue(dossier: Dossier, title: law.Words, receipt: dict[str, Any]) -> Act:
    """The paper of a receipt, under its title."""
    body: dict[str, Any] = {
        "title_ar": title.ar,
        "title_fr": title.fr,
        "blocks": [],
        "recipient": recipient(dossier),
        "remedies": [],
        "receipt": receipt,
        "copy_fr": dossier.language == "fr",
    }
    return acts.issue("receipt", body, dossier_ref=dossier.number)


def issue_receipt_of(dossier: Dossier, fact: Fact, by: Person | None) -> Act:
    """The receipt of what came after the filing (a remedy, a request for reasons, a withdrawal): the proof of its date,
    with the delay that it starts.

    It is shown to others (the governor, a court): the code that opens the dossier is not on it."""
    ends, name = bool(law.FACTS[fact.kind].closes), filed_name(dossier.kind, fact.kind)
    clock = None if ends else clock_on_paper(clock_of_remedy(dossier, fact))
    if clock is not None:
        clock["steps"] += _not_instead(dossier, fact)
    channel_ar, channel_fr = CHANNELS["counter" if by else "online"]
    what = _taken_back(dossier, fact) or name
    receipt: dict[str, Any] = {
        "state": "withdrawn" if ends else "registered",
        "regime": dossier.kind,
        "missing": [],
        **service_of(dossier),
        "subject_ar": what.ar,
        "subject_fr": what.fr,
        "filed_at": known_iso(fact.happened_at),
        "channel_ar": channel_ar,
        "channel_fr": channel_fr,
        "clock": clock,
    }
    title = law.Words(_title_of(name), f"Récépissé : {name.fr[:1].lower()}{name.fr[1:]}")
    return _issue(dossier, title, receipt)


def _taken_back(dossier: Dossier, fact: Fact) -> law.Words | None:
    """Which remedy is taken back, and of which day: there may be several; None where none is."""
    asked = str(fact.data.get("asked", "")) if fact.kind == TAKEN_BACK else ""
    remedy = next((one for one in clockwork.facts_of(dossier) if asked and str(one.pk) == asked), None)
    if remedy is None:
        return None
    name, on = filed_name(dossier.kind, remedy.kind), local_date(remedy.happened_at)
    return law.Words(
        f"سحب: {name.ar}، المقدم بتاريخ {day_words(on, 'ar')}", f"Retrait : {name.fr}, dépôt le {day_words(on, 'fr')}"
    )


def _not_instead(dossier: Dossier, fact: Fact) -> list[dict[str, str]]:
    """That a grievance does not take the place of the appeal which comes before the court, as its page says."""
    before = [one for one in clockwork.facts_of(dossier) if one.pk < fact.pk]
    reasons = clockwork.may(dossier, fact.kind, local_date(fact.happened_at), before).reasons
    return [{"text_ar": one.ar, "text_fr": one.fr} for one in reasons if one.code == "appeal_first"]


def clock_of_remedy(dossier: Dossier, fact: Fact) -> Duty | None:
    """The clock of the answer to what came after the filing, as its receipt prints it: what the council owes, whatever
    right of the person runs beside it."""
    owed = queries.duties(dossier).exclude(owner__in=law.PERSONS)
    return next((row for row in owed if row.trigger == str(fact.pk)), None)


def receipts_of_filing(dossier: Dossier) -> list[Act]:
    """The receipts of the filing that stand, oldest first; none once their words were erased."""
    title = _title(dossier).ar
    return [act for act, body in _standing(dossier) if body["title_ar"] == title]


def receipts_of(dossier: Dossier, fact: Fact) -> list[Act]:
    """The receipts that stand and say that this came; none once their words were erased."""
    title, moments = _title_of(filed_name(dossier.kind, fact.kind)), {known_iso(fact.happened_at), _minute(fact)}
    said = ((act, body["title_ar"], body["receipt"]["filed_at"]) for act, body in _standing(dossier))
    return [act for act, called, moment in said if called == title and moment in moments]


def _standing(dossier: Dossier) -> list[tuple[Act, dict[str, Any]]]:
    found = Act.objects.filter(dossier_ref=dossier.number, kind="receipt", status=Act.Status.VALID)
    return [(act, body) for act in found.select_related("content").order_by("pk") if (body := act.content.body)]


def _title_of(name: law.Words) -> str:
    return f"وصل بتسلم {name.ar}"


def _minute(fact: Fact) -> str:
    """As older receipts say it of whatever came: with noon where nobody had said an hour."""
    return fact.happened_at.astimezone(CASABLANCA).isoformat(timespec="minutes")


def issue_blank_receipts(block: PaperBlock, numbers: list[str]) -> Act:
    """The pages of a block of numbered paper receipts."""
    body: dict[str, Any] = {
        "title_ar": "وصولات ورقية مرقمة مسبقا",
        "title_fr": "Récépissés papier prénumérotés",
        "blocks": [],
        "recipient": None,
        "remedies": [],
        "numbers": numbers,
    }
    return acts.issue("blank_receipts", body, dossier_ref=block.code)
