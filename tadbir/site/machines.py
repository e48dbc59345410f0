"""What machines ask of a site before anything else: what they need not read, and whom to tell of a weakness."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from tadbir.councils.clock import now
from tadbir.ui.caching import public_page

#: What nobody finds by searching: pages of one person, of agents, of accounts.
PRIVATE = ("account", "follow", "office", "request")
#: How long what it says of the contact is good; it is written anew at every reading.
GOOD_FOR = timedelta(hours=720)


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@public_page(seconds=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """The pages of one person are read by no machine; the others by any. It forbids nothing: the codes do."""
    lines = [f"Disallow: {start}{name}/" for start in ("/", "/*/") for name in PRIVATE]
    return _plain("\n".join(["User-agent: *", *lines, ""]))


@require_safe
@public_page(seconds=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116): whom the installation names, nobody otherwise. Raises Http404."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    good_until = (now() + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    return _plain(f"Contact: {contact}\nExpires: {good_until}\nPreferred-Languages: ar, fr\n")


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security-txt"),
]
