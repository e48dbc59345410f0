"""After something was done: the page of the dossier, which says it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tadbir.dossiers.models import Document, Dossier, Fact

#: In the address of a dossier: the fact that its person just caused, so that the page says it; the documents that he
#: sent and that were here already.
DONE, HERE = "done", "here"


def onward(dossier: Dossier, fact: Fact | None, here: Iterable[Document] = ()) -> HttpResponse:
    """To the page of the dossier, which says what was done, and which files were here already."""
    page, said = reverse("dossier", args=[dossier.number]), [(DONE, fact.pk)] if fact else []
    said += [(HERE, one.pk) for one in here]
    return redirect(f"{page}?{urlencode(said)}#done" if said else page)


def here_already(request: HttpRequest, documents: Iterable[Document]) -> list[str]:
    """The names of the documents that were sent a moment ago and were here already."""
    said = request.GET.getlist(HERE)
    return [row.name for row in documents if str(row.pk) in said]
