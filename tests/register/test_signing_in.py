"""How somebody signs in is proved: what a page does leaves its link, what SQL does is named."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import serializers
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.clock import now
from tadbir.councils.models import Account, Enrolment
from tadbir.councils.scope import council_scope
from tadbir.desk.actions.enrolling import close_account, make_link
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Document, Dossier, Link
from tadbir.operations.differences import in_words
from tadbir.register.actions import Drill
from tadbir.register.baseline import lay_baseline
from tadbir.register.models import Entry, StoredFile
from tadbir.register.upgrades import waits_for_migrate
from tadbir.services import actions as services
from tests.account.conftest import PASSWORD, Agent, code_of
from tests.desk.erased import bureau, lived
from tests.factories import Office, loan_filing
from tests.register.tampering import as_json, proved, sql
from tests.register.test_every_column import undone

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
#: Words that change where another one chose them.
OTHER = "cinq mots encore moins ordinaires"


@pytest.fixture
def agent(bureau: Office, settings: Any) -> Agent:
    """Somebody who has opened his account, with one-time codes and recovery codes."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    cache.clear()
    found = Agent(bureau, bureau.officer)
    assert found.enrol().status_code == 302
    assert found.set_totp().status_code == 302
    return found


def recovery_code(account: int) -> str:
    row = Authenticator.objects.get(user=account, type="recovery_codes")
    return str(row.wrap().get_unused_codes()[0])


def test_what_the_pages_of_sign_in_do_accuses_nobody(agent: Agent, bureau: Office, settings: Any) -> None:
    account = agent.person.account
    assert account is not None
    assert proved() == []
    changed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert agent.post("account/password/", changed).status_code == 302
    assert proved() == []
    agent.client.logout()
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[::-1]  # Django hashes it anew when it is typed next
    before, links = Account.objects.get(pk=account.pk).password, Entry.objects.filter(kind="sign_in_set").count()
    assert agent.sign_in(OTHER).status_code == 302
    assert Account.objects.get(pk=account.pk).password != before
    assert Entry.objects.filter(kind="sign_in_set").count() == links + 1
    assert agent.post("account/security/code/", {"code": recovery_code(account.pk)}).status_code == 302
    assert agent.get("office/").status_code == 200
    assert proved() == []
    links = Entry.objects.count()
    Authenticator.objects.get(user=account, type="totp").record_usage()
    Authenticator.objects.get(user=account, type="recovery_codes").wrap().mark_as_viewed()
    assert (proved(), Entry.objects.count()) == ([], links)
    passkey = Authenticator.objects.create(user=account, type="webauthn", data={"name": "a", "credential": {"id": "x"}})
    passkey.data["name"] = "b"
    passkey.save()
    assert proved() == []
    passkey.delete()
    close_account(agent.person, bureau.director)
    make_link(agent.person, bureau.director)
    make_enrolment(agent.person)
    assert proved() == []
    said = as_json(list(Entry.objects.values_list("fields", flat=True)))
    assert (account.email in said, "pbkdf2" in said, agent.secret in said) == (False, False, False)


def named(change: Callable[[], None]) -> str:
    """What the proof says of one change that nobody made by a page; it is undone."""
    with undone():
        change()
        found = proved()
    assert found, "nothing was named"
    assert all(in_words(line) for line in found)
    return "\n".join(found)


def test_what_was_written_behind_the_pages_is_named(agent: Agent, bureau: Office) -> None:
    account, person = agent.person.account, agent.person.pk
    assert account is not None
    clerk = bureau.clerk.account_id
    factor = Authenticator.objects.get(user=account, type="totp").pk
    codes = Authenticator.objects.get(user=account, type="recovery_codes")
    agent.client.logout()
    agent.sign_in()
    agent.post("account/security/code/", {"code": recovery_code(account.pk)})
    codes.refresh_from_db()
    passkey = Authenticator.objects.create(user=account, type="webauthn", data={"name": "a", "credential": {}})
    row = {name: getattr(passkey, name) for name in ("pk", "user_id", "type", "data")}
    passkey.delete()
    make_link(bureau.clerk, bureau.director)
    make_enrolment(bureau.clerk)
    first = Enrolment.objects.filter(person=bureau.clerk).earliest("pk")
    used = Enrolment.objects.get(person=person)
    assert proved() == []
    accounts, factors, links = "councils_account", "mfa_authenticator", "councils_enrolment"
    since = "(link "
    for statement, values, told in (
        (f"UPDATE {accounts} SET password = %s WHERE id = %s", ("x", account.pk), "its password was changed"),
        (f"UPDATE {accounts} SET email = %s WHERE id = %s", ("a@b.example", account.pk), "its e-mail is a@b.example"),
        (f"UPDATE {accounts} SET is_active = %s WHERE id = %s", (False, account.pk), "active is False, the register"),
        (f"UPDATE {factors} SET data = %s WHERE id = %s", (as_json({"secret": "mine"}), factor), "its secret was"),
        (f"UPDATE {factors} SET user_id = %s WHERE id = %s", (clerk, factor), f"account is {clerk}"),
        (
            f"UPDATE {factors} SET data = %s WHERE id = %s",
            (as_json({**codes.data, "used_mask": 0}), codes.pk),
            f"second factor {codes.pk} (recovery_codes) of account {account.pk}: its secret was",
        ),
        (f"DELETE FROM {factors} WHERE id = %s", (factor,), f"second factor {factor}: is not there"),
        (f"UPDATE {links} SET person_id = %s WHERE id = %s", (person, first.pk), f"person is {person}"),
        (f"UPDATE {links} SET used_at = NULL WHERE id = %s", (used.pk,), f"enrolment link {used.pk}: over is False"),
        (f"UPDATE {links} SET used_at = NULL WHERE id = %s", (first.pk,), "is open again, and a newer link"),
        (f"UPDATE {links} SET token_sha256 = %s WHERE id = %s", ("0" * 64, first.pk), "token is '0000"),
    ):
        found = named(lambda statement=statement, values=values: sql(statement, *values))  # type: ignore[misc]
        assert (told in found, since in found) == (True, True), (told, found)

    def put_back() -> None:
        Authenticator.objects.bulk_create([Authenticator(**row)])

    def add_factor() -> None:
        Authenticator.objects.bulk_create([Authenticator(user_id=clerk, type="totp", data={"secret": "mine"})])

    def add_link() -> None:
        values = {"person": bureau.president, "token_sha256": "1" * 64, "expires_at": now()}
        Enrolment.objects.bulk_create([Enrolment(council=bureau.council, **values)])

    assert "was taken away, and stands there again" in named(put_back)
    assert "stands under no link" in named(add_factor)
    assert "stands under no link" in named(add_link)
    assert proved() == []


def test_a_link_opened_again_after_its_account_was_closed_is_named_and_opens_nothing(
    agent: Agent, bureau: Office
) -> None:
    clerk = Agent(bureau, bureau.clerk)
    address = f"account/enrol/{make_link(clerk.person, bureau.director)}/"
    assert clerk.get(address).status_code == 200
    close_account(clerk.person, bureau.director)
    row, links = Enrolment.objects.get(person=clerk.person), "councils_enrolment"
    assert (Entry.objects.filter(kind="enrolment_ended").count(), proved()) == (1, [])
    sql(f"UPDATE {links} SET used_at = NULL WHERE id = %s", row.pk)
    assert f"enrolment link {row.pk}: over is False" in "".join(proved())
    sql("UPDATE register_entry SET about = '', kind = 'older' WHERE kind = 'enrolment_ended'")  # closed by an older one
    assert f"enrolment link {row.pk}: is open, and its account was closed" in "".join(proved())
    typed = {"password1": OTHER, "password2": OTHER}
    assert (clerk.get(address).status_code, clerk.post(address, typed).status_code) == (410, 410)
    assert clerk.enrol().status_code == 302  # by a new one


def test_names_and_types_of_documents_and_ties_of_dossiers_are_proved(bureau: Office) -> None:
    dossier = lived(bureau)
    assert dossier.sheet is not None
    second = services.file_request(loan_filing(dossier.sheet)).dossier
    tie = dossiers.link(second, dossier, "same_matter", bureau.clerk)
    dossiers.link(second, dossier, "same_matter", bureau.clerk)
    assert (Entry.objects.filter(kind="dossiers_linked").count(), proved()) == (1, [])
    paper, kept = Document.objects.filter(dossier=dossier).earliest("pk"), StoredFile.objects.earliest("pk")
    said = as_json(list(Entry.objects.values_list("fields", flat=True)))
    assert (bool(paper.name), paper.name in said) == (True, False)
    what = f"document {paper.pk} of {dossier.number}: is called “x”"
    assert what in named(lambda: sql("UPDATE dossiers_document SET name = 'x' WHERE id = %s", paper.pk))
    kind = "application/zip"
    change = "UPDATE register_storedfile SET media_type = %s WHERE id = %s"
    assert f"its type is {kind}, its bytes are" in named(lambda: sql(change, kind, kept.pk))
    told = f"the tie of dossier {second.number} to dossier {dossier.number}: how is 'duplicate_of'"
    assert told in named(lambda: sql("UPDATE dossiers_link SET kind = 'duplicate_of' WHERE id = %s", tie.pk))
    assert f"tie of dossiers {tie.pk}: is not there" in named(lambda: sql("DELETE FROM dossiers_link"))

    def add_tie() -> None:
        Link.objects.bulk_create(
            [Link(council=bureau.council, source=dossier, target=second, kind="appeal_of", made_at=now())]
        )

    assert "stands under no link" in named(add_tie)
    with transaction.atomic():
        dossiers.erase_private(Dossier.objects.get(pk=dossier.pk), "09-08, 8")
    assert proved() == []
    assert "has a name again" in named(lambda: sql("UPDATE dossiers_document SET name = 'x' WHERE id = %s", paper.pk))


def test_a_name_is_proved_after_the_words_of_the_request_were_put_right(bureau: Office) -> None:
    dossier = lived(bureau)
    assert dossier.sheet is not None
    paper = Document.objects.filter(dossier=dossier).earliest("pk")
    dossiers.correct_particulars(dossier, bureau.clerk, {"subject": "كراسي وطاولات"}, "خطأ في الموضوع")
    assert proved() == []
    assert "is called" in named(lambda: sql("UPDATE dossiers_document SET name = 'x' WHERE id = %s", paper.pk))


def test_an_older_register_takes_over_how_people_sign_in_once(agent: Agent, bureau: Office) -> None:
    dossier = lived(bureau)
    second = services.file_request(loan_filing(dossier.sheet)).dossier  # type: ignore[arg-type]
    dossiers.link(second, dossier, "same_matter", bureau.clerk)
    lay_baseline()
    new = ("sign_in_set", "factor_set", "factor_gone", "enrolment_used", "dossiers_linked")
    # What an older program would have left: the same rows, and no link that speaks of them.
    sql(f"UPDATE register_entry SET about = '', kind = 'older' WHERE kind IN ({', '.join(['%s'] * len(new))})", *new)
    sql("UPDATE register_entry SET about = '', kind = 'older' WHERE kind LIKE 'enrolment%%'")
    for noun in ("account", "factor", "enrolment", "dossier_link", "documents"):
        sql("UPDATE register_entry SET about = '', kind = 'older' WHERE about = %s", f"baseline:{noun}")
    for entry in Entry.objects.filter(kind="documents_kept"):
        lines = [line[:3] for line in entry.fields["documents"]]
        sql(
            "UPDATE register_entry SET fields = %s WHERE id = %s",
            as_json({**entry.fields, "documents": lines}),
            entry.pk,
        )
    assert waits_for_migrate()
    assert lay_baseline() > 0
    assert not waits_for_migrate()
    rows = [line for line in proved() if not line.startswith("link ")]  # links were changed by hand above
    assert rows == []
    paper = Document.objects.filter(dossier=dossier).earliest("pk")
    assert "is called" in named(lambda: sql("UPDATE dossiers_document SET name = 'x' WHERE id = %s", paper.pk))
    assert "its password was changed" in named(lambda: sql("UPDATE councils_account SET password = 'x'"))
    make_enrolment(agent.person)  # ends a link that was taken over while it was open
    assert [line for line in proved() if not line.startswith("link ")] == []
    assert lay_baseline() == 0


def test_in_a_drill_people_sign_in_and_change_nothing(agent: Agent, bureau: Office, settings: Any) -> None:
    account = agent.person.account
    assert account is not None
    before = Account.objects.get(pk=account.pk).password
    settings.PASSWORD_HASHERS, settings.DRILL = settings.PASSWORD_HASHERS[::-1], True
    there = Agent(bureau, agent.person)
    there.client = Client()
    assert there.sign_in().status_code == 302
    cache.clear()
    assert there.post("account/security/code/", {"code": code_of(agent.secret)}).status_code == 302
    assert there.get("office/").status_code == 200
    assert Account.objects.get(pk=account.pk).password == before
    account.set_password(OTHER)
    with pytest.raises(Drill):
        account.save()
    with council_scope(bureau.council):
        assert (Account.objects.get(pk=account.pk).password, proved()) == (before, [])


def test_rows_that_come_back_from_a_backup_leave_no_link(agent: Agent, bureau: Office) -> None:
    account = Account.objects.get(pk=agent.person.account_id)
    rows = serializers.serialize("jsonl", [account, *Authenticator.objects.filter(user=account)])
    links = Entry.objects.count()
    for item in serializers.deserialize("jsonl", rows):
        item.save()
    assert (Entry.objects.count(), proved()) == (links, [])
    account.save()
    assert Entry.objects.count() == links + 1
