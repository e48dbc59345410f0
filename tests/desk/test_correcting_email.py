"""The e-mail of an agent is put right: with a reason and a trace; for somebody who signs by two people."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from tadbir.councils import actions as councils
from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.models import Account, Correction, Person, PowerChange
from tadbir.councils.powers import email_shown, power_shown
from tadbir.councils.queries import enrolment_of
from tadbir.desk.actions import powers
from tadbir.notify.models import Notice
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tests.desk.office_desk import address, opens, sign_in
from tests.factories import Office, make_office

pytestmark = pytest.mark.postgres
OLD, NEW = "clerk@oed.example", "kawtar@oed.example"
RIGHT = {"email": NEW, "reason": "خطأ في الكتابة"}


def whole() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


def told(code: str) -> set[str]:
    return set(Notice.objects.filter(code=code).values_list("recipient", flat=True))


def page_of(office: Office, person: Person) -> str:
    return address(office.council, "office-person-email", person.pk)


def email_of(person: Person) -> str:
    return Account.objects.get(pk=person.account_id).email


def test_the_email_of_an_agent_is_put_right(office: Office) -> None:
    opens(office.clerk)
    director = sign_in(office.director)
    EmailAddress.objects.create(user_id=office.clerk.account_id, email=OLD, primary=True, verified=True)
    token = make_enrolment(office.clerk)
    page = page_of(office, office.clerk)
    text = director.get(address(office.council, "office-person-name", office.clerk.pk)).content.decode()
    assert (f'action="{page}"' in text, OLD in text) == (True, True)
    answer = director.post(page, {**RIGHT, "email": " Kawtar@OED.example "}, follow=True)
    assert "صُحح البريد" in answer.content.decode()

    assert (email_of(office.clerk), PowerChange.objects.count()) == (NEW, 0)
    assert list(EmailAddress.objects.values_list("user_id", "email")) == [(office.clerk.account_id, NEW)]
    assert enrolment_of(token) is None
    for email, opens_it in ((OLD, False), (NEW, True)):
        found = authenticate(None, email=email, password="quatre mots bien differents")  # of `opens`
        assert (found is not None) == opens_it, email
    here, away = Notice.objects.get(code="email_here"), Notice.objects.get(code="email_away")
    assert (here.recipient, away.recipient) == (NEW, OLD)
    for notice in (here, away):
        assert office.director.name_ar in notice.body
        assert RIGHT["reason"] in notice.body
        assert NEW not in notice.body  # the old address may be a stranger's
    link, set_ = Entry.objects.get(kind="person_corrected"), Entry.objects.filter(kind="sign_in_set").latest("seq")
    assert (link.fields["person"], link.fields["by"], link.fields["second"]) == (
        office.clerk.pk,
        office.director.pk,
        None,
    )
    assert (set_.fields["account"], NEW in str(set_.fields)) == (office.clerk.account_id, False)
    assert whole() == []
    text = director.get(address(office.council, "office-person-name", office.clerk.pk)).content.decode()
    assert (OLD in text, RIGHT["reason"] in text) == (True, True)


def test_what_is_refused_changes_nothing(office: Office) -> None:
    director, page = sign_in(office.director), page_of(office, office.clerk)
    assert sign_in(office.head).post(page, RIGHT).status_code == 403
    other = make_office("12.066", "aou")
    assert sign_in(other.director).post(page, RIGHT).status_code == 403
    taken = director.post(page, RIGHT | {"email": "DIRECTOR@aou.example"})
    assert (taken.status_code, "يفتح حسابا موجودا" in taken.content.decode()) == (422, True)
    EmailAddress.objects.create(user_id=other.clerk.account_id, email="other@aou.example", primary=True)
    for wrong in ({"email": "other@aou.example"}, {"email": OLD}, {"email": ""}, {"email": "x@"}, {"reason": ""}):
        answer = director.post(page, RIGHT | wrong)
        assert answer.status_code == 422, wrong
    assert director.post(page, {**RIGHT, "shown": ""}).status_code == 422
    assert (email_of(office.clerk), Correction.objects.count(), Notice.objects.count()) == (OLD, 0, 0)


def test_an_account_of_two_councils_is_not_moved_from_one(office: Office) -> None:
    other = make_office("12.066", "aou")
    person = Person.objects.create(account=other.clerk.account, name_ar="منتحل", name_fr="Imposteur")
    with pytest.raises(ValidationError):
        powers.correct_email(person, NEW, "خطأ", office.director, shown=email_shown(person).token)
    assert email_of(other.clerk) == "clerk@aou.example"


def test_whoever_comes_too_late_reads_who_did_it_and_when(office: Office, admin: Person) -> None:
    first, late, page = sign_in(office.director), sign_in(admin), page_of(office, office.clerk)
    name = address(office.council, "office-person-name", office.clerk.pk)
    shown = email_shown(Person.objects.select_related("account").get(pk=office.clerk.pk)).token
    assert late.get(name).status_code == 200
    assert first.post(page, RIGHT).status_code == 302
    lost = late.post(page, RIGHT | {"email": "third@oed.example", "shown": shown})
    said = lost.content.decode()
    assert (lost.status_code, str(office.director) in said, "على الساعة" in said) == (409, True, True)
    assert email_of(office.clerk) == NEW


def test_somebody_who_signs_takes_a_second_person(office: Office, admin: Person) -> None:
    opens(office.president)
    old, new = email_of(office.head), "head.right@oed.example"
    asks, page = sign_in(admin), page_of(office, office.head)
    token = make_enrolment(office.head)
    with pytest.raises(PermissionDenied):
        councils.move_email(office.head, new, by=admin)
    said = asks.post(page, RIGHT | {"email": new}, follow=True).content.decode()
    assert "ينتظر هذا شخصا ثانيا" in said
    row = PowerChange.objects.get()
    assert email_of(office.head) == old
    assert enrolment_of(token) is not None
    assert told("power_waits") == {f"{who}@oed.example" for who in ("head", "president", "director")}
    assert not any(new in one.body for one in Notice.objects.all())
    asked = Entry.objects.get(kind="power_asked").fields
    assert (new in str(asked), asked["made_by"]) == (False, admin.pk)
    assert asks.post(page, RIGHT | {"email": "again@oed.example"}).status_code == 422  # one waits

    answer = address(office.council, "office-power", row.pk)
    confirms = sign_in(office.director)
    text = confirms.get(answer).content.decode()
    assert (old in text, new in text, RIGHT["reason"] in text) == (True, True, True)
    assert asks.post(answer, {"answer": "confirm"}).status_code in (403, 422)  # never who asked
    with pytest.raises(PermissionDenied):
        powers.answer(row, admin, refuse=False, shown=power_shown(row).token)
    with pytest.raises(PermissionDenied):
        councils.move_email(office.head, new, by=admin, second=admin)
    assert email_of(office.head) == old
    assert whole() == []
    assert confirms.post(answer, {"answer": "confirm"}).status_code == 302
    assert (email_of(office.head), enrolment_of(token)) == (new, None)
    assert (told("email_here"), told("email_away")) == ({new}, {old})
    assert told("power_changed") == {"president@oed.example", "admin@oed.example"}
    body = Notice.objects.get(code="email_here").body
    assert (str(admin) in body, str(office.director) in body) == (True, True)
    link = Entry.objects.get(kind="person_corrected").fields
    assert (link["by"], link["second"]) == (admin.pk, office.director.pk)
    assert whole() == []


def test_a_second_person_refuses_it(office: Office, admin: Person) -> None:
    page = page_of(office, office.head)
    assert sign_in(admin).post(page, RIGHT).status_code == 302
    answer = address(office.council, "office-power", PowerChange.objects.get().pk)
    assert sign_in(office.director).post(answer, {"answer": "refuse"}).status_code == 302
    assert email_of(office.head) == "head@oed.example"
    text = sign_in(admin).get(address(office.council, "office-person-name", office.head.pk)).content.decode()
    assert NEW not in text
    assert sign_in(admin).post(page, RIGHT).status_code == 302  # asked anew
    assert whole() == []


def test_an_address_taken_while_it_waits_is_refused_then(office: Office, admin: Person) -> None:
    assert sign_in(admin).post(page_of(office, office.head), RIGHT).status_code == 302
    councils.create_person("كوثر", "Kawtar", NEW)
    row = PowerChange.objects.get()
    answer = sign_in(office.director).post(address(office.council, "office-power", row.pk), {"answer": "confirm"})
    assert (answer.status_code, "يفتح حسابا موجودا" in answer.content.decode()) == (422, True)
    row.refresh_from_db()
    assert (row.answered_at, email_of(office.head)) == (None, "head@oed.example")


def test_nobody_corrects_his_own_alone(office: Office, admin: Person) -> None:
    with pytest.raises(PermissionDenied):
        councils.move_email(admin, NEW, by=admin)
    assert sign_in(admin).post(page_of(office, admin), RIGHT).status_code == 302
    assert email_of(admin) == "admin@oed.example"
    row = PowerChange.objects.get()
    with pytest.raises(PermissionDenied):
        powers.answer(row, admin, refuse=False, shown=power_shown(row).token)
    powers.answer(row, office.director, refuse=False, shown=power_shown(row).token)
    assert email_of(admin) == NEW


def test_where_nobody_else_can_confirm_it_the_machine_does(office: Office, capsys: Any) -> None:
    answer = sign_in(office.director).post(page_of(office, office.president), RIGHT)
    text = answer.content.decode()
    assert (answer.status_code, "tadbir link president@oed.example --now" in text) == (422, True)
    assert Correction.objects.count() == 0
    with pytest.raises(CommandError):
        call_command("link", "president@oed.example", now="director@oed.example")
    call_command("link", "president@oed.example", now=NEW)
    token = capsys.readouterr().out.strip().rstrip("/").rpartition("/")[2]
    assert (email_of(office.president), councils.use_enrolment(token)) == (NEW, office.president)
    assert (told("email_here"), told("email_away")) == ({NEW}, {"president@oed.example"})
    assert Entry.objects.get(kind="person_corrected").fields["by"] is None
    assert whole() == []


def test_what_was_changed_by_hand_while_it_waits_does_not_hold(office: Office, admin: Person) -> None:
    assert sign_in(admin).post(page_of(office, office.head), RIGHT).status_code == 302
    asked = Correction.objects.get()
    Correction.objects.filter(pk=asked.pk).update(after={"email": "stranger@oed.example"})
    row = PowerChange.objects.get()
    with pytest.raises(ValidationError):
        powers.answer(row, office.director, refuse=False, shown=power_shown(row).token)
    assert email_of(office.head) == "head@oed.example"
