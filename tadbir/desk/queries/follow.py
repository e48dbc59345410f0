"""Finding a dossier, and what belongs to it, as its person names them."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from tadbir.acts.models import Act
from tadbir.acts.queries import acts_meant
from tadbir.councils.scope import one_of
from tadbir.desk.matter import matters
from tadbir.desk.papers.code import NEW_CODE
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.procedures.queries import kept_version
from tadbir.reading.numbers import DOSSIERS, read_number
from tadbir.register.queries import numbers_meant

_WITH_ROWS = ("applicant", "representative", "request", "unit")
_WITH_ALL = (*_WITH_ROWS, "sheet__unit")


def dossier_by_number(number: str) -> Dossier | None:
    """The dossier of a number as it is printed."""
    found = one_of(Dossier.objects.filter(number=number).select_related(*_WITH_ROWS))
    if found is not None:
        found.sheet = kept_version(found.sheet_id)
    return found


def was_cancelled(dossier: Dossier, number: str) -> bool:
    """Whether this is a paper of the dossier that no longer counts: its person may have been told of it."""
    papers = Act.objects.filter(dossier_ref=dossier.number, number=number)
    return papers.exclude(status=Act.Status.VALID).exists()


def dossiers_meant(typed: str) -> QuerySet[Dossier]:
    """The dossiers that a number may mean as somebody wrote it, the newest first.

    Its own number, that of one of its papers (people copy either), that of a receipt given while the power was out. One
    dossier where the number is whole; without its year, one of each year that gave so many.
    """
    read = read_number(typed)
    if read is None:
        return Dossier.objects.none()
    meant = Q(number__in=numbers_meant(read, [DOSSIERS]))
    if read.series and read.series != DOSSIERS:
        meant |= Q(number__in=[act.dossier_ref for act in acts_meant(read) if act.dossier_ref])
        meant |= Q(pk__in=list(_numbered_otherwise(str(read))) if read.whole else ())
    return Dossier.objects.filter(meant).select_related(*_WITH_ALL).order_by("-opened_at", "-pk")


def _numbered_otherwise(number: str) -> Iterator[int]:
    for matter in matters():
        yield from matter.numbered(number) if matter.numbered else ()


def paper_of_code(dossier: Dossier) -> Act | None:
    """The paper of the newest code of a dossier, where its code was changed."""
    return Act.objects.filter(dossier_ref=dossier.number, kind=NEW_CODE.code).order_by("-pk").first()


def own_paper_of_code(dossier: Dossier) -> Act | None:
    """The paper of the newest code, where its person changed it himself; None where the counter did."""
    last = Fact.objects.filter(dossier=dossier, kind="code_renewed").order_by("-pk").first()
    return paper_of_code(dossier) if last is not None and last.by_id is None else None


def own_document(dossier: Dossier, document: int) -> Document | None:
    """One document that the person brought, with its file."""
    found = Document.objects.filter(dossier=dossier, pk=document).select_related("file")
    return found.exclude(file__isnull=True).first()
