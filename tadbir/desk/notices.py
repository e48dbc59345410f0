"""Telling a person what happened to his dossier, by text message, else by e-mail, in his language; and an agent."""

from tadbir.acts.queries import printed_base
from tadbir.councils.models import Person
from tadbir.dossiers.models import Dossier, Party
from tadbir.notify.actions import queue
from tadbir.notify.models import Notice


def tell(party: Party | None, code: str, dossier: Dossier, *, key: str, **values: str) -> Notice | None:
    """Queue a notice inside the caller's transaction; it leaves after commit, once per key.

    `code` names a wording of notify. Nothing is queued for somebody who left neither telephone nor e-mail: he
    has his receipt and the counter.
    """
    if party is None or not (party.phone or party.email):
        return None
    channel, recipient = ("text", party.phone) if party.phone else ("mail", party.email)
    filled = {"number": dossier.number, "address": printed_base(dossier.council), **values}
    return queue(
        code,
        channel=channel,
        recipient=recipient,
        language=party.language,
        values=filled,
        key=key,
        dossier_ref=dossier.number,
    )


def tell_agent(person: Person, code: str, dossier: Dossier, *, key: str, **values: str) -> Notice | None:
    """Queue a mail to an agent about a dossier, once per key; nothing for one who does not sign in."""
    if person.account is None:
        return None
    filled = {"number": dossier.number, "address": f"{printed_base(dossier.council)}/office/", **values}
    return queue(
        code,
        channel="mail",
        recipient=person.account.email,
        language=person.account.language,
        values=filled,
        key=key,
        dossier_ref=dossier.number,
    )
