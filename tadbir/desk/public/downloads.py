"""The papers and files of a dossier, for whoever opened it with its code."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tadbir.desk.files import attachment, paper_response
from tadbir.desk.followed import Followed
from tadbir.desk.public.opened import with_dossier
from tadbir.desk.queries.follow import own_document, was_cancelled
from tadbir.dossiers.models import Dossier
from tadbir.ui.errors import Gone


@require_safe
@with_dossier
def paper(request: HttpRequest, dossier: Dossier, act: str) -> HttpResponseBase:
    """The sealed PDF of a receipt, a letter or an answer that this person may fetch."""
    found = next((one for one in Followed(dossier).papers if one.number == act), None)
    if found is None:
        if was_cancelled(dossier, act):
            raise Gone(_("This paper was cancelled before it reached you: it counts for nothing."))
        raise Http404
    return paper_response(found)


@require_safe
@with_dossier
def own_file(request: HttpRequest, dossier: Dossier, document: int) -> HttpResponseBase:
    """A document that the person brought."""
    found = own_document(dossier, document)
    if found is None or found.file is None:
        raise Http404
    if dossier.erased_at is not None:
        raise Gone(_("This file was erased as the law on personal data asks."))
    if found.withdrawn:
        raise Gone(_("This document was withdrawn: it did not belong to this dossier."))
    return attachment(found.file, found.name)
