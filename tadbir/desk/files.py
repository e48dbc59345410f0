"""Files that leave: always as attachments, never shown inside our origin, whatever their sender hid in them. Only a
picture that we drew anew from a scan is shown."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tadbir.acts.actions import pdf_of
from tadbir.acts.models import Act, ContentErased
from tadbir.acts.recognition import pictured
from tadbir.register.models import StoredFile
from tadbir.ui.errors import Gone
from tadbir.ui.text import download_name


def attachment(file: StoredFile, name: str, gone: str = "") -> FileResponse:
    """Send a file to be saved: attachment, no sniffing, nothing allowed in it.

    Raises Gone once it was erased; `gone` says of what.
    """
    try:
        stream = file.open()
    except FileNotFoundError as error:
        raise Gone(gone or _("This file was erased as the law on personal data asks.")) from error
    name = download_name(name, file.media_type)
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=file.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def picture(file: StoredFile) -> HttpResponse:
    """A scan as a picture of our own drawing, to be looked at.

    Raises Gone once it was erased, Http404 where nothing can be drawn.
    """
    try:
        drawn = pictured(file)
    except FileNotFoundError as error:
        raise Gone(_("This file was erased as the law on personal data asks.")) from error
    if not drawn:
        raise Http404
    response = HttpResponse(drawn, content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def paper_response(act: Act) -> HttpResponseBase:
    """The sealed PDF of an act. Raises Gone once its text was erased."""
    gone = _("This paper was erased as the law on personal data asks.")
    try:
        return attachment(pdf_of(act), f"{act.number.replace('/', '-')}.pdf", gone)
    except ContentErased as error:
        raise Gone(gone) from error
