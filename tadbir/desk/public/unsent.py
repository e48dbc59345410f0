"""Who closes a shared telephone over what he typed and did not send is asked once what becomes of it.

The button of such a page sends what is typed in its form along (`left`: where that form goes). Nothing is lost unsaid;
once it is closed nothing of it is kept, and the same page sent again, from the history of a browser, shows it no more.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import override

from tadbir.desk.public import access
from tadbir.desk.public.opened import LEFT, LOST, OURS, is_forged
from tadbir.ui.typed import Typed, from_our_own_page, typed_in

#: How the name of a field of files ends (`services.forms.residents.UploadForm`): without its file it says its name.
_FILE = "document"


def ask_before_closing(request: HttpRequest) -> HttpResponse | None:
    """The page that says what was not sent: send it, or throw it away; None where nothing was typed."""
    left = request.POST.getlist(LEFT)[:1]  # of the page that was written on, where an error stands between
    address = _here(left[0]) if left else ""
    sent = typed_in(request) if address and not access.was_closed_from(request) else None
    if sent is None or (is_forged(request) and not from_our_own_page(request)):
        return None
    fields = [(name, value) for name, value in sent.fields if name not in OURS]
    files = [value for name, value in fields if name.endswith(_FILE) and value.strip()]
    typed = Typed(address, [one for one in fields if not one[0].endswith(_FILE)], files + request.POST.getlist(LOST))
    if not (typed.written or typed.files):
        return None
    own = {name for name, _label, _words in typed.written}
    context = {
        "typed": typed,
        "carried": [(name, value) for name, value in typed.fields if name not in own],
        "closing": request.POST.get("closing", ""),
        "keeps_typed": bool(own),
        "typed_goes": True,
    }
    return render(request, "desk/public/unsent.html", context)


def _here(left: str) -> str:
    """An address of ours, in the language of the reader; empty for any other."""
    prefix, path = get_script_prefix(), urlsplit(left).path
    if not path.startswith(prefix):
        return ""
    for code, _name in settings.LANGUAGES:
        try:
            with override(code):
                found = resolve("/" + path.removeprefix(prefix))
            return reverse(found.view_name, args=found.args, kwargs=found.kwargs)
        except (Resolver404, NoReverseMatch):
            continue
    return ""
