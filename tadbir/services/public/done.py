"""After something was done: the page of the dossier, which says it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tadbir.dossiers.models import Dossier, Fact

#: In the address of a dossier: the fact that its person just caused, so that the page says it.
DONE = "done"


def onward(dossier: Dossier, fact: Fact | None) -> HttpResponse:
    """To the page of the dossier, which says what was done."""
    page = reverse("dossier", args=[dossier.number])
    return redirect(f"{page}?{DONE}={fact.pk}#done" if fact else page)
