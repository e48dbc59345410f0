"""The e-mail by which an agent signs in, put right: asked for with a reason, alone or by two people, then moved."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tadbir.councils import queries, trace
from tadbir.councils.actions.correcting import require_reason
from tadbir.councils.actions.enrolling import end_enrolments
from tadbir.councils.actions.office import address_of, pk_of, require, require_if, taken
from tadbir.councils.actions.powers import require_two
from tadbir.councils.clock import now, today
from tadbir.councils.models import Account, Correction, Person
from tadbir.councils.powers import email_shown
from tadbir.councils.rights import Right, weighty
from tadbir.councils.way_in import councils_of


def takes_two(person: Person, by: Person) -> bool:
    """Whether a second person confirms it: he signs or says who signs, now or later, or it is one's own."""
    held = (one.quality for one in queries.all_roles(person) if one.ends_on is None or one.ends_on >= today())
    return person.pk == by.pk or any(map(weighty, held))


@transaction.atomic
def propose_email(person: Person, written: str, reason: str, by: Person, *, shown: str) -> Correction:
    """Keep what the e-mail of an agent should be, and why, until it is moved: at once, or once a second person agrees.

    Raises PermissionDenied; ValidationError without a reason, for an address that is none, the same or taken, while
    another correction waits, and where nobody else could confirm it; Changed when it is otherwise by now.
    """
    require(by, Right.WRITE_PEOPLE)
    person = _locked(person)
    email_shown(person).require(shown)
    said, email = require_reason(reason), _free(person, written)
    if queries.email_changes(person).filter(answered_at__isnull=True).exists():
        raise ValidationError(_("A correction of this e-mail waits for a second person: it is answered first."))
    if takes_two(person, by) and not queries.seconds(by, person, today()).exists():
        told = _(
            "Nobody else here can confirm this e-mail, and this person signs or says who signs. Whoever keeps the "
            "machine corrects it there: tadbir link %(address)s --now %(right)s"
        )
        raise ValidationError(told % {"address": _account(person).email, "right": email})
    words = {"before": {"email": _account(person).email}, "after": {"email": email}, "reason": said}
    return Correction.objects.create(noun=Correction.EMAIL_ASKED, key=person.pk, at=now(), by=by, **words)


@transaction.atomic
def move_email(person: Person, written: str, *, by: Person | None, second: Person | None = None) -> tuple[Account, str]:
    """Move the account of an agent to another e-mail; that account, and which one it had. His one-use links end.

    The register says it of the account, and names who did it. By nobody: on the machine itself. Raises as
    `propose_email`, and PermissionDenied where it takes a second person.
    """
    require_if(by, Right.WRITE_PEOPLE)
    person = _locked(person)
    account, email = _account(person), _free(person, written)
    if by is not None and takes_two(person, by):
        require_two(by, second, person)
    before, account.email = account.email, email
    try:
        with transaction.atomic():
            account.save(update_fields=["email"])  # its link says so (`way_in`)
    except IntegrityError as error:  # taken in this very moment
        raise taken() from error
    end_enrolments(person)
    trace.leave("person_corrected", person=person.pk, since=None, by=pk_of(by), second=pk_of(second))
    return account, before


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).select_related("account").get(pk=person.pk)


def _account(person: Person) -> Account:
    if person.account is None:
        raise ValidationError(_("This person does not sign in."))
    return person.account


def _free(person: Person, written: str) -> str:
    """An address that nobody of the installation signs in with. Raises ValidationError."""
    account, email = _account(person), address_of(written)
    if not email:
        raise ValidationError({"email": _("This is no e-mail address: write it as name@example.ma.")})
    if email == account.email:
        raise ValidationError(_("Nothing is otherwise: there is nothing to correct."))
    if queries.email_taken(email, account.pk):
        raise taken()
    if len(councils_of(account.pk)) > 1:
        raise ValidationError(_("This account serves another council too: its e-mail is not corrected from here."))
    return email
