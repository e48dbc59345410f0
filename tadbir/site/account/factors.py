"""Second factors in the register: a passkey, an authenticator or recovery codes that nobody added by a page is named.

allauth writes these rows; here each writing of it leaves its link, in the same transaction.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from tadbir.councils.models import Person
from tadbir.councils.scope import council_scope
from tadbir.councils.way_in import councils_of, keyed, require_known
from tadbir.register import subjects
from tadbir.register.actions import append
from tadbir.register.models import Entry, believed
from tadbir.register.proving import Difference, Told, declare
from tadbir.register.vouched import MARK

#: When the recovery codes were shown opens nothing.
_SAYS_NOTHING = frozenset({"viewed_at"})


def factor_fields(row: Authenticator) -> dict[str, Any]:
    """What the links of a second factor say: whose, of which kind, and its secret under the installation's key."""
    data = {name: value for name, value in row.data.items() if name not in _SAYS_NOTHING}
    secret = keyed("factor", json.dumps(data, sort_keys=True))
    return {"account": row.user_id, "type": str(row.type), "secret": secret}


class Factors(Told):
    """A second factor is the one that its owner added; what he took away is gone."""

    noun, called = "factor", "second factor"
    begins = frozenset({"factor_set"})

    def rows(self) -> QuerySet[Authenticator]:
        return Authenticator.objects.filter(user__in=Person.objects.filter(account__isnull=False).values("account"))

    def titled(self, row: Authenticator) -> str:
        return f"second factor {row.pk} ({row.type}) of account {row.user_id}"

    def says(self, entry: Entry) -> Mapping[str, Any]:
        gone = {"gone": entry.kind == "factor_gone"}
        return gone | {name: value for name, value in entry.fields.items() if name != "factor"}

    def now(self, row: Authenticator) -> Mapping[str, Any]:
        return factor_fields(row) | {"gone": False}

    def worded(self, row: Authenticator, name: str, now: Any, told: Any) -> str:
        changed = {"secret": "its secret was changed", "gone": "was taken away, and stands there again"}
        return changed.get(name) or super().worded(row, name, now, told)

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        names = {link.about for link in links}
        gone = set(believed().filter(kind="factor_gone", about__in=names).values_list("about", flat=True))
        return super().of_links([link for link in links if link.about not in gone])


def _question(
    sender: object, instance: Authenticator, raw: bool = False, update_fields: Any = None, **_more: object
) -> None:
    """Before one is added, changed or taken away: the account, and it itself, are what the register says of them."""
    if raw or (update_fields is not None and set(update_fields) == {"last_used_at"}):
        return
    require_known("account", instance.user_id, instance.user_id)
    if instance.pk and Authenticator.objects.filter(pk=instance.pk).exists():
        require_known("factor", instance.pk, instance.user_id)


def _tell(sender: object, instance: Authenticator, raw: bool, update_fields: Any = None, **_more: object) -> None:
    """One was added, renamed, or a recovery code of it used; that it was used otherwise says nothing."""
    if raw:  # a backup comes back, with its links
        return
    if update_fields is not None and set(update_fields) == {"last_used_at"}:
        return
    told = {"factor": instance.pk, **factor_fields(instance)}
    for council in councils_of(instance.user_id):
        with council_scope(council):
            last = believed().filter(about=f"factor:{instance.pk}").order_by("seq").last()
            if last is None or {**last.fields, MARK: ""} != {**told, MARK: ""}:
                append("factor_set", told)


def _tell_gone(sender: object, instance: Authenticator, **_more: object) -> None:
    for council in councils_of(instance.user_id):
        with council_scope(council):
            append("factor_gone", {"factor": instance.pk})


def declare_all() -> None:
    """What the links of second factors are about, their proof, and what leaves them."""
    subjects.declare("factor", "factor", "factor_set", "factor_gone", "factor_stands")
    declare(Factors())
    pre_save.connect(_question, Authenticator)
    pre_delete.connect(_question, Authenticator)
    post_save.connect(_tell, Authenticator)
    post_delete.connect(_tell_gone, Authenticator)
    # The row and its link in one transaction, whichever page of the library saves it.
    Authenticator.save = transaction.atomic(Authenticator.save)
