"""Telling a person what happened to his dossier, by the ways he left, in his language; and an agent."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act
from tadbir.acts.queries import is_notified, printed_base
from tadbir.councils.models import Person
from tadbir.desk.papers.handing import to_hand_over
from tadbir.desk.papers.letters import told_by_letter
from tadbir.desk.told import notified_acts, waits_to_be_told
from tadbir.desk.words import SIGNED
from tadbir.dossiers.clockwork import facts_of
from tadbir.dossiers.models import Dossier, Fact, Party
from tadbir.dossiers.story import Story
from tadbir.notify import ways
from tadbir.notify.actions import queue, settle_all_of, take_back
from tadbir.notify.models import Notice
from tadbir.notify.ways import MAIL, Way
from tadbir.ui.dates import day_words


def tell(
    party: Party | None,
    code: str,
    dossier: Dossier,
    *,
    key: str,
    wait: timedelta = timedelta(0),
    in_hand: bool = False,
    every_way: bool = False,
    **values: str,
) -> Notice | None:
    """Queue a notice inside the caller's transaction; it leaves after commit, once per key.

    `code` names a wording of notify. Somebody who left neither telephone nor e-mail is told by the office: his notice
    lies with those that reached nobody, unless he has `in_hand` what it says. `wait`: how long it may be taken back.
    `every_way`: a receipt, which goes by each way that he left; the copy says nothing new, and waits for nobody.
    """
    if party is None:
        return None
    left = ways.ways_to(party.phone, party.email, mail_first=wants_mail(dossier))
    if in_hand and not left:
        return None
    filled = {"number": dossier.number, "address": printed_base(dossier.council), **values}
    copies = [([way], f"{key}:{way.channel}", True) for way in ways.also_by(left)] if every_way else []
    notice: Notice | None = None
    for to, name, held in [*copies, (left, key, in_hand)]:
        notice = queue(
            code,
            to=to,
            language=party.language,
            values=filled,
            key=name,
            dossier_ref=dossier.number,
            wait=wait,
            in_hand=held,
        )
    return notice


def has_it(party: Party | None, by: Person | None) -> bool:
    """Whether a person has in his hand what was just done for him: an agent handed it over, or he did it himself, reads
    it on his screen, and left nothing to be told by besides."""
    return by is not None or party is None or not (party.phone or party.email)


def wants_mail(dossier: Dossier) -> bool:
    """Whether the person asked for an answer by e-mail: the notices come by it too, before the telephone."""
    sheet = dossier.sheet.parsed if dossier.sheet else None
    return sheet is not None and sheet.answers_by_mail(dossier.answers)


@dataclass(frozen=True)
class Promise:
    """What pages and receipts may promise somebody: `left` whether he left a telephone or an e-mail, `can` whether
    something sent there leaves today, `rehearsal` whether it only lands in a file, `by` the channels of a receipt."""

    left: bool
    can: bool
    rehearsal: bool
    by: tuple[str, ...] = ()


def promise_to(party: Party | None) -> Promise:
    """Whether this person is told when something happens."""
    phone, email = (party.phone, party.email) if party else ("", "")
    usable = [way for way in ways.ways_to(phone, email) if ways.leaves(way)]
    return Promise(bool(phone or email), bool(usable), ways.is_rehearsal(), tuple(way.channel for way in usable))


def why_not_told(party: Party) -> str:
    """Why nothing that is sent reaches this person, in words for the office."""
    left = ways.ways_to(party.phone, party.email)
    if not left:
        return _("This person left neither a telephone nor an e-mail.")
    if any(ways.usable(way) for way in left):
        return _("The council has no way out for what this person left: no modem or no mail server has been set up.")
    return _("Nothing can be sent to the telephone or the e-mail that this person left.")


#: An answer handed over at once needs no notice that it waits.
BEFORE_READY = timedelta(hours=1)


def _ready_key(fact: Fact) -> str:
    return _ready_name(str(fact.data.get("act")))


def _ready_name(number: str) -> str:
    return f"answer_ready:{number}"


def tell_ready(dossier: Dossier, fact: Fact) -> None:
    """The answer is signed: its person is told in an hour that it waits for him, and nothing of what it says."""
    tell(dossier.applicant, "answer_ready", dossier, key=_ready_key(fact), wait=BEFORE_READY)


def tell_letter_ready(dossier: Dossier, fact: Fact) -> None:
    """A letter is signed whose step needs more than its signature, or stood before it: its person is told in an hour
    where to read it; nothing where its domain told just now what the letter says."""
    step = str(fact.data.get("step", ""))
    before = Fact.objects.filter(dossier=dossier, kind="letter_signed", data__step=step, pk__lt=fact.pk)
    said = Notice.objects.filter(dossier_ref=dossier.number, key__startswith=f"{step}:")
    if step in told_by_letter(dossier.kind) and said.exists() and not before.exists():
        return
    tell(dossier.applicant, "letter_ready", dossier, key=_ready_key(fact), wait=BEFORE_READY)


def no_longer_ready(dossier: Dossier, fact: Fact) -> None:
    """It was notified, or its signature was corrected: what has not left stays here.

    Whoever was notified of a paper has more in his hand than all that could not be told him before.
    """
    take_back(_ready_key(fact.voids or fact))
    if fact.voids is None and is_notified(str(fact.data.get("act", ""))):
        settle_all_of(dossier.number)


def heard(dossier: Dossier, fact: Fact) -> None:
    """The person got what the council sent him: what could not be told him before is told; of another letter that waits
    to be handed over, not yet."""
    acts = Act.objects.filter(dossier_ref=dossier.number).select_related("content")
    waiting = to_hand_over(dossier, Story(facts_of(dossier)), acts)
    keys = (key for one in waiting for key in (_ready_name(one.act.number), f"{one.fact.kind}:{one.fact.pk}"))
    settle_all_of(dossier.number, but=keys)


def tell_struck(dossier: Dossier, correction: Fact) -> None:
    """An entry was struck out: whoever was told of it, or reads it on his page, is told; what has not left stays."""
    struck = correction.voids
    assert struck is not None  # noqa: S101 - a correction strikes an entry out
    about = Q(key__endswith=f":{struck.pk}") | Q(key=_ready_key(struck))
    notices = Notice.objects.filter(about, dossier_ref=dossier.number)
    keys = list(notices.values_list("key", flat=True))
    for key in keys:
        take_back(key)
    if _was_in_hand(dossier, struck):
        tell(dossier.applicant, "paper_annulled", dossier, act=struck.data["act"], key=struck_key(correction))
        return
    reads = struck.kind in law.SHOWN_FACTS and struck.pk not in waits_to_be_told(dossier, facts_of(dossier))
    if notices.exists() or (not keys and reads):
        name = law.FACTS[struck.kind]
        french = dossier.applicant is not None and dossier.applicant.language == "fr"
        tell(
            dossier.applicant, "entry_struck", dossier, what=name.fr if french else name.ar, key=struck_key(correction)
        )


def _was_in_hand(dossier: Dossier, struck: Fact) -> bool:
    """Whether this is the signature of a letter that the person was notified of, or that told him what was decided."""
    if struck.kind not in SIGNED:
        return False
    told = struck.data.get("step") in told_by_letter(dossier.kind)
    return told or str(struck.data.get("act")) in notified_acts(facts_of(dossier))


def struck_key(correction: Fact) -> str:
    """The key of the notice of an entry that was struck out: a domain that tells it in words of its own uses it too."""
    return f"entry_struck:{correction.pk}"


def tell_agent(person: Person, code: str, dossier: Dossier, *, key: str, **values: str) -> Notice | None:
    """Queue a mail to an agent about a dossier, once per key; nothing for one who does not sign in."""
    if person.account is None:
        return None
    filled = {"number": dossier.number, "address": f"{printed_base(dossier.council)}/office/", **values}
    return queue(
        code,
        to=[Way(MAIL, person.account.email)],
        language=person.account.language,
        values=filled,
        key=key,
        dossier_ref=dossier.number,
    )


def tell_moved(dossier: Dossier, fact: Fact) -> None:
    """A closed day typed wrong was put right: whoever holds a receipt with the wrong date is told the right one."""
    days = [new for _number, _given, new in fact.data.get("papers", ()) if new]
    if dossier.applicant is None or not days:
        return
    day = day_words(date.fromisoformat(max(days)), dossier.applicant.language)
    tell(dossier.applicant, "date_corrected", dossier, key=moved_key(fact), day=day)


def moved_key(fact: Fact) -> str:
    """The key of the notice of a date that was put right."""
    return f"date_corrected:{fact.pk}"
