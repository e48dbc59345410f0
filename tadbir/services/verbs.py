"""What may be done in a request, besides what the office shares: each verb with its form, its action and its fact."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.dossier import Desk
from tadbir.desk.office.dossier import onward
from tadbir.desk.queries.follow import dossiers_meant
from tadbir.desk.verbs import Typed, Verb
from tadbir.dossiers import queries as dossiers
from tadbir.register.actions import keep_upload
from tadbir.services import actions, said
from tadbir.services.forms import verbs as forms
from tadbir.services.queries.counter import name_of_another
from tadbir.services.telling import TELL_AGAIN


def _duplicate(desk: Desk, typed: Typed) -> object:
    meant = dossiers.visible_to(desk.person).filter(pk__in=dossiers_meant(typed["original"]).values("pk"))
    found = list(meant[:2])
    if len(found) != 1:
        several = _("Several years have this number: write it with its year.")
        raise ValidationError({"original": several if found else _("You see no dossier with this number.")})
    return actions.mark_duplicate(desk.dossier, desk.person, found[0])


def _supply(desk: Desk, typed: Typed) -> object:
    upload, code = typed["document"], typed["requirement"]
    file = keep_upload(upload.file, upload.size) if upload else None
    document = desk.sheet.document(code) if desk.sheet else None
    name = document.ar if document else name_of_another(row.requirement == code for row in desk.documents)
    return actions.receive_document(
        desk.dossier, code, name, file, by=desk.person, source="counter", as_original=typed["original"]
    )


def _supplied(desk: Desk) -> str:
    """What a document answers: the question that waits for it, if one does."""
    asked = [one.kind for one in desk.questions if one.data.get("document")]
    return law.FACTS[asked[0]].answered_by[0] if asked else "document_received"


def _appeal(desk: Desk) -> str:
    """The first remedy of this regime; nothing where it has none."""
    return desk.regime.appeal.filed if desk.regime and desk.regime.appeal else ""


def _has_appeal(desk: Desk) -> bool:
    return bool(_appeal(desk))


def _has_steps(desk: Desk) -> bool:
    return bool(forms.steps_now(desk))


def _to_its_letter(request: OfficeRequest, desk: Desk) -> HttpResponse:
    """A step that is taken by letter goes on at its letter."""
    return onward(desk, request.POST.get("kind", ""))


def _conclusion(desk: Desk) -> str:
    """The step by which the law of this dossier ends it; nothing where an answer does."""
    found = forms.steps_now(desk, closing=True) or forms.steps(desk, closing=True)
    return found[0] if found else ""


def _told(typed: Typed) -> actions.Told:
    """What the agent was told; the paper only where there is one."""
    upload = typed["document"] if typed["how"] == "written" else None
    paper = keep_upload(upload.file, upload.size) if upload else None
    return actions.Told(typed["how"], typed["reason"], typed["on"], paper, bool(typed.get("early")))


def _not_extendable(desk: Desk) -> list[str]:
    if desk.sheet is None or desk.sheet.extendable:
        return []
    return [_("The sheet of this service provides for no expertise or public inquiry (article 17).")]


def _all_received(desk: Desk) -> list[str]:
    return [] if desk.not_yet_received else [_("Every request is already recorded as received.")]


VERBS = (
    Verb(
        "supply",
        gettext_lazy("Take a document"),
        gettext_lazy("A missing document, or one that was asked for."),
        forms.SupplyForm,
        _supply,
        done=gettext_lazy("The document is recorded."),
        instead=said.completed,
        rank=10,
        right=Right.SERVE_AT_COUNTER,
        fact_of=_supplied,
    ),
    Verb(
        "answer-information",
        gettext_lazy("Write down the person's answer"),
        gettext_lazy("The information that was asked for, told at the counter."),
        forms.TellForm,
        lambda desk, typed: actions.tell_answer(desk.dossier, typed["text"], desk.person),
        done=gettext_lazy("The person's answer is written down."),
        rank=12,
        right=Right.SERVE_AT_COUNTER,
        fact_of=lambda desk: actions.told_as(desk.story),
    ),
    Verb(
        "received",
        gettext_lazy("Record that it arrived"),
        gettext_lazy("The person got our request: what the law counts for him counts from that day."),
        forms.ReceivedForm,
        lambda desk, typed: actions.mark_received(desk.dossier, desk.person, desk.fact(typed["asked"]), typed["means"]),
        done=gettext_lazy("The day of receipt is recorded."),
        rank=14,
        fact="request_received",
        against=_all_received,
    ),
    Verb(
        "ask-replacement",
        gettext_lazy("Ask to replace a document"),
        gettext_lazy("A document is not right. The clock stops until it comes."),
        forms.DocumentForm,
        lambda desk, typed: actions.ask_replacement(desk.dossier, desk.person, typed["document"], typed["reason"]),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        rank=20,
        fact="replacement_asked",
    ),
    Verb(
        "ask-original",
        gettext_lazy("Ask to see an original"),
        gettext_lazy("Once, when a copy is doubtful. The clock stops until it is shown."),
        forms.DocumentForm,
        lambda desk, typed: actions.ask_original(desk.dossier, desk.person, typed["document"], typed["reason"]),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        rank=22,
        fact="original_asked",
    ),
    Verb(
        "ask-information",
        gettext_lazy("Ask for information"),
        gettext_lazy("The clock stops until the answer comes."),
        forms.QuestionForm,
        lambda desk, typed: actions.ask_information(desk.dossier, desk.person, typed["question"]),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        rank=24,
        fact="information_asked",
    ),
    Verb(
        "extend",
        gettext_lazy("Extend the delay"),
        gettext_lazy("Once, for an expertise or a public inquiry, no longer than it takes."),
        forms.ExtendForm,
        lambda desk, typed: actions.extend(desk.dossier, desk.person, typed["ground"], typed["days"], typed["reason"]),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        rank=40,
        fact="extended",
        against=_not_extendable,
    ),
    Verb(
        "step",
        gettext_lazy("Record a step"),
        gettext_lazy("What the law of this dossier foresees besides."),
        forms.StepForm,
        lambda desk, typed: actions.record_step(desk.dossier, desk.person, typed["kind"], typed["on"], typed["note"]),
        done=gettext_lazy("The step is recorded."),
        instead=said.step_taken,
        rank=45,
        belongs=_has_steps,
        after=_to_its_letter,
    ),
    TELL_AGAIN,
    Verb(
        "conclude",
        gettext_lazy("Record how it ended"),
        gettext_lazy("What the person asked for was done. Tells the person, and closes the dossier."),
        forms.ConcludeForm,
        lambda desk, typed: actions.record_step(desk.dossier, desk.person, typed["kind"], typed["on"], typed["note"]),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        instead=said.concluded,
        rank=47,
        fact_of=_conclusion,
        choices=lambda desk: forms.steps_now(desk, closing=True),
        belongs=lambda desk: bool(_conclusion(desk)),
        after=_to_its_letter,
    ),
    Verb(
        "appeal",
        gettext_lazy("Register an appeal"),
        gettext_lazy("The person contests, early or after a refusal or a silence. A receipt is given."),
        forms.AppealForm,
        lambda desk, typed: actions.file_appeal(desk.dossier, "", typed["key"], by=desk.person, told=_told(typed)),
        done=gettext_lazy("The appeal is registered: give the receipt."),
        rank=60,
        right=Right.SERVE_AT_COUNTER,
        fact_of=_appeal,
        belongs=_has_appeal,
    ),
    Verb(
        "grievance",
        gettext_lazy("Register a grievance"),
        gettext_lazy("The person asks the council itself to think again (law 41-90, article 23). A receipt is given."),
        forms.ToldForm,
        lambda desk, typed: actions.file_appeal(
            desk.dossier, "", typed["key"], filed="grievance_filed", by=desk.person, told=_told(typed)
        ),
        done=gettext_lazy("The grievance is registered: give the receipt."),
        rank=62,
        right=Right.SERVE_AT_COUNTER,
        fact="grievance_filed",
    ),
    Verb(
        "ask-reasons",
        gettext_lazy("Record a request for reasons"),
        gettext_lazy("After a silence, or a decision taken without its reasons (law 03-01, articles 4 and 5)."),
        forms.ToldForm,
        lambda desk, typed: actions.ask_reasons(desk.dossier, desk.person, _told(typed)),
        done=gettext_lazy("The request for reasons is recorded: give the receipt."),
        rank=64,
        right=Right.SERVE_AT_COUNTER,
        fact="reasons_asked",
    ),
    Verb(
        "give-reasons",
        gettext_lazy("Give the reasons"),
        gettext_lazy("By letter, within fifteen days of the request: the person must have been notified of it."),
        forms.GiveReasonsForm,
        lambda desk, typed: actions.give_reasons(
            desk.dossier, desk.person, desk.fact(typed["asked"]), typed["reasons"]
        ),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        rank=66,
        fact="reasons_given",
    ),
    Verb(
        "withdraw",
        gettext_lazy("Withdraw the request"),
        gettext_lazy("At the word of the person. Closes the dossier."),
        forms.WithdrawForm,
        lambda desk, typed: actions.withdraw(desk.dossier, desk.person, _told(typed)),
        done=gettext_lazy("The request is withdrawn and the dossier closed: give the receipt."),
        rank=80,
        right=Right.SERVE_AT_COUNTER,
        fact="withdrawn",
        danger=True,
    ),
    Verb(
        "withdraw-remedy",
        gettext_lazy("Withdraw a remedy alone"),
        gettext_lazy(
            "At the word of the person. The request goes on; its days are counted as if it had not been filed."
        ),
        forms.WithdrawRemedyForm,
        lambda desk, typed: actions.withdraw_remedy(desk.dossier, desk.person, desk.fact(typed["asked"]), _told(typed)),
        done=gettext_lazy("The remedy is withdrawn, and nobody answers it any more: give the receipt."),
        rank=81,
        right=Right.SERVE_AT_COUNTER,
        fact="remedy_withdrawn",
        danger=True,
    ),
    Verb(
        "misdirected",
        gettext_lazy("Send to who does it"),
        gettext_lazy("It is not for the council: says who does it, by letter, and closes the dossier."),
        forms.MisdirectedForm,
        lambda desk, typed: actions.misdirected(desk.dossier, desk.person, typed["to"], typed["explanation"]),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        rank=82,
        fact="misdirected",
        danger=True,
    ),
    Verb(
        "duplicate",
        gettext_lazy("Close as filed twice"),
        gettext_lazy("The first dossier stays; this one is closed."),
        forms.DuplicateForm,
        _duplicate,
        done=gettext_lazy("This dossier is closed; the first one goes on."),
        instead=said.linked_only,
        rank=84,
        fact="duplicate_of",
        danger=True,
    ),
    Verb(
        "return",
        gettext_lazy("Return the file"),
        gettext_lazy("What was asked for did not come in time."),
        forms.ReturnForm,
        lambda desk, typed: actions.return_file(desk.dossier, desk.person, typed["ground"]),
        done=gettext_lazy("The letter is written. Now it must be signed."),
        rank=86,
        fact="file_returned",
        danger=True,
    ),
)
