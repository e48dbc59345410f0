"""Power that was written into the tables by hand: it is asked for where it is used, and no page hides that it was."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import translation

from tadbir.acts.models import Act
from tadbir.acts.signing import NoSigningPower, check_power, require_known
from tadbir.councils import actions as councils
from tadbir.councils import trace
from tadbir.councils.clock import today
from tadbir.councils.models import Account, Delegation, Enrolment, Role
from tadbir.councils.rights import Right
from tadbir.desk.actions import powers
from tadbir.desk.actions.enrolling import close_account
from tadbir.operations.differences import in_words
from tadbir.register.models import Entry
from tests.account.conftest import PASSWORD, Agent
from tests.desk.erased import bureau, lived
from tests.factories import Office
from tests.register.tampering import as_json, proved, sql

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
#: Words that change where another one chose them.
OTHER = "cinq mots encore moins ordinaires"


def give_by_hand(office: Office, quality: str) -> Role:
    values = {"person": office.clerk, "quality": quality, "starts_on": date(2026, 11, 1)}
    return Role.objects.bulk_create([Role(council=office.council, **values)])[0]


def test_a_role_written_by_hand_signs_nothing(bureau: Office) -> None:
    honest = check_power(bureau.president, "letter", today())
    require_known(honest.power, today())
    sql("UPDATE councils_role SET ends_on = '2026-11-30' WHERE quality = 'president'")
    role = give_by_hand(bureau, "president")
    power = check_power(bureau.clerk, "letter", today()).power
    with pytest.raises(NoSigningPower) as refused:
        require_known(power, today())
    assert str(refused.value) == str(trace.UNKNOWN)
    assert f"role {role.pk}: stands under no link" in proved()


def test_an_order_widened_by_hand_signs_nothing(bureau: Office) -> None:
    councils.delegate(bureau.president, bureau.head, ["letter"], "3/2026", date(2026, 12, 1))
    require_known(check_power(bureau.head, "letter", date(2026, 12, 1), bureau.unit).power, date(2026, 12, 1))
    sql("UPDATE councils_delegation SET subjects = %s", as_json(["*"]))
    with pytest.raises(NoSigningPower):
        require_known(check_power(bureau.head, "outcome", date(2026, 12, 1), bureau.unit).power, date(2026, 12, 1))


def test_a_role_written_by_hand_gives_no_role_and_annuls_nothing(bureau: Office) -> None:
    councils.require(bureau.director, Right.WRITE_PEOPLE)
    give_by_hand(bureau, "director")
    for right in (Right.WRITE_PEOPLE, Right.CONFIRM_POWERS, Right.RECORD_DELEGATIONS, Right.ERASE_PERSONAL_DATA):
        with pytest.raises(PermissionDenied) as refused:
            councils.require(bureau.clerk, right)
        assert str(refused.value) == str(trace.UNKNOWN)
    councils.require(bureau.clerk, Right.SERVE_AT_COUNTER)
    with pytest.raises(PermissionDenied):
        powers.give_role(bureau.officer, "officer", today(), bureau.unit, None, by=bureau.clerk)
    powers.give_role(bureau.clerk, "officer", today(), bureau.unit, None, by=bureau.director)


def test_a_paper_signed_under_a_role_that_was_taken_away_again_is_named(bureau: Office) -> None:
    lived(bureau)
    assert proved() == []
    act = Act.objects.get(kind="outcome")
    assert act.signed_by is not None
    link = Entry.objects.get(kind="act_issued", about=f"act:{act.number}")
    for quality, by in (("president", bureau.clerk.pk), ("vice_president", act.signed_by.pk)):
        told = {**link.fields["signed"], "quality": quality, "by": by}
        sql("UPDATE register_entry SET fields = %s WHERE id = %s", as_json(link.fields | {"signed": told}), link.pk)
        sql("UPDATE acts_act SET signed_quality = %s, signed_by_id = %s WHERE id = %s", quality, by, act.pk)
        named = [line for line in proved() if "had no such power that day" in line]
        assert [line.partition(":")[0] for line in named] == [f"act {act.number}"]
    with translation.override("fr"):
        assert in_words(named[0]) != named[0]


def test_what_was_written_by_hand_is_not_ended_or_answered_by_a_page(bureau: Office) -> None:
    councils.give_role(bureau.clerk, "officer", date(2026, 12, 1), bureau.unit)
    honest = Role.objects.latest("pk")
    councils.end_role(honest, date(2026, 12, 9), by=bureau.director)
    councils.delegate(bureau.president, bureau.head, ["letter"], "3/2026", date(2026, 12, 1))
    order = Delegation.objects.get()
    councils.end_delegation(order, date(2026, 12, 20), by=bureau.president)
    sql("UPDATE councils_role SET person_id = %s WHERE id = %s", bureau.officer.pk, honest.pk)
    sql("UPDATE councils_delegation SET delegate_id = %s", bureau.clerk.pk)
    before = proved()
    with pytest.raises(PermissionDenied):
        councils.end_role(Role.objects.get(pk=honest.pk), date(2026, 12, 8), by=bureau.director)
    with pytest.raises(PermissionDenied):
        councils.end_delegation(Delegation.objects.get(), date(2026, 12, 8), by=bureau.president)
    councils.record_absence(bureau.head, date(2026, 12, 3), date(2026, 12, 5), by=bureau.director)
    sql("UPDATE councils_person SET absent_until = '2026-12-09' WHERE id = %s", bureau.head.pk)
    with pytest.raises(PermissionDenied):
        councils.record_absence(bureau.head, date(2026, 12, 3), date(2026, 12, 6), by=bureau.director)
    assert set(before) < set(proved())


@pytest.fixture
def agent(bureau: Office) -> Agent:
    cache.clear()
    found = Agent(bureau, bureau.officer)
    assert found.enrol().status_code == 302
    return found


def test_a_password_put_there_by_hand_sets_nothing_and_stays_named_until_the_administrators_link(
    agent: Agent, bureau: Office
) -> None:
    account = agent.person.account
    assert account is not None
    changed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert agent.set_totp().status_code == 302
    assert agent.post("account/password/", changed).status_code == 302  # an honest one
    other = Account(email="x@y.example")
    other.set_password(PASSWORD)
    Authenticator.objects.filter(user=account).delete()
    agent.client.logout()
    sql("UPDATE councils_account SET password = %s WHERE id = %s", other.password, account.pk)
    named = [line for line in proved() if "its password was changed" in line]
    assert named
    assert agent.sign_in(PASSWORD).status_code == 302
    agent.post("account/reauthenticate/", {"password": PASSWORD})
    assert agent.set_totp().status_code == 403
    assert not Authenticator.objects.filter(user=account).exists()
    assert agent.post("account/password/", changed).status_code in (302, 403)
    assert [line for line in proved() if "its password was changed" in line] == named
    agent.client.logout()
    assert agent.enrol(OTHER).status_code == 302
    assert agent.set_totp().status_code == 302
    assert proved() == []


def test_an_address_put_there_by_hand_stays_named_whatever_is_set_anew(agent: Agent, bureau: Office) -> None:
    account = agent.person.account
    assert account is not None
    assert agent.set_totp().status_code == 302
    agent.client.logout()
    sql("UPDATE councils_account SET email = 'other@oed.example' WHERE id = %s", account.pk)
    agent.person.refresh_from_db()
    assert agent.enrol(OTHER).status_code == 302
    close_account(agent.person, bureau.director)
    assert [line.partition(" (link")[0] for line in proved()] == [
        f"account {account.pk} of person {agent.person.pk}: its e-mail is other@oed.example, and that is another one"
    ]


def test_a_factor_changed_by_hand_is_not_taken_away_by_a_page(agent: Agent) -> None:
    account = agent.person.account
    assert account is not None
    assert agent.set_totp().status_code == 302
    row = Authenticator.objects.get(user=account, type="totp")
    sql("UPDATE mfa_authenticator SET data = %s WHERE id = %s", as_json({"secret": "x"}), row.pk)
    with pytest.raises(PermissionDenied):
        Authenticator.objects.get(pk=row.pk).delete()
    codes = Authenticator.objects.get(user=account, type="recovery_codes")
    codes.delete()
    assert any("its secret was changed" in line for line in proved())
    agent.client.logout()
    assert agent.enrol(OTHER).status_code == 302
    assert proved() == []
    assert not Enrolment.objects.filter(used_at__isnull=True).exists()
