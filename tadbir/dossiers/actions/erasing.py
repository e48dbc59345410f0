"""Erase what a dossier says of people; what happened, and when, stays (law 09-08, articles 3 and 8)."""

from django.db.models import Q

from tadbir.dossiers.models import Document, Dossier, Fact, Party
from tadbir.register.actions import erase_content, erase_files, keep_content
from tadbir.register.models import Content, StoredFile

#: What is left in each personal column of somebody.
_NOTHING = {name: None if Party._meta.get_field(name).null else "" for name in Party.personal}


def erase_private(dossier: Dossier, ground: str) -> None:
    """Erase the request, the people, the words kept with each fact, names and files of the documents.

    In the caller's transaction, on a dossier that it has locked. Facts, dates, duties and links stay. `ground` is a
    few words of law, never a name: it enters the chain.
    """
    if dossier.request_id is None:
        dossier.request = keep_content({})
        dossier.save(update_fields=["request"])
    said = Fact.objects.filter(dossier=dossier, content__isnull=False).values("content")
    contents = Content.objects.filter(Q(pk=dossier.request_id) | Q(pk__in=said), erased_at__isnull=True)
    for content in contents.order_by("pk"):
        erase_content(content, ground)
    _forget_people(dossier)
    Document.objects.filter(dossier=dossier).update(name="")
    files = StoredFile.objects.filter(pk__in=Document.objects.filter(dossier=dossier).values("file"))
    erase_files(list(files.order_by("pk")), ground)
    dossier.refresh_from_db()


def _forget_people(dossier: Dossier) -> None:
    """Empty the rows of its people; a row that another dossier still needs is left to it."""
    for role in ("applicant", "representative"):
        party = getattr(dossier, f"{role}_id")
        if party is None:
            continue
        others = Dossier.objects.filter(Q(applicant=party) | Q(representative=party), request__erased_at__isnull=True)
        if others.exclude(pk=dossier.pk).exists():
            Dossier.objects.filter(pk=dossier.pk).update(**{role: None})
        else:
            Party.objects.filter(pk=party).update(**_NOTHING)
