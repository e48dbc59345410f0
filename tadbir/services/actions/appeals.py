"""The remedies that a person uses: one tap after a lapse or a refusal, and early too (law 55-19, article 21)."""

from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.acts.models import Draft
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import Person, in_language
from tadbir.desk import notice_words
from tadbir.desk.actions import write_letter
from tadbir.desk.actions.checks import require_asked_here
from tadbir.desk.actions.giving import in_charge
from tadbir.desk.added import additions, said_in
from tadbir.desk.notices import has_it, tell, tell_agent
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.notify.models import Notice
from tadbir.reading.letters import says_something
from tadbir.register.actions import keep_upload, once
from tadbir.services import papers
from tadbir.services.actions.told import Told, keep_paper, record_told, require_told
from tadbir.services.queries.remedies import contestable, ground_of_appeal
from tadbir.services.requests import DOCUMENTS_AT_MOST, NO_ANSWER, TOO_MANY
from tadbir.ui.dates import day_words


def _remedy(dossier: Dossier, filed: str) -> law.Appeal:
    """The remedy that a kind of fact files; that of its own law where none is named. Raises ValidationError where the
    regime has no such one."""
    regime = law.REGIMES[dossier.kind]
    found = regime.remedy(filed) if filed else regime.appeal
    if found is None:
        raise ValidationError(_("This kind of request has no appeal to the president."))
    return found


def _ask_whether_early(story: Story) -> None:
    """Raise ValidationError where something was decided since the day of an appeal: a slip of the date would make it
    one that contests nothing."""
    decided = contestable(story)
    if decided is not None:
        told = _("%(what)s: %(day)s. The appeal bears an earlier day. If it came before, tick here; else correct it.")
        words = law.FACTS[decided.kind]
        said = {"what": in_language(words.ar, words.fr), "day": day_words(local_date(decided.happened_at))}
        raise ValidationError({"early": told % said})


def file_appeal(
    dossier: Dossier,
    text: str,
    key: str,
    *,
    filed: str = "",
    level: str = "president",
    by: Person | None = None,
    told: Told | None = None,
) -> Fact:
    """File an appeal, a complaint to the head or a grievance (`filed`), and give its receipt; a repeated send gives the
    first one back, one with another text raises OtherBody. An early one is accepted.

    An agent (`by`) records what he was `told`; the person himself writes his `text`: none is needed against a silence.
    Raises ValidationError for one that says nothing.
    """

    def do() -> dict[str, Any]:
        day = said.on or today()
        story = Story([one for one in clockwork.facts_of(dossier) if local_date(one.happened_at) <= day])
        against = ground_of_appeal(story, clockwork.may(dossier, appeal.filed, day, story.facts))
        if by is not None and against == "early" and not said.early:
            _ask_whether_early(Story(clockwork.facts_of(dossier)))
        written = text if by else _words(text, against)
        data = {"against": against} | ranked | ({"how": said.how} if by else {})
        kept = {"text": written} if written.strip() else None
        fact = record_told(dossier, appeal.filed, by, said, data, kept)
        keep_paper(dossier, fact, said, "appeal", appeal.name.ar)
        papers.issue_receipt_of(dossier, fact, by)
        held = has_it(dossier.applicant, by)
        _tell_receipt(dossier, fact, held)
        return {"fact": fact.pk}

    said = require_told(dossier, by, told)
    text = said.reason if by else text
    appeal = _remedy(dossier, filed)
    ranked = {"level": level} if "level" in law.FACTS[appeal.filed].keys else {}
    mark = salted_hmac("tadbir.remedy", text.strip(), algorithm="sha256").hexdigest()
    sent = {"dossier": dossier.pk, "filed": appeal.filed, "said": mark} | ranked
    answer = once("appeal", key, sent, do)
    return Fact.objects.get(pk=answer["fact"])


def support_remedy(dossier: Dossier, filed: str, name: str, stream: IO[bytes], size: int) -> Document:
    """Add a document to the remedy of its person that waits: its receipt, and the day that it proves, never wait for
    one. The same file sent twice is kept once. Raises ValidationError where none waits."""
    file = keep_upload(stream, size)
    with transaction.atomic():
        locked = dossiers.lock(dossier)
        remedy, added = _that_waits(locked, filed)
        before = queries.documents(locked).filter(fact__in=[remedy.pk, *(one.pk for one in added)])
        if same := before.filter(file=file).first():
            return same
        if before.count() >= DOCUMENTS_AT_MOST:
            raise ValidationError(TOO_MANY, code="count")
        fact = dossiers.record(locked, "remedy_added", source="online", data={"asked": str(remedy.pk)})
        return dossiers.keep_document(locked, fact, "appeal", name, file)


@transaction.atomic
def add_to_remedy(dossier: Dossier, filed: str, text: str) -> Fact:
    """Words that its person adds to a remedy while it waits, kept beside it with their day: no delay moves.

    The words of the remedy, or of an earlier addition, sent again are that one. Raises ValidationError where none
    waits, nothing is said, or there are too many.
    """
    locked, said = dossiers.lock(dossier), text.strip()
    remedy, added = _that_waits(locked, filed)
    before = [one for one in added if said_in(one)]
    for one in (remedy, *before):
        if said and said == said_in(one).strip():
            return one
    if not says_something(said, words=1):
        raise ValidationError({"text": _("Write what you add, or send a document.")})
    if len(before) >= DOCUMENTS_AT_MOST:
        raise ValidationError({"text": _("You added many times: bring the rest to the counter.")})
    data = {"asked": str(remedy.pk)}
    return dossiers.record(locked, "remedy_added", source="online", data=data, private={"answer": said})


def _that_waits(dossier: Dossier, filed: str) -> tuple[Fact, list[Fact]]:
    """The remedy of a locked dossier that waits, and what was added to it. Raises ValidationError where none waits; one
    that was taken back stops with its request."""
    story = Story(clockwork.facts_of(dossier))
    waiting = story.waiting(filed)
    if not waiting or dossier.closed_by_kind in law.CLOSED_UNANSWERED or dossier.erased_at is not None:
        raise ValidationError(NOT_WAITING)
    return waiting[-1], additions(story, waiting[-1])


def _tell_receipt(dossier: Dossier, fact: Fact, held: bool) -> None:
    """The receipt of a remedy, or of a request for reasons, by its name and with the day of its answer, by every way
    that the person left."""
    tell(
        dossier.applicant,
        "appeal_receipt",
        dossier,
        key=f"appeal:{fact.pk}",
        in_hand=held,
        every_way=True,
        what=notice_words.remedy_named(dossier, fact.kind),
        answer=notice_words.answer_started_by(dossier, fact),
    )


#: Said of a document that comes for a remedy that is answered, or was never filed.
NOT_WAITING = gettext_lazy("No remedy waits for an answer here: bring this document to the counter.")
#: Letters of the shortest text that an appeal may be.
SHORTEST_APPEAL = 3


def _words(text: str, against: str) -> str:
    """What an appeal says: nobody reads an empty one."""
    if against == "lapse" and not text.strip():
        return str(NO_ANSWER)
    if sum(sign.isalpha() for sign in text) < SHORTEST_APPEAL:
        raise ValidationError({"text": _("Say what you contest, in a few words.")})
    return text.strip()


@transaction.atomic
def ask_reasons(dossier: Dossier, by: Person | None = None, told: Told | None = None) -> Fact:
    """After an implied refusal, ask for its reasons (law 03-01, article 5): the person, or an agent who was `told`.

    They are asked for once: the person who sends it again gets what he sent first.
    """
    said = require_told(dossier, by, told)
    waiting = Story(clockwork.facts_of(dossiers.lock(dossier))).waiting("reasons_asked")
    if by is None and waiting:
        return waiting[-1]
    kept = {"reason": said.reason.strip()} if said.reason.strip() else None
    fact = record_told(dossier, "reasons_asked", by, said, {"how": said.how} if by else {}, kept)
    keep_paper(dossier, fact, said, "reasons", "طلب مكتوب لبيان الأسباب")
    papers.issue_receipt_of(dossier, fact, by)
    _tell_receipt(dossier, fact, has_it(dossier.applicant, by))
    return fact


@transaction.atomic
def give_reasons(dossier: Dossier, person: Person, asked: Fact, reasons: str) -> Draft:
    """Write the letter that gives the reasons (law 03-01, articles 4 and 5): they are given once it is notified."""
    dossiers.require_work(person, dossier)
    require_asked_here(dossier, asked)
    if not says_something(reasons):
        raise ValidationError({"reasons": _("Give the reasons, in fact and in law (law 03-01).")})
    words = {"reason": reasons.strip()}
    return write_letter(dossier, person, "reasons_given", data={"asked": str(asked.pk)}, words=words)


#: What a person files that must be answered on a day of its own, often after its dossier was done with.
FILED = frozenset({"reasons_asked", *(one.filed for regime in law.REGIMES.values() for one in regime.answered)})


def tell_filed(dossier: Dossier, fact: Fact) -> None:
    """A remedy was filed, or reasons were asked for: whoever is in charge is told, unless he recorded it himself."""
    for person in in_charge(dossier):
        if person.pk != fact.by_id:
            what = notice_words.remedy_named(dossier, fact.kind, person.account.language if person.account else "")
            tell_agent(person, "remedy_came", dossier, key=f"remedy_came:{fact.pk}:p{person.pk}", what=what)


def tell_of_lapse(dossier: Dossier, fact: Fact) -> None:
    """When the council's delay lapses, the person is told, with the remedy if it opens one (called by `tick`)."""
    if fact.data.get("owner") in law.PERSONS:
        return
    opens = law.opens_remedy(str(fact.data.get("rule")), dossier.kind)
    before = notice_words.before(dossier, fact)
    code = "lapsed" if opens else "aim_passed" if law.REGIMES[dossier.kind].aim else "late"
    notice = tell(dossier.applicant, code, dossier, key=f"lapsed:{fact.pk}", before=before)
    if notice is not None and notice.status == Notice.Status.QUEUED:  # of the lapse that was just recorded: no question
        dossiers.record(dossier, "person_told_of_lapse", source="tick", data={"lapse": str(fact.pk)}, check=False)
