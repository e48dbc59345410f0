"""The code under which a person follows his dossier: given again, or changed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.acts.models import Act
from tadbir.councils import limits
from tadbir.councils.actions import require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.desk.codes import FIRST_VERSION, draw_version, follow_code
from tadbir.desk.notices import has_it, tell
from tadbir.desk.papers.code import issue_code_paper
from tadbir.desk.shown import confirm
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.actions import without
from tadbir.ui.limited import refusal


def _require_identity(clerk: Person, dossier: Dossier, seen: str) -> None:
    require(clerk, Right.GIVE_CODE)
    dossiers.require_sight(clerk, dossier)
    if not seen.strip():
        raise PermissionDenied(_("See an identity document first."))


@transaction.atomic
def reprint_code(dossier: Dossier, clerk: Person, identity_kind: str) -> str:
    """Give the code again once the clerk has seen who asks. Raises PermissionDenied away from the counter."""
    _require_identity(clerk, dossier, identity_kind)
    dossiers.record(dossier, "code_reprinted", by=clerk, source="counter", data={"seen": identity_kind})
    return follow_code(dossier)


@transaction.atomic
def change_code(dossier: Dossier, clerk: Person, reason: str, identity_kind: str) -> Act:
    """Give another code at the counter, on a paper of its own; the one before opens nothing any more.

    Raises PermissionDenied away from the counter, or without a document seen.
    """
    _require_identity(clerk, dossier, identity_kind)
    return _change(dossier, reason, clerk, identity_kind)


@transaction.atomic
def change_own_code(dossier: Dossier, *, shown: str) -> Act:
    """Give another code to whoever opened his dossier with the one before.

    Raises Changed when something happened since his page was read, TooMany after three in one day.
    """
    confirm(dossier, shown, person=True)
    if limits.too_many("new_codes", dossier.number):
        raise refusal(
            "new_codes",
            gettext_lazy(
                "The code was changed several times today. Change it again from %(time)s, or come to the counter."
            ),
        )
    return _change(dossier, "person", None)


def _change(dossier: Dossier, reason: str, by: Person | None, seen: str = "") -> Act:
    """One code after the other: the dossier is locked while a version is drawn that it never had.

    What was to leave with the code in it leaves without; the notice that it was changed does not bear it.
    """
    dossiers.lock(dossier)
    renewed = Fact.objects.filter(dossier=dossier, kind="code_renewed")
    version = draw_version(dossier, [FIRST_VERSION, *(fact.data["code_version"] for fact in renewed)])
    fact = dossiers.change_code(dossier, version, reason, by=by, seen=seen)
    without(dossier.number, "follow_code", {"ar": "على وصلكم الأخير", "fr": "sur votre dernier récépissé"})
    tell(
        dossier.applicant, "code_renewed", dossier, key=f"code_renewed:{fact.pk}", in_hand=has_it(dossier.applicant, by)
    )
    return issue_code_paper(dossier, by)
