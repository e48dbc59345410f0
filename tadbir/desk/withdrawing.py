"""Taking away a document, or the scan of a signed paper, that was put into a dossier by mistake."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tadbir.councils.clock import local_date
from tadbir.desk import actions
from tadbir.desk.dossier import Desk
from tadbir.desk.forms.verbs import withdrawable
from tadbir.desk.verbs import Typed
from tadbir.desk.words import fact_name
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Fact
from tadbir.ui.dates import day_words


def withdraw(desk: Desk, typed: Typed) -> object:
    """Take away what the form names."""
    if scan := desk.scans.get(typed["document"]):
        return actions.withdraw_signed_scan(scan, desk.dossier, desk.person, typed["reason"])
    document = next(one for one in desk.documents if str(one.pk) == typed["document"])
    return dossiers.withdraw_document(document, desk.person, typed["reason"], again=typed["again"])


def page(desk: Desk) -> Mapping[str, Any]:
    """What the page says besides: since when the file is called complete, and each file, to be looked at first."""
    number = desk.dossier.number
    scans = {key: reverse("office-signed-scan", args=[number, scan.pk]) for key, scan in desk.scans.items()}
    files = {str(one.pk): reverse("office-document", args=[number, one.pk]) for one in desk.documents if one.file}
    looks = [(words, (files | scans).get(key, "")) for key, words in withdrawable(desk)]
    completed = completed_with(desk)
    since = day_words(local_date(desk.story.moment(completed))) if completed else ""  # as it was put right
    return {"completed": completed, "since": since, "looks": looks}


def nothing_to_withdraw(desk: Desk) -> list[str]:
    """Why there is nothing to take away, where so."""
    return [] if desk.documents or desk.scans else [_("There is no document in this dossier.")]


def completed_with(desk: Desk) -> Fact | None:
    """The entry that calls the file complete, which a document that goes may belie; None where none is."""
    return desk.story.first("completed") if desk.regime and desk.regime.needs_completion else None


def what_follows(desk: Desk) -> str:
    """What must follow where the file lacks a document and is still called complete; empty where nothing must."""
    if completed_with(desk) is None or not queries.lacking(desk.dossier):
        return ""
    said = _(
        "It is taken away. The file now lacks a required document and is still called complete: the director or the"
        " president must strike out the entry “%(entry)s”."
    )
    return said % {"entry": fact_name("completed")}
