"""The trays: dossiers that wait for one thing. A domain adds its own; here stand those of the office.

A tray starts from the few rows that make a dossier wait, each kind under an index that holds no others, never from the
dossiers: what it costs follows the work that waits, not the archive.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from tadbir import law
from tadbir.acts.kinds import notified_kinds
from tadbir.acts.models import Act
from tadbir.councils.clock import today
from tadbir.desk import papers
from tadbir.desk.added import ADDED
from tadbir.desk.matter import Tray, Waiting, trays
from tadbir.desk.queries.signing import unsigned, waiting
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact

#: What a tray counts exactly; beyond, the reader is told «99+».
COUNTED = 99


def waiting_for_person() -> list[Waiting]:
    """Dossiers that wait for something from the person who asked."""
    return [Waiting(Duty.objects.filter(waits=True), "dossier")]


def waiting_signature() -> list[Waiting]:
    """Dossiers with an answer or a letter that is written and not signed."""
    return [Waiting(waiting(), "dossier_ref")]


def sent_back() -> list[Waiting]:
    """Dossiers with a letter that went back without being signed: to be written again, or given up."""
    return [Waiting(unsigned().filter(sent_back_at__isnull=False), "dossier_ref")]


def waiting_notification() -> list[Waiting]:
    """Dossiers with a signed answer or letter of which the person was not notified yet, or whose arrival is not
    recorded."""
    acts = Act.objects.filter(
        kind__in=notified_kinds(), status="valid", signed_on__isnull=False, notified_on__isnull=True
    )
    questions = Duty.objects.filter(Exists(_to_hand_over(law.ASKING, dossier=OuterRef("dossier"))), waits=True)
    return [
        Waiting(acts, "dossier_ref"),
        Waiting(questions, "dossier"),
        Waiting(_to_hand_over({*papers.letters_taken(), "letter_signed"} - set(law.ASKING)), "dossier"),
    ]


def _to_hand_over(kinds: Iterable[str], **of: Any) -> QuerySet[Fact]:
    """What the signature of a letter recorded, where nobody recorded that it arrived: see `papers.to_hand_over`."""
    mine = {"dossier": OuterRef("dossier")}
    later = Fact.objects.filter(**mine, kind__in=papers.LATER, pk__gt=OuterRef("pk"))
    named = Fact.objects.annotate(named=KeyTextTransform("asked", "data")).filter(
        **mine, kind__in=(papers.RECEPTION, *papers.REPLIES), named=Cast(OuterRef("pk"), CharField())
    )
    act = Act.objects.filter(
        number=OuterRef("number"),
        kind__in=papers.handed_kinds(),
        content__erased_at__isnull=True,
        status="valid",
        signed_on__isnull=False,
        notified_on__isnull=True,
    )
    undoing = Fact.objects.filter(
        dossier=OuterRef("dossier"), pk__gt=OuterRef("pk"), kind__in=law.CLOSING_AGAIN, data__sense__in=law.GRANTING
    )
    undone = Q(Exists(_standing(undoing)), kind__in=set(law.CLOSED_UNANSWERED) - set(law.REFUSING))
    found = Fact.objects.annotate(number=KeyTextTransform("act", "data")).filter(
        Exists(act), ~Exists(_standing(named)), ~Exists(_standing(later)), ~undone, kind__in=sorted(kinds), **of
    )
    return _standing(found)


def _standing(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """Those that nobody struck out."""
    return facts.filter(~Exists(Fact.objects.filter(dossier=OuterRef("dossier"), voids=OuterRef("pk"))))


def idle() -> list[Waiting]:
    """Open dossiers in which no duty runs: no other list would show them."""
    return [Waiting(Dossier.objects.filter(idle=True), "pk")]


def opinion_returned() -> list[Waiting]:
    """Dossiers whose question to another unit came back, until it is asked again or the answer is signed."""
    after = Fact.objects.filter(
        dossier=OuterRef("dossier"),
        pk__gt=OuterRef("pk"),
        kind__in=("opinion_asked", "opinion_received", "outcome_signed"),
    )
    return [Waiting(Fact.objects.filter(~Exists(after), kind="opinion_returned"), "dossier")]


def added() -> list[Waiting]:
    """Dossiers to which their person added something that nobody waited for, until the office does something there: all
    its pages say what came, but that of a notification, which names its means."""
    after = Fact.objects.filter(dossier=OuterRef("dossier"), pk__gt=OuterRef("pk"), by__isnull=False)
    after = after.exclude(data__has_key="means")
    found = Fact.objects.filter(~Exists(after), kind__in=ADDED, by__isnull=True)
    return [Waiting(found, "dossier")]


def ownerless() -> list[Waiting]:
    """Dossiers that nobody answers for."""
    return [Waiting(rows, "pk") for rows in (dossiers.left_behind(), dossiers.without_workers())]


def waiting_scan() -> list[Waiting]:
    """Dossiers with a paper taken at the counter, or an answer signed by hand, that was not scanned yet.

    A document without a name was erased: it waits for nothing.
    """
    papers = Document.objects.filter(file__isnull=True, replaced_by__isnull=True, withdrawn=False, name__gt="")
    said = Act.objects.filter(signed_means="wet_ink", status="valid", scan_recognised=False)
    said = said.filter(content__erased_at__isnull=True)
    awaited = said.filter(signed_on__isnull=False, signed_file__isnull=True)
    unlike = said.filter(signed_file__isnull=False, recorded_by__isnull=False)  # those of before stay as they are
    return [Waiting(papers, "dossier"), Waiting(awaited, "dossier_ref"), Waiting(unlike, "dossier_ref")]


def _first(visible: QuerySet[Dossier], waiting: Waiting, many: int) -> QuerySet[Dossier]:
    """At most so many of the dossiers that wait: reading stops there."""
    seen = visible.filter(**{waiting.names: OuterRef(waiting.dossier)})
    # behind a function, else an index that gives the order of all of them is taken for the one that holds those few
    key = Coalesce(waiting.dossier, waiting.dossier)
    rows = waiting.rows.filter(Exists(seen)).order_by().values(waits_for=key).distinct()[:many]
    return Dossier.objects.filter(**{f"{waiting.names}__in": rows})


def _seen(visible: QuerySet[Dossier], tray: Tray) -> QuerySet[Dossier]:
    return visible.filter(closed_at__isnull=True) if tray.still_open else visible


def tray_counts(visible: QuerySet[Dossier]) -> dict[str, int]:
    """How many dossiers lie in each tray, none counted beyond one more than COUNTED, in one query."""
    counts = dict.fromkeys((tray.code for tray in trays()), 0)
    try:
        sql, params = _question(visible)
    except EmptyResultSet:
        return counts
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return counts | {code: min(many, COUNTED + 1) for code, many in cursor.fetchall()}


#: Questions as they were written for those who see the same dossiers on the same day: writing one takes as long as the
#: rest of the page.
_written: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {}


def _question(visible: QuerySet[Dossier]) -> tuple[str, tuple[Any, ...]]:
    seen = visible.order_by().values("pk").query.sql_with_params()
    key = (connection.vendor, today(), tuple(trays()), *seen)
    if key not in _written:
        if len(_written) >= 200:
            _written.clear()
        firsts = [
            _first(_seen(visible, tray), one, COUNTED + 1).annotate(tray=Value(tray.code)).values_list("tray", "pk")
            for tray in trays()
            for one in tray.waiting()
        ]
        sql, params = firsts[0].union(*firsts[1:], all=True).query.sql_with_params()
        _written[key] = (f"SELECT tray, COUNT(DISTINCT pk) FROM ({sql}) AS waiting GROUP BY tray", params)  # noqa: S608
    return _written[key]


def tray_named(code: str) -> Tray | None:
    """One tray of the house."""
    return next((tray for tray in trays() if tray.code == code), None)


def _keys(waiting: Waiting) -> QuerySet[Any, Any]:
    """The keys of all the dossiers that wait so."""
    found = waiting.rows.order_by().values(waiting.dossier)
    return found if waiting.names == "pk" else Dossier.objects.filter(number__in=found).values("pk")


def in_tray(visible: QuerySet[Dossier], tray: Tray) -> QuerySet[Dossier]:
    """The dossiers of a tray, to be put in the order of the day they were opened: that follows what waits, while their
    moment has an index, which leads through the archive."""
    first, *others = (_keys(one) for one in tray.waiting())
    found = _seen(visible, tray).filter(pk__in=first.union(*others, all=True) if others else first)
    return found.select_related("applicant", "request", "unit", "officer").prefetch_related("sheet")
