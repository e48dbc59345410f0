"""Files leave as attachments, never shown inside our origin: a file may hold what its sender hid in it."""

from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tadbir.acts.actions import pdf_of
from tadbir.acts.models import ContentErased
from tadbir.dossiers.models import Dossier
from tadbir.services.public.access import with_dossier
from tadbir.services.public.follow import own_paper
from tadbir.services.queries import residents
from tadbir.ui.errors import Gone
from tadbir.ui.text import download_name


def attachment(stream: IO[bytes], name: str, media_type: str) -> FileResponse:
    """Send a file to be saved: attachment, no sniffing, nothing allowed in it."""
    name = download_name(name, media_type)
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
@with_dossier
def paper(request: HttpRequest, dossier: Dossier, act: str) -> HttpResponseBase:
    """The sealed PDF of a receipt, a letter or an answer."""
    found = own_paper(dossier, act)
    try:
        return attachment(pdf_of(found).open(), f"{found.number.replace('/', '-')}.pdf", "application/pdf")
    except (ContentErased, FileNotFoundError) as error:
        raise Gone(_("This paper was erased as the law on personal data asks.")) from error


@require_GET
@with_dossier
def own_file(request: HttpRequest, dossier: Dossier, document: int) -> HttpResponseBase:
    """A document that the person brought."""
    found = residents.own_document(dossier, document)
    if found is None or found.file is None:
        raise Http404
    if dossier.erased_at is not None:
        raise Gone(_("This file was erased as the law on personal data asks."))
    try:
        return attachment(found.file.open(), found.name, found.file.media_type)
    except FileNotFoundError as error:
        raise Gone(_("This file was erased as the law on personal data asks.")) from error
