"""The last day of a role comes before nothing that was signed or recorded under it, and the refusal says which day is
the latest."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Person, PowerChange, Quality, Role
from tadbir.councils.powers import power_shown
from tadbir.desk.actions import powers
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office, adopted_loan, loan_filing


def role_of(person: Person) -> Role:
    return Role.objects.get(person=person)


def test_a_last_day_before_what_the_officer_recorded_is_refused_with_the_latest(office: Office, admin: Person) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2026-12-03 10:00")):
        asked = desk.ask_opinion(dossier, office.officer, office.other_unit, "ما رأيكم؟")
    with simulated(at("2026-12-10 10:00")):
        role = role_of(office.officer)
        browser, form = sign_in(admin), {"ends_on": "2026-12-02", "to": "", "sure": "on"}
        page = address(office.council, "office-end-role", office.officer.pk, role.pk)
        refused = browser.post(page, form)
        assert (refused.status_code, "2026" in refused.content.decode()) == (422, True)
        with pytest.raises(ValidationError, match="3 دجنبر 2026.*" + dossier.number):
            powers.end_role(role, date(2026, 12, 2), admin, give=False)
        other = councils.give_role(office.officer, Quality.CLERK, SINCE, ends_on=date(2026, 12, 3))
        powers.end_role(role, date(2026, 12, 2), admin, give=False)  # another role of his held that day
        assert Role.objects.get(pk=role.pk).ends_on == date(2026, 12, 2)
        with pytest.raises(ValidationError, match="3 دجنبر 2026"):
            powers.end_role(other, date(2026, 12, 1), admin, give=False)
        desk.correct_entry(asked, office.director, "لم يكن ينبغي له ذلك")
        powers.end_role(other, date(2026, 12, 1), admin, give=False)  # nothing stands after it
        assert Role.objects.get(pk=other.pk).ends_on == date(2026, 12, 1)


def test_it_is_asked_again_when_a_second_person_confirms(office: Office, admin: Person) -> None:
    role = role_of(office.head)
    with simulated(at("2026-12-10 10:00")):
        change = powers.end_role(role, date(2026, 12, 9), admin, give=False)
        assert change
        dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
        desk.ask_opinion(dossier, office.head, office.other_unit, "ما رأيكم؟")
        shown = power_shown(PowerChange.objects.get(pk=change.pk)).token
        with pytest.raises(ValidationError, match="10 دجنبر 2026"):
            powers.answer(change, office.director, refuse=False, shown=shown)
        later = powers.end_role(role, date(2026, 12, 10), admin, give=False)
        assert later
        powers.answer(later, office.director, refuse=False, shown=power_shown(later).token)
        assert Role.objects.get(pk=role.pk).ends_on == date(2026, 12, 10)


def test_an_order_of_the_president_ends_after_what_was_signed_under_it(office: Office, admin: Person) -> None:
    councils.delegate(office.president, office.head, ["outcome"], "8/2026", SINCE)
    order = office.head.delegations.get()
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2026-12-03 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, "granted", "قرر المجلس إعارتكم الخيام.")
        desk.sign_outcome(draft, dossier, office.head, office.head, means="session")
    with simulated(at("2026-12-10 10:00")):
        with pytest.raises(ValidationError, match="3 دجنبر 2026"):
            powers.end_delegation(order, date(2026, 12, 2), office.president)
        powers.end_delegation(order, date(2026, 12, 3), office.president)
        order.refresh_from_db()
        assert order.ends_on == date(2026, 12, 3)
