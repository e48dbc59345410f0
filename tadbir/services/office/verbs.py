"""The verbs of a dossier's page: what each is called, who may do it, which form it takes, which action it runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.councils.models import in_language
from tadbir.councils.rights import Right
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Fact
from tadbir.law.verbs import VERBS as LAWFUL
from tadbir.services import actions
from tadbir.services.actions.appeals import APPEAL_FACT
from tadbir.services.actions.drafts import keep_upload
from tadbir.services.actions.steps import STEPS
from tadbir.services.forms import agents as forms
from tadbir.services.forms.erasure import EraseForm
from tadbir.services.office.desk import Desk
from tadbir.services.queries.erasure import why_not_erase

Run = Callable[[Desk, Mapping[str, Any]], object]


@dataclass(frozen=True)
class Verb:
    """One thing that may be done. `who`: the right it needs; none for those who work on the dossier."""

    code: str
    fact: str
    label: Any
    hint: Any
    form: type[forms.DeskForm]
    run: Run
    who: Right | None = None
    danger: bool = False
    sure: str = ""  # the page that asks whether one is sure, by typing the number of the dossier


@dataclass(frozen=True)
class Offer:
    """A verb on a page: allowed with its form, or not with the reasons in the reader's language."""

    verb: Verb
    allowed: bool
    reasons: tuple[str, ...] = ()
    until: Any = None
    left: int | None = None
    form: forms.DeskForm | None = None


def _fact(desk: Desk, pk: str) -> Fact:
    return next(fact for fact in desk.facts if str(fact.pk) == pk)


def _unit(desk: Desk, pk: str) -> Any:
    return next(unit for unit in desk.units if str(unit.pk) == pk)


def _duplicate(desk: Desk, data: Mapping[str, Any]) -> object:
    original = dossiers.get_visible(desk.person, data["original"].strip())
    if original is None:
        raise ValidationError({"original": _("You see no dossier with this number.")})
    return actions.mark_duplicate(desk.dossier, desk.person, original)


def _supply(desk: Desk, data: Mapping[str, Any]) -> object:
    upload = data["document"]
    file = keep_upload(upload.file, upload.size) if upload else None
    sheet, code = desk.dossier.sheet, data["requirement"]
    document = sheet.parsed.document(code) if sheet else None
    name = document.ar if document else _("another document")
    return actions.receive_document(
        desk.dossier, code, name, file, by=desk.person, source="counter", as_original=data["original"]
    )


def _erase(desk: Desk, data: Mapping[str, Any]) -> object:
    return actions.erase_personal_data(desk.dossier, desk.person, data["ground"], data["reason"])


def _reassign(desk: Desk, data: Mapping[str, Any]) -> object:
    to = next((person for person in desk.colleagues if str(person.pk) == data["to"]), None)
    return actions.reassign(desk.dossier, desk.person, to, _unit(desk, data["unit"]), data["reason"])


VERBS: tuple[Verb, ...] = (
    Verb("supply", "document_received", gettext_lazy("Take a document"),
         gettext_lazy("A missing document, or one that was asked for."), forms.SupplyForm, _supply,
         Right.SERVE_AT_COUNTER),
    Verb("answer-information", "information_received", gettext_lazy("Write down the person's answer"),
         gettext_lazy("The information that was asked for, told at the counter."), forms.TellForm,
         lambda desk, data: actions.answer_information(desk.dossier, data["text"], by=desk.person),
         Right.SERVE_AT_COUNTER),
    Verb("received", "request_received", gettext_lazy("The person got our request"),
         gettext_lazy("His thirty days run from that day."), forms.ReceivedForm,
         lambda desk, data: actions.mark_received(
             desk.dossier, desk.person, _fact(desk, data["asked"]), data["means"])),
    Verb("ask-replacement", "replacement_asked", gettext_lazy("Ask to replace a document"),
         gettext_lazy("A document is not right. The clock stops until it comes."), forms.DocumentForm,
         lambda desk, data: actions.ask_replacement(desk.dossier, desk.person, data["document"], data["reason"])),
    Verb("ask-original", "original_asked", gettext_lazy("Ask to see an original"),
         gettext_lazy("Once, when a copy is doubtful. The clock stops until it is shown."), forms.DocumentForm,
         lambda desk, data: actions.ask_original(desk.dossier, desk.person, data["document"], data["reason"])),
    Verb("ask-information", "information_asked", gettext_lazy("Ask for information"),
         gettext_lazy("Once. The clock stops until the answer comes."), forms.QuestionForm,
         lambda desk, data: actions.ask_information(desk.dossier, desk.person, data["question"])),
    Verb("ask-opinion", "opinion_asked", gettext_lazy("Ask another unit"),
         gettext_lazy("The person's clock goes on."), forms.OpinionForm,
         lambda desk, data: actions.ask_opinion(
             desk.dossier, desk.person, _unit(desk, data["unit"]), data["question"])),
    Verb("give-opinion", "opinion_received", gettext_lazy("Give the opinion"),
         gettext_lazy("What your unit thinks."), forms.GiveOpinionForm,
         lambda desk, data: actions.give_opinion(desk.dossier, desk.person, _fact(desk, data["asked"]), data["text"])),
    Verb("extend", "extended", gettext_lazy("Extend the delay"),
         gettext_lazy("Once, for an expertise or a public inquiry, no longer than it takes."), forms.ExtendForm,
         lambda desk, data: actions.extend(desk.dossier, desk.person, data["ground"], data["days"], data["reason"])),
    Verb("step", "", gettext_lazy("Record a step"),
         gettext_lazy("What the law of this dossier foresees besides."), forms.StepForm,
         lambda desk, data: actions.record_step(desk.dossier, desk.person, data["kind"], data["on"], data["note"])),
    Verb("reassign", "reassigned", gettext_lazy("Give to somebody else"),
         gettext_lazy("Another officer or unit: absence, load, mistake."), forms.ReassignForm, _reassign),
    Verb("code", "code_reprinted", gettext_lazy("Give the code again"),
         gettext_lazy("After you saw an identity document."), forms.IdentityForm,
         lambda desk, data: actions.reprint_code(desk.dossier, desk.person, data["identity_kind"]), Right.GIVE_CODE),
    Verb("appeal", "appeal_filed", gettext_lazy("Register an appeal"),
         gettext_lazy("The person contests, early or after a refusal or a silence. A receipt is given."),
         forms.AppealForm,
         lambda desk, data: actions.file_appeal(desk.dossier, data["text"], data["key"], by=desk.person),
         Right.SERVE_AT_COUNTER),
    Verb("answer-appeal", "appeal_answered", gettext_lazy("Answer the appeal"),
         gettext_lazy("By the president, by letter."), forms.AnswerAppealForm,
         lambda desk, data: actions.answer_appeal(
             desk.dossier, desk.person, _fact(desk, data["asked"]), data["sense"], data["reasons"]),
         Right.ANSWER_APPEALS),
    Verb("ask-reasons", "reasons_asked", gettext_lazy("The person asks for the reasons"),
         gettext_lazy("After a silence that counts as a refusal (law 03-01, article 5)."), forms.NothingForm,
         lambda desk, data: actions.ask_reasons(desk.dossier, by=desk.person), Right.SERVE_AT_COUNTER),
    Verb("give-reasons", "reasons_given", gettext_lazy("Give the reasons"),
         gettext_lazy("Within fifteen days of the request."), forms.GiveReasonsForm,
         lambda desk, data: actions.give_reasons(
             desk.dossier, desk.person, _fact(desk, data["asked"]), data["reasons"])),
    Verb("correct", "entry_corrected", gettext_lazy("Correct an entry"),
         gettext_lazy("The mistake stays in the register, struck out, with your reason."), forms.CorrectForm,
         lambda desk, data: actions.correct_entry(_fact(desk, data["fact"]), desk.person, data["reason"])),
    Verb("withdraw", "withdrawn", gettext_lazy("The person withdraws the request"),
         gettext_lazy("Closes the dossier."), forms.NothingForm,
         lambda desk, data: actions.withdraw(desk.dossier, by=desk.person), Right.SERVE_AT_COUNTER, danger=True),
    Verb("misdirected", "misdirected", gettext_lazy("It is not for the council"),
         gettext_lazy("Says who does it, by letter, and closes the dossier."), forms.MisdirectedForm,
         lambda desk, data: actions.misdirected(
             desk.dossier, desk.person, data["to"], data["explanation"]), danger=True),
    Verb("duplicate", "duplicate_of", gettext_lazy("It was filed twice"),
         gettext_lazy("The first dossier stays; this one is closed."), forms.DuplicateForm, _duplicate, danger=True),
    Verb("return", "file_returned", gettext_lazy("Return the file"),
         gettext_lazy("What was asked for did not come in the thirty days."), forms.ReturnForm,
         lambda desk, data: actions.return_file(desk.dossier, desk.person, data["ground"]), danger=True),
    Verb("erase", "personal_data_erased", gettext_lazy("Erase the personal data"),
         gettext_lazy("Names, texts, documents and papers go for good; what happened, and when, stays."),
         EraseForm, _erase, Right.ERASE_PERSONAL_DATA, danger=True, sure="services/office/erase.html"),
)  # fmt: skip
BY_CODE = {verb.code: verb for verb in VERBS}


def words_of(permission: law.Permission) -> tuple[str, ...]:
    """The reasons of a permission in the reader's language."""
    return tuple(in_language(reason.ar, reason.fr) for reason in permission.reasons)


def held(verb: Verb, desk: Desk) -> bool:
    """Whether this agent holds the right of a verb today, whatever the law says of it now."""
    return verb.who in desk.rights if verb.who else desk.works


def _fact_of(verb: Verb, desk: Desk) -> str:
    """The kind of fact that a verb records in this regime."""
    if verb.code == "appeal":
        return APPEAL_FACT.get(desk.dossier.kind, verb.fact)
    if verb.code == "answer-appeal" and desk.dossier.kind == "31-13":
        return "complaint_answered"
    if verb.code == "supply" and (asked := [one.kind for one in desk.questions if one.data.get("document")]):
        return {"replacement_asked": "replacement_received", "original_asked": "original_received"}[asked[0]]
    return verb.fact


def _belongs(verb: Verb, desk: Desk) -> bool:
    """Whether the verb means something in this regime at all; the others are not even listed."""
    if verb.code == "erase":
        return desk.dossier.closed_at is not None and held(verb, desk)
    if verb.code == "step":
        return any(desk.may(kind) for kind in STEPS.get(desk.dossier.kind, ()))
    return _fact_of(verb, desk) in LAWFUL.get(desk.dossier.kind, {})


def _beside_the_law(verb: Verb, desk: Desk) -> list[str]:
    """What stands against a verb that is no rule of the dossier's own law."""
    if verb.code == "erase":
        return why_not_erase(desk.dossier, desk.facts, ground="order")  # the ground is chosen in the form
    if desk.dossier.erased_at is not None:
        return [_("The personal data of this dossier were erased: nothing more is recorded in it.")]
    return []


def offer(verb: Verb, desk: Desk, key: str, data: Any = None, files: Any = None) -> Offer:
    """Whether this agent may do this now, and why not."""
    if not held(verb, desk):
        return Offer(verb, False, (_("Not with your role today."),))
    if against := _beside_the_law(verb, desk):
        return Offer(verb, False, tuple(against))
    if verb.code in ("step", "erase"):
        permission = law.Permission(True, "")
    else:
        permission = desk.may(_fact_of(verb, desk))
    if verb.code == "extend" and permission and desk.dossier.sheet and not desk.dossier.sheet.parsed.extendable:
        why = _("The sheet of this service provides for no expertise or public inquiry (article 17).")
        return Offer(verb, False, (why,))
    if not permission:
        return Offer(verb, False, words_of(permission))
    form = verb.form(data, files, desk=desk, auto_id=f"{verb.code}_%s", initial={"key": key})
    if verb.code == "received" and not desk.not_yet_received:
        return Offer(verb, False, (_("Every request is already recorded as received."),))
    return Offer(verb, True, words_of(permission), permission.until, permission.count_left, form)


def offers(desk: Desk, key: str) -> tuple[list[Offer], list[Offer]]:
    """What this agent may do now, and the rest with its reasons."""
    found = [offer(verb, desk, f"{key}{rank}") for rank, verb in enumerate(VERBS) if _belongs(verb, desk)]
    return [one for one in found if one.allowed], [one for one in found if not one.allowed]
