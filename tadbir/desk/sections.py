"""The parts of a dossier's page that every matter shares. Each gives nothing where there is nothing to show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft, Scan
from tadbir.acts.signing import signed_words
from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.councils.rights import Right
from tadbir.desk import papers
from tadbir.desk.added import SAME_FILE
from tadbir.desk.asked import answers_in_words
from tadbir.desk.came import came
from tadbir.desk.dossier import Desk
from tadbir.desk.fate import of_act
from tadbir.desk.forms.answer import ScanForm, SignedScanForm
from tadbir.desk.history import detail_of, history
from tadbir.desk.matter import Section, left_out_of, matter_of
from tadbir.desk.next import next_of
from tadbir.desk.persons import people, untold
from tadbir.desk.queries import dossier as read
from tadbir.desk.queries.erasure import GROUNDS, erasure_of
from tadbir.desk.told import notification_struck
from tadbir.desk.words import fact_name, owner_name
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Duty
from tadbir.dossiers.same_file import same_files
from tadbir.dossiers.why import label_of
from tadbir.law.words import beside


def erasure(desk: Desk) -> dict[str, Any] | None:
    """When the personal data went, by whom, on what ground and why; None while they are there."""
    fact = erasure_of(desk.facts) if desk.dossier.erased_at else None
    if fact is None:
        return None
    return {
        "fact": fact,
        "ground": GROUNDS.get(str(fact.data.get("ground")), ""),
        "reason": fact.words.get("reason", ""),
        "registers": fact.data.get("registers", []),
    }


def main_clock(desk: Desk) -> dict[str, Any] | None:
    """The clock that everybody reads first."""
    main = desk.main_clock
    if main is None:
        return None
    return {"clock": main, "sure": _sure(main)}


def _sure(row: Duty) -> date | None:
    """The day after which what the person does is over by every count, where it is not the one that is shown."""
    return row.accept_until if row.owner not in dossiers.OURS and row.accept_until != row.shown_day else None


def missing(desk: Desk) -> dict[str, Any] | None:
    """What was listed as missing and has not come, and what the answers do not reach."""
    party, adopted = desk.dossier.applicant, desk.dossier.sheet and desk.dossier.sheet.is_adopted
    open_now = adopted and not desk.dossier.closed_at
    short = desk.sheet.too_few(desk.dossier.answers, party.kind) if desk.sheet and party and open_now else []
    few = [question.few for question in short]
    return {"missing": desk.missing_documents, "few": few} if desk.missing_documents or few else None


def questions(desk: Desk) -> dict[str, Any] | None:
    """What the council waits for from the person."""
    tried = {one.data.get("asked"): one for one in desk.story.of(SAME_FILE)}
    asked = [
        (fact, fact_name(fact.kind), detail_of(fact, desk.dossier), tried.get(str(fact.pk))) for fact in desk.questions
    ]
    return {"questions": asked} if asked else None


def to_do(desk: Desk) -> dict[str, Any] | None:
    """What must be done now, by whom and by when."""
    found = next_of(desk)
    return {"next": found} if found else None


@dataclass(frozen=True)
class Written:
    """A letter under way, a draft to sign or an act to notify; until when the law allows its step."""

    name: str
    draft: Draft | None = None
    act: Act | None = None
    until: date | None = None


def letters(desk: Desk) -> dict[str, Any] | None:
    """The letters whose step does not stand yet, and those of which nobody recorded that they arrived; None where
    there is none."""
    written = [Written(fact_name(fact), draft, None, desk.until(step)) for fact, (draft, step) in desk.letters.items()]
    back = (draft for draft in desk.unsigned if draft.sent_back_at and papers.step_of(draft) is None)
    written += [Written(fact_name(papers.takes(draft, desk.story)), draft) for draft in back]
    steps = [(act, papers.step_of(act)) for act in desk.acts if act.waits_for_notification]
    running = [(act, step) for act, step in steps if step and desk.may(step.fact, step.data)]
    signed = [Written(fact_name(step.fact), None, act, desk.until(step)) for act, step in running]
    handed = [
        Written(fact_name(one.step), None, one.act) for one in papers.to_hand_over(desk.dossier, desk.story, desk.acts)
    ]
    tells = any(letter.draft and _tells(letter.draft) for letter in written)
    changes = bool(signed) or any(letter.draft and not _tells(letter.draft) for letter in written)
    found = {"written": written, "signed": signed, "handed": handed, "tells": tells, "changes": changes}
    return found if written or signed or handed else None


def _tells(draft: Draft) -> bool:
    """Whether a letter only tells what stands already."""
    step = papers.step_of(draft)
    return step is not None and bool(step.about)


def documents(desk: Desk) -> dict[str, Any]:
    """What was brought, on paper or as files."""
    twins = same_files(desk.documents)
    return {
        "documents": [
            (
                document,
                desk.document_name(document),
                None if document.file_id else ScanForm(auto_id=f"scan{document.pk}_%s"),
                [desk.document_name(other) for other in twins.get(document.pk, [])],
            )
            for document in desk.documents
        ],
        "withdrawn": [(one, desk.document_name(one)) for one in desk.withdrawn_documents],
        "may_open_withdrawn": desk.holds(Right.ANSWER_FOR_ALL),
    }


@dataclass(frozen=True)
class Paper:
    """One official paper of the dossier."""

    act: Act
    name: str
    scan: SignedScanForm | None  # where the scan of the signed paper is awaited
    signed: str  # by whom, how, recorded by whom
    scans: list[Scan]  # of the signed paper, those that were taken away too
    struck: bool  # its notification was struck out
    fate: str  # who had it annulled, when and why


def papers_issued(desk: Desk) -> dict[str, Any]:
    """What the council issued, oldest first."""
    found = []
    for act in desk.acts:
        kind = kind_of(act.kind)
        scan = SignedScanForm(auto_id=f"signed{act.pk}_%s") if act.waits_scan else None
        found.append(
            Paper(
                act,
                in_language(kind.label_ar, kind.label_fr),
                scan,
                signed_words(act),
                list(act.scans.all()),
                notification_struck(act.number, desk.story),
                of_act(act, desk.story),
            )
        )
    return {"papers": found, "may_open_withdrawn": desk.holds(Right.ANSWER_FOR_ALL)}


def asked(desk: Desk) -> dict[str, Any] | None:
    """What is asked, question by question; None where nothing was, or once it was erased."""
    return {"answers": answers_in_words(desk.dossier)} if desk.dossier.answers and not desk.dossier.erased_at else None


def links(desk: Desk) -> dict[str, Any] | None:
    """The dossiers it is linked to, those that this agent may open."""
    found = read.links_of(desk.dossier, dossiers.visible_to(desk.person))
    return {"links": found} if found.out or found.back else None


def clocks(desk: Desk) -> dict[str, Any] | None:
    """The other dates, but those that its matter leaves out, and rights whose time is over.

    Only what the council owes raises an alarm: what somebody else owes, or may do, is told calmly.
    """
    main, left_out = desk.main_clock, left_out_of(desk.dossier)
    found = [
        row
        for row in desk.duties
        if row.over_on is None
        and row.shown_day
        and (row.type == "duty" or (row.type == "right" and row.shown_day >= today()))
        and row.rule not in left_out
        and (main is None or row.pk != main.pk)
    ]
    told = []
    for row in found:
        words = label_of(row)
        title = beside(in_language(words.ar, words.fr), owner_name(row.owner))
        told.append((row, title, row.type != "duty" or row.owner not in dossiers.OURS, _sure(row)))
    return {"clocks": told} if told else None


def given(desk: Desk) -> dict[str, Any] | None:
    """Who asks for the dossier back, until it is sent back or given on."""
    asked, given = desk.story.last("asked_back"), desk.given_by
    return {"asked": asked} if asked and given and asked.pk > given.pk and not desk.dossier.closed_at else None


def opinion_back(desk: Desk) -> dict[str, Any] | None:
    """The question to another unit that came back, until it is asked again or the answer is signed."""
    last = desk.story.last("opinion_asked", "opinion_received", "opinion_returned", "outcome_signed")
    if last is None or last.kind != "opinion_returned" or desk.dossier.closed_at:
        return None
    asked = next((fact for fact in desk.facts if str(fact.pk) == last.data["asked"]), None)
    return {"unit": desk.to_whom(last), "question": read.question_of(asked) if asked else ""}


SHARED = (
    Section("erasure", "desk/sections/erasure.html", erasure, "top", 10),
    Section("given", "desk/sections/given.html", given, "top", 15),
    Section("clock", "desk/sections/clock.html", main_clock, "top", 20),
    Section("next", "desk/sections/next.html", to_do, "top", 25),
    Section("missing", "desk/sections/missing.html", missing, "top", 30),
    Section("questions", "desk/sections/questions.html", questions, "top", 40),
    Section("came", "desk/sections/came.html", came, "top", 42),
    Section("opinion", "desk/sections/opinion.html", opinion_back, "top", 45),
    Section("untold", "desk/sections/untold.html", untold, "top", 50),
    Section("letters", "desk/sections/letters.html", letters, "work", 15),
    Section("verbs", "desk/sections/verbs.html", lambda desk: {}, "work", 20),  # the view gives what is offered
    Section("documents", "desk/sections/documents.html", documents, "work", 60),
    Section("papers", "desk/sections/papers.html", papers_issued, "work", 70),
    Section("people", "desk/sections/people.html", people, "side", 10),
    Section("asked", "desk/sections/asked.html", asked, "side", 20),
    Section("links", "desk/sections/links.html", links, "side", 60),
    Section("clocks", "desk/sections/clocks.html", clocks, "side", 70),
    Section("history", "desk/sections/history.html", history, "foot", 10),
)


@dataclass(frozen=True)
class Shown:
    """A section with what it shows."""

    code: str
    template: str
    context: dict[str, Any]


def sections_of(desk: Desk) -> dict[str, list[Shown]]:
    """The sections of a dossier's page that have something to show, place by place, in their order."""
    found: dict[str, list[Shown]] = {}
    for section in sorted((*SHARED, *matter_of(desk.dossier.kind).sections), key=lambda one: (one.rank, one.code)):
        context = section.context(desk)
        if context is not None:
            shown = Shown(section.code, section.template, dict(context))
            found.setdefault(section.place, []).append(shown)
    return found
