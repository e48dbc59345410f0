"""The actions that confirm, as somebody does them who reads the page and presses at once: he confirms what is there.

`from tests import at_once as desk` gives every other action of the desk as it is.
"""

from collections.abc import Callable
from typing import Any

from tadbir.acts.models import Act, Draft
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Quality
from tadbir.councils.queries import people_with
from tadbir.desk import actions, papers
from tadbir.desk.actions import *  # noqa: F403
from tadbir.dossiers import definitions
from tadbir.dossiers.actions import calendar
from tadbir.dossiers.actions import definitions as changes
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import ClosedDay, DefinitionChange, Dossier, Fact
from tadbir.ledgers import actions as ledgers
from tadbir.ledgers.kinds import register_of
from tadbir.ledgers.models import RegisterPrint
from tadbir.ledgers.periods import Period
from tadbir.ledgers.queries.registers import survey
from tadbir.notify import own
from tadbir.procedures import actions as procedures
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import as_shown as sheet_shown
from tadbir.procedures.queries import newest_sheet
from tadbir.services import actions as services
from tadbir.services.models import Draft as Begun
from tadbir.services.queries import residents
from tadbir.services.requests import Filed, Filing


def draft_outcome(dossier: Dossier, person: Person, *told: Any, **changes: Any) -> Draft:
    shown = papers.shown(dossier, papers.answer_being_prepared(dossier)).token
    return actions.draft_outcome(dossier, person, *told, **{"shown": shown, **changes})


def sign_outcome(draft: Draft, dossier: Dossier, *people: Person, **told: Any) -> Act:
    signer = people[1] if told.get("means") == "session" else None
    shown = papers.shown_to_sign(dossier, draft, signer).token
    return actions.sign_paper(draft, dossier, *people, **{"shown": shown, "seen": True, **told})


def send_back(draft: Draft, dossier: Dossier, person: Person, reason: str) -> Fact:
    return actions.send_back(draft, dossier, person, reason, shown=papers.shown_to_sign(dossier, draft, person).token)


def notify_outcome(act: Act, dossier: Dossier, person: Person, **told: Any) -> Fact:
    return actions.notify_paper(act, dossier, person, **{"shown": as_shown(act).token, **told})


def taken(draft: Draft) -> Fact:
    """The step of a letter, which the president signs in his session; handed over where it waits for that."""
    dossier = Dossier.objects.get(number=draft.dossier_ref)
    president = people_with(frozenset({Quality.PRESIDENT}), today()).get()
    act = sign_outcome(draft, dossier, president, president, means="session")
    if act.waits_for_notification:
        assert draft.prepared_by
        return notify_outcome(act, dossier, draft.prepared_by, how="in_hand", on=act.date, proof="توقيع على النسخة")
    found = dossier.facts.filter(data__act=act.number).last()
    assert found
    return found


def _taken(write: Callable[..., Draft]) -> Callable[..., Fact]:
    return lambda *told, **more: taken(write(*told, **more))


ask_information, ask_original = _taken(services.ask_information), _taken(services.ask_original)
ask_replacement, extend = _taken(services.ask_replacement), _taken(services.extend)
give_reasons, misdirected, return_file = (
    _taken(services.give_reasons),
    _taken(services.misdirected),
    _taken(services.return_file),
)


def record_step(*told: Any, **more: Any) -> Fact:
    """A step, with its letter where it takes one."""
    made = services.record_step(*told, **more)
    return taken(made) if isinstance(made, Draft) else made


def answer_appeal(
    dossier: Dossier, officer: Person, signatory: Person, sense: str, reasons: str = "", **told: Any
) -> Fact:
    """Write, sign and hand over the answer to the appeal that waits."""
    text, _french = papers.half_written(dossier, sense, papers.to_answer(dossier))
    draft = draft_outcome(dossier, officer, sense, text, reasons)
    act = sign_outcome(draft, dossier, officer, signatory, means="wet_ink", **told)
    return notify_outcome(act, dossier, officer, how="in_hand", on=act.date, proof="توقيع على النسخة")


def _read(code: str) -> str:
    found = newest_sheet(code)
    assert found
    return sheet_shown(found).token


def adopt(person: Person, sheet: Sheet, **told: Any) -> Sheet:
    return procedures.adopt(person, sheet.code, **{"shown": _read(sheet.code), **told})


def correct_sheet(person: Person, sheet: Sheet, table: dict[str, Any]) -> Sheet:
    return procedures.correct_sheet(person, sheet.code, table, shown=_read(sheet.code))


def switch(person: Person, sheet: Sheet, *, on: bool) -> None:
    procedures.switch(person, sheet.code, on=on, shown=_read(sheet.code))


def save_draft(draft: Begun, answers: dict[str, Any]) -> None:
    services.save_draft(draft, answers, shown=residents.answers_shown(draft).token)


def file_draft(draft: Begun, filing: Filing) -> Filed:
    return services.file_draft(draft, filing, shown=residents.draft_shown(draft, residents.pieces_of(draft)).token)


def change_rule(
    person: Person, code: str, ground: Ground, keys: dict[str, Any] | None = None, *, off: bool = False
) -> DefinitionChange:
    shown = definitions.as_shown("rule", code).token
    return changes.change_rule(person, code, ground, keys, off=off, shown=shown)


def change_wording(
    person: Person, code: str, ground: Ground, keys: dict[str, str], *, off: bool = False
) -> DefinitionChange:
    return own.change(person, code, ground, keys, off=off, shown=definitions.as_shown("wording", code).token)


def end_change(person: Person, change: DefinitionChange, *told: Any) -> DefinitionChange:
    return changes.end_change(person, change, *told, shown=definitions.as_shown(change.subject, change.code).token)


def learn_closed_day(person: Person, *told: Any) -> ClosedDay:
    return calendar.learn_closed_day(person, *told, shown=definitions.calendar_shown().token)


def correct_closed_day(person: Person, row: ClosedDay, reason: str, **told: Any) -> ClosedDay:
    return calendar.correct_closed_day(person, row, reason, shown=definitions.closed_day_shown(row).token, **told)


def withdraw_closed_day(person: Person, row: ClosedDay, reason: str) -> ClosedDay:
    return calendar.withdraw_closed_day(person, row, reason, shown=definitions.closed_day_shown(row).token)


def print_register(person: Person, register: str, period: Period) -> list[RegisterPrint]:
    known = register_of(register)
    shown = survey(known, period).shown.token if known else ""
    return ledgers.print_register(person, register, period, shown=shown)
