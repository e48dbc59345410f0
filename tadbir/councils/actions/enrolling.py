"""Sign-in links: made, confirmed by a second person where they open a signature, used once."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import queries, trace
from tadbir.councils.actions.office import require
from tadbir.councils.clock import now, today
from tadbir.councils.models import Enrolment, Person
from tadbir.councils.powers import traced
from tadbir.councils.rights import Right
from tadbir.councils.shown import Line, Shown

ENROLMENT_LIFE = timedelta(days=3)


@transaction.atomic
def make_enrolment(person: Person, *, by: Person | None = None) -> str:
    """Make a one-use enrolment token for a person; only its hash is kept. Older links of his end with it.

    For somebody who signs it opens nothing until a second person has confirmed it (`confirm_enrolment`); made on the
    machine itself (`by` is None) it opens at once: whoever holds the machine holds everything. Raises
    PermissionDenied; ValidationError where nobody else could confirm it.
    """
    waits = False
    if by is not None:
        require(by, Right.WRITE_PEOPLE)
        waits = signs(person)
    if waits and by is not None and not queries.seconds(by, person, today()).exists():
        told = _(
            "Nobody else here can confirm this link, and this person signs. Whoever keeps the machine makes it there: "
            "tadbir link %(address)s"
        )
        raise ValidationError(told % {"address": person.account.email if person.account else ""})
    end_enrolments(person)
    token = secrets.token_urlsafe(24)
    row = Enrolment.objects.create(
        person=person,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        expires_at=now() + ENROLMENT_LIFE,
        made_by=by,
        waits=waits,
    )
    trace.leave("enrolment_made", **made_fields(row))
    return token


def end_enrolments(person: Person) -> None:
    """End the links of a person that nobody used; the register says it of each. Inside the caller's transaction."""
    ended = Enrolment.objects.filter(person=person, used_at__isnull=True)
    for row in ended.select_for_update(of=("self",)).order_by("pk"):
        Enrolment.objects.filter(pk=row.pk).update(used_at=now())
        trace.leave("enrolment_ended", enrolment=row.pk)


def made_fields(row: Enrolment) -> dict[str, Any]:
    """What the register says of a link when it is made: whose, until when, and the hash of what opens it."""
    return {
        "enrolment": row.pk,
        "person": row.person_id,
        "by": row.made_by_id,
        "waits": row.waits,
        "token": row.token_sha256,
        "expires": row.expires_at,
    }


def signs(person: Person) -> bool:
    """Whether somebody may sign today for the council."""
    return queries.holds(person, Right.SIGN, today())


def waiting_shown(row: Enrolment) -> Shown:
    """What the page of a person displays of the link that waits for a second person."""
    lines = [Line("made", _("Made by"), str(row.made_by or ""), f"{row.pk}:{row.waits}:{row.used_at}")]
    return traced(Shown(f"enrolment:{row.person_id}", lines), {"made": f"enrolment:{row.pk}"})


@transaction.atomic
def confirm_enrolment(row: Enrolment, by: Person, *, refuse: bool = False, shown: str) -> Enrolment:
    """Let a link that waits open, or end it: a second person's word, never that of whoever made it.

    The register names both. Raises PermissionDenied; ValidationError for a link that waits no more; Changed when
    another one was made meanwhile.
    """
    require(by, Right.CONFIRM_POWERS)
    row = Enrolment.objects.select_for_update(of=("self",)).select_related("made_by", "person").get(pk=row.pk)
    waiting_shown(row).require(shown)
    if not refuse:
        trace.require_known("enrolment", row.pk)
    if not row.waits or row.used_at is not None or row.expires_at <= now():
        raise ValidationError(_("This link waits for nobody any more."))
    if by.pk in (row.made_by_id, row.person_id) and not refuse:
        raise PermissionDenied(_("Whoever made a link, or gets it, does not confirm it: another person must."))
    both = {"enrolment": row.pk, "person": row.person_id, "made_by": row.made_by_id, "by": by.pk}
    if refuse:
        row.used_at = now()
        trace.leave("enrolment_refused", **both)
    else:
        row.waits, row.confirmed_by = False, by
        trace.leave("enrolment_confirmed", **both)
    row.save(update_fields=["used_at", "waits", "confirmed_by"])
    return row


def use_enrolment(token: str) -> Person | None:
    """Use an enrolment token once; None when it is unknown, used, too old or not confirmed."""
    with transaction.atomic():
        found = queries.enrolments_of(token).filter(waits=False).select_for_update(of=("self",)).first()
        if found is None or not trace.stands("enrolment", found.pk):
            return None
        Enrolment.objects.filter(pk=found.pk).update(used_at=now())
        trace.leave("enrolment_used", enrolment=found.pk)
    return found.person
