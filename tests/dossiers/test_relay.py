"""A fact relayed over a link: a session that puts a petition on its agenda discharges the petition's duty."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tadbir.dossiers import actions, hooks
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.register.actions import next_number
from tests.factories import Office


@pytest.fixture
def accepting() -> Iterator[None]:
    """The domain that petitions belong to accepts «agenda sent» from the session that hears them."""

    def put_on_agenda(petition: Dossier, fact: Fact) -> None:
        actions.record(petition, "put_on_agenda", at=fact.happened_at, by=fact.by, source="relay", relayed_from=fact)

    hooks.accept_relay("petition", "heard_by:back", "agenda_sent", put_on_agenda)
    yield
    hooks._on_relay.pop(("petition", "heard_by:back", "agenda_sent"))


def make(office: Office, kind: str) -> Dossier:
    with transaction.atomic():
        number = str(next_number("D", 2026))
        return actions.open_dossier(number=number, kind=kind, unit=office.unit, channel="office")


def petition_and_session(office: Office) -> tuple[Dossier, Dossier]:
    petition, session = make(office, "petition"), make(office, "session")
    actions.record(petition, "filed", by=office.clerk, data={"channel": "counter"})
    actions.record(petition, "bureau_accepted", by=office.president)
    actions.record(session, "scheduled", by=office.president, data={"date": "2027-01-12", "type": "ordinary"})
    return petition, session


@pytest.mark.postgres
def test_a_fact_reaches_the_linked_dossier_with_its_source(office: Office, accepting: None) -> None:
    petition, session = petition_and_session(office)
    actions.link(petition, session, "heard_by", office.president)
    sent = actions.record(session, "agenda_sent", by=office.president)
    relayed = Fact.objects.get(dossier=petition, kind="put_on_agenda")
    assert relayed.relayed_from == sent
    assert relayed.happened_at == sent.happened_at
    assert Duty.objects.get(dossier=petition, rule="PET-AGENDA").discharged_on is not None


def test_an_unlinked_dossier_and_an_unaccepted_fact_receive_nothing(office: Office, accepting: None) -> None:
    petition, session = petition_and_session(office)
    actions.record(session, "agenda_sent", by=office.president)
    assert not Fact.objects.filter(dossier=petition, kind="put_on_agenda").exists()
    actions.link(petition, session, "heard_by", office.president)
    actions.record(session, "notice_sent", by=office.president)
    assert not Fact.objects.filter(dossier=petition, relayed_from__isnull=False).exists()


def test_a_relay_that_fails_undoes_the_fact_that_caused_it(office: Office) -> None:
    petition, session = petition_and_session(office)
    actions.link(petition, session, "heard_by", office.president)

    def break_down(_petition: Dossier, _fact: Fact) -> None:
        raise RuntimeError("the other domain broke down")

    hooks.accept_relay("petition", "heard_by:back", "agenda_sent", break_down)
    try:
        with pytest.raises(RuntimeError, match="broke down"):
            actions.record(session, "agenda_sent", by=office.president)
    finally:
        hooks._on_relay.pop(("petition", "heard_by:back", "agenda_sent"))
    assert not Fact.objects.filter(dossier=session, kind="agenda_sent").exists()
