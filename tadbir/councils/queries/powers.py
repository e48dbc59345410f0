"""What gives power, or puts right who somebody is: one-use links, changes that two people decide, corrections."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from tadbir.councils.clock import now
from tadbir.councils.models import Account, Correction, Enrolment, Person, PowerChange
from tadbir.councils.queries.people import people_with
from tadbir.councils.rights import Right, holders
from tadbir.councils.way_in import keyed


def enrolments_of(token: str) -> QuerySet[Enrolment]:
    """The enrolment link with this token, while it is neither used nor too old."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = Enrolment.objects.filter(token_sha256=digest, used_at__isnull=True, expires_at__gt=now())
    return found.select_related("person__account")


def enrolment_of(token: str) -> Enrolment | None:
    """The enrolment link with this token, while it can still be used; asking does not use it."""
    return enrolments_of(token).first()


def waiting_enrolment(person: Person) -> Enrolment | None:
    """The link of a person that waits for a second person to confirm it."""
    found = Enrolment.objects.filter(person=person, waits=True, used_at__isnull=True, expires_at__gt=now())
    return found.select_related("made_by", "person").order_by("-pk").first()


def others_who_enter(qualities: Iterable[str], day: date, but: Person) -> QuerySet[Person]:
    """Those of some qualities, but one, whose account is open: they have chosen how they sign in."""
    found = people_with(qualities, day).exclude(pk=but.pk).filter(account__is_active=True)
    return found.exclude(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)


def seconds(by: Person, person: Person, day: date) -> QuerySet[Person]:
    """Those who can confirm what somebody changes of the powers of another: neither of the two."""
    return others_who_enter(holders(Right.CONFIRM_POWERS), day, by).exclude(pk=person.pk)


def power_changes() -> QuerySet[PowerChange]:
    """The changes of powers that two people decide, the newest first."""
    return PowerChange.objects.select_related("person__account", "made_by", "answered_by").order_by("-pk")


def power_changes_waiting() -> QuerySet[PowerChange]:
    """Those that wait for a second person."""
    return power_changes().filter(answered_at__isnull=True)


def email_changes(person: Person) -> QuerySet[PowerChange]:
    """The corrections of somebody's e-mail that two people decide, the newest first."""
    return power_changes().filter(person=person, kind=PowerChange.Kind.EMAIL_CORRECTED)


def email_asked(row: PowerChange) -> Correction | None:
    """What a change of an e-mail asks for, in clear, as it was asked: the link knows its digest."""
    found = Correction.objects.filter(pk=row.values.get("correction"), key=row.person_id).first()
    return found if found and keyed("email", found.after["email"]) == row.values["email"] else None


def email_taken(email: str, but: int | None = None) -> bool:
    """Whether somebody of this installation, but one account, signs in with this address."""
    others = Q() if but is None else ~Q(pk=but)
    theirs = EmailAddress.objects.filter(email__iexact=email, user__in=Account.objects.filter(others))
    return Account.objects.filter(others, email__iexact=email).exists() or theirs.exists()


def corrections_of(noun: str, keys: Iterable[int]) -> QuerySet[Correction]:
    """What was put right of some rows, the newest first."""
    return Correction.objects.filter(noun=noun, key__in=keys).select_related("by").order_by("-pk")


def last_correction(noun: str, key: int) -> dict[str, Any]:
    """Who put a row of the house right last, and when, for `shown.Shown`; nothing where nobody did."""
    last = corrections_of(noun, [key]).first()
    return {"by": str(last.by), "at": last.at} if last else {}
