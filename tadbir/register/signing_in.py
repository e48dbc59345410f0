"""How somebody signs in: accounts and one-use links. Whoever puts his own password there signs in like its owner."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from tadbir.councils.actions.enrolling import made_fields
from tadbir.councils.models import Account, Enrolment, Person
from tadbir.councils.way_in import way_in
from tadbir.register import subjects
from tadbir.register.models import Entry
from tadbir.register.proving import Told, declare
from tadbir.register.standing import stands


class Accounts(Told):
    """An account has the e-mail, the password and the state that the register saw last."""

    noun = "account"
    begins = frozenset({"sign_in_set"})

    def rows(self) -> QuerySet[Account]:
        served = Person.objects.filter(account=OuterRef("pk")).order_by("pk")
        rows = Account.objects.filter(pk__in=Person.objects.filter(account__isnull=False).values("account"))
        return rows.annotate(person=Subquery(served.values("pk")[:1]))

    def titled(self, row: Account) -> str:
        return f"account {row.pk} of person {row.person}"  # type: ignore[attr-defined]  # annotated

    def says(self, entry: Entry) -> Mapping[str, Any]:
        return {name: value for name, value in entry.fields.items() if name != "account"}

    def now(self, row: Account) -> Mapping[str, Any]:
        return {name: value for name, value in way_in(row).items() if name != "account"}

    def worded(self, row: Account, name: str, now: Any, told: Any) -> str:
        if name == "password":
            return "its password was changed, and no link says so"
        if name == "email":
            return f"its e-mail is {row.email}, and that is another one"
        return super().worded(row, name, now, told)


class Enrolments(Told):
    """A one-use link was made by whom the register says, for whom, until when; used, it stays used."""

    noun, called = "enrolment", "enrolment link"
    untold = frozenset({"over"})
    begins = frozenset({"enrolment_made"})

    def rows(self) -> QuerySet[Enrolment]:
        return Enrolment.objects.all()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        if entry.kind == "enrolment_confirmed":
            return {"waits": False, "confirmed_by": entry.fields["by"]}
        if entry.kind in ("enrolment_used", "enrolment_refused", "enrolment_ended"):
            return {"over": True}
        made = {"confirmed_by": None} if entry.kind == "enrolment_made" else {}
        told = {name: value for name, value in entry.fields.items() if name != "enrolment"}
        if not told.get("over"):  # taken over while it was open: it may have ended since
            told.pop("over", None)
        return made | told

    def now(self, row: Enrolment) -> Mapping[str, Any]:
        told = {name: value for name, value in made_fields(row).items() if name != "enrolment"}
        return told | {"confirmed_by": row.confirmed_by_id, "over": row.used_at is not None}

    def besides(self, row: Enrolment, links: Sequence[Entry]) -> Iterator[str]:
        if row.used_at is not None:
            return
        if Enrolment.objects.filter(person=row.person_id, pk__gt=row.pk).exists():
            yield "is open again, and a newer link had ended it"
        closed = Entry.objects.filter(kind="account_closed", seq__gt=links[0].seq)
        if any(link.fields.get("person") == row.person_id for link in closed):
            yield "is open, and its account was closed since it was made"


def opens(row: Enrolment) -> bool:
    """Whether the register knows a one-use link as it stands; one that was written or opened again by hand is none."""
    return stands("enrolment", row.pk)


def declare_all() -> None:
    """What the links of sign-in are about, and their proofs."""
    subjects.declare("account", "account", "sign_in_set", "account_stands")
    made, answered = ("enrolment_made", "enrolment_stands"), ("enrolment_confirmed", "enrolment_refused")
    subjects.declare("enrolment", "enrolment", *made, *answered, "enrolment_used", "enrolment_ended")
    declare(Accounts(), Enrolments())
