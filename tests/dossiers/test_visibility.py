"""Who sees and who works on a dossier: each refusal beside its success."""

from datetime import date

import pytest

from tadbir.councils import actions as councils
from tadbir.councils.models import Quality, Role
from tadbir.councils.scope import NoCouncil, council_scope
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Duty, Party
from tadbir.law import HOUSE, OWNERS, PERSONS
from tadbir.law.vocabulary import OTHERS
from tadbir.services.actions import file_request
from tests.factories import SINCE, Office, adopted_loan, loan_filing, make_office


@pytest.mark.postgres
def test_who_sees_and_who_works(office: Office) -> None:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    seeing = {office.president, office.director, office.head, office.officer, office.clerk}
    for person in (*seeing, office.stranger):
        assert queries.visible_to(person).filter(pk=dossier.pk).exists() == (person in seeing)
    working = {office.president, office.director, office.head, office.officer}
    for person in (*seeing, office.stranger):
        assert queries.works_on(person, dossier) == (person in working)


def test_an_ended_role_sees_nothing(office: Office) -> None:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    assert queries.get_visible(office.officer, dossier.number) == dossier
    councils.end_role(Role.objects.get(person=office.officer), date(2026, 11, 30))
    assert queries.get_visible(office.officer, dossier.number) is None


def test_an_administrator_sees_no_dossier(office: Office) -> None:
    file_request(loan_filing(adopted_loan(office)))
    admin = councils.create_person("هشام", "Hicham", "admin@oed.example")
    councils.give_role(admin, Quality.ADMIN, SINCE)
    assert not queries.visible_to(admin).exists()
    assert queries.visible_to(office.director).exists()


@pytest.mark.postgres
def test_another_council_cannot_read_nor_write(office: Office) -> None:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    other = make_office("12.066", "aou")
    with council_scope(other.council):
        assert queries.get_visible(other.president, dossier.number) is None
        assert not Party.objects.exists()
        with pytest.raises(NoCouncil):
            dossier.save()
    assert Dossier.objects.filter(pk=dossier.pk).exists()


@pytest.mark.parametrize("owner", sorted(OWNERS))
def test_what_each_owner_of_the_house_owes_stands_in_its_tray(office: Office, owner: str) -> None:
    """Walks all owners: one added to the law and not to the house would owe duties that nobody sees."""
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    answer = Duty.objects.get(dossier=dossier, rule="PROC-DECIDE")
    Duty.objects.filter(pk=answer.pk).update(owner=owner)
    ours = owner in HOUSE
    assert queries.duties_of(office.officer).filter(pk=answer.pk).exists() == ours
    assert ours == (owner not in PERSONS | OTHERS)
