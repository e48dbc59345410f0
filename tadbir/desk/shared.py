"""What the office declares for every matter: verbs, trays, menu, its own pages and notices."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk import actions, withdrawing
from tadbir.desk.actions import giving
from tadbir.desk.dossier import Desk
from tadbir.desk.forms.erasure import EraseForm
from tadbir.desk.forms.verbs import (
    CorrectForm,
    FilingDayForm,
    GiveOpinionForm,
    IdentityForm,
    NewCodeForm,
    OpinionForm,
    ParticularsForm,
    ReassignForm,
    ReturnForm,
    WithdrawForm,
    asked_of_mine,
)
from tadbir.desk.kept import nothing_to_correct
from tadbir.desk.matter import Item, Matter, Tray
from tadbir.desk.notices import promise_to
from tadbir.desk.office.code import show_code
from tadbir.desk.papers.code import NEW_CODE
from tadbir.desk.queries import trays, unreached
from tadbir.desk.queries.erasure import still_naming, why_not_erase
from tadbir.desk.striking import entry
from tadbir.desk.urgency import CORRECT_URGENCY
from tadbir.desk.verbs import Page, Typed, Verb
from tadbir.dossiers import actions as dossiers


def _unit(desk: Desk, pk: str) -> Any:
    return next(unit for unit in desk.units if str(unit.pk) == pk)


def _reassign(desk: Desk, typed: Typed) -> object:
    to = next((role.person for role in desk.colleagues if str(role.person_id) == typed["to"]), None)
    return dossiers.reassign(desk.dossier, desk.person, to, _unit(desk, typed["unit"]), typed["reason"])


def _code_given(request: OfficeRequest, desk: Desk) -> HttpResponse:
    """The code is read on the receipt's page."""
    show_code(request, desk.dossier.number, desk.dossier.code_version)
    return redirect("office-receipt", desk.dossier.number)


def _not_mine_to_give(desk: Desk) -> list[str]:
    return [] if asked_of_mine(desk) else [gettext("No opinion was asked of your own unit.")]


def _erasable(desk: Desk) -> bool:
    return desk.dossier.closed_at is not None and desk.holds(Right.ERASE_PERSONAL_DATA)


def _what_goes(desk: Desk) -> Mapping[str, Any]:
    """What would go with the personal data of a dossier, and what would stay."""
    dossier = desk.dossier
    return {
        "people": [one for one in (dossier.applicant, dossier.representative) if one],
        "documents": sum(1 for one in desk.documents if one.file_id),
        "papers": len(desk.acts),
        "registers": still_naming(dossier),
        "facts": len(desk.facts),
    }


VERBS = (
    Verb(
        "ask-opinion",
        _("Ask another unit"),
        _("The person's clock goes on."),
        OpinionForm,
        lambda desk, typed: actions.ask_opinion(
            desk.dossier, desk.person, _unit(desk, typed["unit"]), typed["question"]
        ),
        done=_("The other unit was asked for its opinion."),
        rank=30,
        fact="opinion_asked",
    ),
    Verb(
        "give-opinion",
        _("Give the opinion"),
        _("What your unit thinks."),
        GiveOpinionForm,
        lambda desk, typed: actions.give_opinion(desk.dossier, desk.person, desk.fact(typed["asked"]), typed["text"]),
        done=_("The opinion is given."),
        rank=32,
        fact="opinion_received",
        against=_not_mine_to_give,
    ),
    Verb(
        "reassign",
        _("Give to somebody else"),
        _("Another officer or unit: absence, load, mistake."),
        ReassignForm,
        _reassign,
        done=_("The dossier was given to somebody else."),
        rank=50,
        fact="reassigned",
    ),
    Verb(
        "send-back",
        _("Send it back"),
        _("To the unit that gave it to yours, with your reason."),
        ReturnForm,
        lambda desk, typed: giving.send_back(desk.dossier, desk.person, typed["reason"]),
        done=_("The dossier was sent back to the unit that gave it."),
        rank=52,
        fact="reassigned",
        belongs=lambda desk: desk.given_by is not None,
    ),
    Verb(
        "code",
        _("Give the code again"),
        _("After you saw an identity document."),
        IdentityForm,
        lambda desk, typed: actions.reprint_code(desk.dossier, desk.person, typed["identity_kind"]),
        done=_("The code stands below: give it to the person. That it was given is in the register."),
        rank=55,
        right=Right.GIVE_CODE,
        fact="code_reprinted",
        after=_code_given,
    ),
    Verb(
        "new-code",
        _("Give a new code"),
        _("The old code opens nothing any more, wherever it is open now. The new one is on a paper of its own."),
        NewCodeForm,
        lambda desk, typed: actions.change_code(desk.dossier, desk.person, typed["reason"], typed["identity_kind"]),
        done=_("There is a new code: give its paper. The old one opens nothing any more."),
        rank=56,
        right=Right.GIVE_CODE,
        fact="code_renewed",
        after=_code_given,
    ),
    Verb(
        "correct",
        _("Correct an entry"),
        _("The mistake stays in the register, struck out, with your reason."),
        CorrectForm,
        lambda desk, typed: actions.correct_entry(desk.fact(typed["fact"]), desk.person, typed["reason"]),
        done=_("The entry is struck out, with your reason."),
        rank=70,
        fact="entry_corrected",
        mends=True,
        against=nothing_to_correct,
        danger=True,
        page=Page("desk/striking.html", entry),
    ),
    Verb(
        "put-right",
        _("Correct names, contacts or subject"),
        _("Papers already given keep the old words, and the dossier says so."),
        ParticularsForm,
        lambda desk, typed: actions.correct_particulars(
            desk.dossier, desk.person, typed["told"], typed["reason"], without_mail=bool(typed.get("without_mail"))
        ),
        done=_("It is put right, with your reason. New papers bear the new words."),
        rank=72,
        right=Right.SERVE_AT_COUNTER,
        fact="particulars_corrected",
        mends=True,
    ),
    Verb(
        "correct-day",
        _("Correct the day it was received"),
        _("Every delay is counted anew; a new receipt takes the place of the old one."),
        FilingDayForm,
        lambda desk, typed: dossiers.correct_filing_day(desk.dossier, desk.person, typed["day"], typed["reason"]),
        done=_("The day is put right, with your reason. Give the new receipt."),
        rank=73,
        right=Right.ANSWER_FOR_ALL,
        fact="day_corrected",
        mends=True,
        belongs=lambda desk: bool(
            desk.regime and "day_corrected" in desk.regime.facts and desk.dossier.channel in dossiers.TYPED_DAY
        ),
        danger=True,
        page=Page("desk/filing_day.html", lambda desk: {"told": promise_to(desk.dossier.applicant)}),
    ),
    CORRECT_URGENCY,
    Verb(
        "withdraw-document",
        _("Take away a document or a scan put here by mistake"),
        _("Only those who answer for the council still open it; its trace and your reason stay."),
        WithdrawForm,
        withdrawing.withdraw,
        done=_("It is taken away; its trace and your reason stay."),
        rank=74,
        right=Right.SERVE_AT_COUNTER,
        fact="document_withdrawn",
        mends=True,
        belongs=lambda desk: bool(
            desk.regime and "document_withdrawn" in desk.regime.facts and (desk.documents or desk.scans)
        ),
        against=withdrawing.nothing_to_withdraw,
        instead=withdrawing.what_follows,
        danger=True,
        page=Page("desk/withdrawing.html", withdrawing.page),
    ),
    Verb(
        "erase",
        _("Erase the personal data"),
        _("Names, texts, documents and papers go for good; what happened, and when, stays."),
        EraseForm,
        lambda desk, typed: actions.erase_personal_data(desk.dossier, desk.person, typed["ground"], typed["reason"]),
        done=_("The personal data of this dossier were erased."),
        rank=90,
        right=Right.ERASE_PERSONAL_DATA,
        belongs=_erasable,
        against=lambda desk: why_not_erase(desk.dossier, desk.facts, ground="order"),  # the form chooses the ground
        danger=True,
        page=Page("desk/erase.html", _what_goes),
    ),
)

TRAYS = (
    Tray("person", _("Waiting for the person"), trays.waiting_for_person, still_open=True),
    Tray("signature", _("Waiting for a signature"), trays.waiting_signature, still_open=True),
    Tray("returned", _("Letters that came back unsigned"), trays.sent_back),
    Tray("notify", _("To be notified"), trays.waiting_notification),
    Tray(
        "unreached", _("Not told"), unreached.waiting_to_be_told, address="office-unreached", right=Right.REACH_PEOPLE
    ),
    Tray("added", _("Added by the person"), trays.added, still_open=True),
    Tray("opinion", _("Opinion that came back"), trays.opinion_returned, still_open=True),
    Tray("ownerless", _("Nobody in charge"), trays.ownerless, still_open=True),
    Tray("idle", _("No delay runs"), trays.idle, still_open=True),
    Tray("scan", _("Paper to scan"), trays.waiting_scan),
)
_DEFINITIONS = ("office-definition", "office-wording")

MENU = (
    Item("office-home", _("My duties"), 10, key="1", below=("office-tray",)),
    Item(
        "office-search",
        _("Find a dossier"),
        30,
        key="3",
        below=("office-dossier", "office-do", "office-answer", "office-letter"),
    ),
    Item("office-signing", _("To sign"), 35, Right.SIGN, below=("office-sign",)),
    Item("office-unreached", _("Not told"), 35, Right.REACH_PEOPLE),
    Item("office-opinions", _("Opinions asked of my unit"), 40, Right.GIVE_OPINIONS),
    Item("office-given-away", _("Given to others"), 45, Right.BE_GIVEN_A_DOSSIER, below=("office-given",)),
    Item("office-late", _("What is late"), 50, Right.OVERSEE, key="4"),
    Item("office-sheets", _("Services"), 70, Right.SEE_SHEETS, below=("office-sheet",)),
    Item("office-calendar", _("Calendar"), 80),
    Item("office-definitions", _("Rules and wordings"), 90, Right.CHANGE_DEFINITIONS, below=_DEFINITIONS),
    Item(
        "office-people",
        _("People"),
        100,
        Right.SEE_PEOPLE,
        below=(
            "office-new-person",
            "office-person",
            "office-rights",
            "office-units",
            "office-house",
            "office-delegations",
        ),
    ),
)

MATTER = Matter(
    "desk",
    verbs=VERBS,
    trays=TRAYS,
    menu=MENU,
    papers=(NEW_CODE,),
    wordings="tadbir.desk",
    office="tadbir.desk.office.urls",
    public="tadbir.desk.public.urls",
    api="tadbir.desk.api",
)
