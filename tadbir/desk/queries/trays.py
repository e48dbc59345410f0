"""The trays: dossiers that wait for one thing. A domain adds its own; here stand those of the office."""

from django.db.models import Count, F, Q, QuerySet, Value

from tadbir.acts.models import Act
from tadbir.acts.models import Draft as ActDraft
from tadbir.desk.matter import Tray, trays
from tadbir.desk.papers import KINDS
from tadbir.dossiers.models import Document, Dossier, Duty
from tadbir.law import PERSONS


def waiting_for_person(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers that wait for something from the person who asked."""
    open_ones = Duty.objects.filter(over_on__isnull=True)
    stopped = open_ones.filter(is_suspended=True).values("dossier")  # two questions: each has an index that answers it
    theirs = open_ones.filter(type="duty", owner__in=PERSONS).values("dossier")
    return visible.filter(Q(pk__in=stopped) | Q(pk__in=theirs), closed_at__isnull=True)


def waiting_signature(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers whose answer is written and not signed."""
    drafts = ActDraft.objects.filter(kind__in=KINDS, signed_on__isnull=True, act__isnull=True)
    return visible.filter(closed_at__isnull=True, number__in=drafts.values("dossier_ref"))


def waiting_notification(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers whose answer is signed and whose person was not notified yet."""
    acts = Act.objects.filter(kind__in=KINDS, status="valid", notified_on__isnull=True)
    return visible.filter(number__in=acts.values("dossier_ref"))


def waiting_scan(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with a paper taken at the counter, or an answer signed by hand, that was not scanned yet.

    A document without a name was erased: it waits for nothing.
    """
    papers = Document.objects.filter(file__isnull=True, replaced_by__isnull=True, withdrawn=False, name__gt="")
    said = Act.objects.filter(signed_means="wet_ink", scan_recognised=False, status="valid")
    acts = said.filter(Q(signed_file__isnull=True) | Q(recorded_by__isnull=False), content__erased_at__isnull=True)
    return visible.filter(Q(pk__in=papers.values("dossier")) | Q(number__in=acts.values("dossier_ref")))


def tray_counts(visible: QuerySet[Dossier]) -> dict[str, int]:
    """How many dossiers lie in each tray, in one query."""
    counted = [
        tray.find(visible)
        .order_by()
        .values(council_id_=F("council_id"))
        .annotate(tray=Value(tray.code), many=Count("pk"))
        .values("tray", "many")
        for tray in trays()
    ]
    rows = counted[0].union(*counted[1:], all=True)
    return dict.fromkeys((tray.code for tray in trays()), 0) | {row["tray"]: row["many"] for row in rows}


def tray_named(code: str) -> Tray | None:
    """One tray of the house."""
    return next((tray for tray in trays() if tray.code == code), None)


def in_tray(visible: QuerySet[Dossier], tray: Tray) -> QuerySet[Dossier]:
    """The dossiers of a tray."""
    return tray.find(visible).select_related("applicant", "request", "sheet", "unit", "officer")
