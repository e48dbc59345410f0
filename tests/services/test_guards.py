"""What may not be done in another's name, or before it could be: each refusal beside its success."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated, today
from tadbir.councils.models import Quality
from tadbir.desk.actions import ask_opinion, give_opinion
from tadbir.services import actions
from tadbir.services.actions.paper import key_in_receipt, print_block
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

CLUB = {"kind": "association", "name": "الجمعية الرياضية للداخلة", "phone": "+212612345678", "email": ""}
HE = {"kind": "person", "name": "محمد العلوي", "phone": "+212612345678", "email": "m.alaoui@example.ma"}


@pytest.mark.parametrize(
    ("who", "other", "same"),
    [
        (CLUB, {}, True),
        (CLUB, {"name": "الجمعيّة  الرياضية للداخلة", "phone": ""}, True),
        (CLUB, {"phone": "+212698765432"}, False),
        (CLUB, {"name": "جمعية أخرى"}, False),
        (HE, {}, True),
        (HE, {"phone": ""}, True),  # his e-mail says it
        (HE, {"email": ""}, True),  # his telephone says it
        (HE, {"phone": "", "email": ""}, False),  # two people may have one name
        (HE, {"phone": "+212698765432", "email": ""}, False),
        (HE | {"email": ""}, {"phone": "", "email": "m.alaoui@example.ma"}, False),
        (HE | {"identity_kind": "cnie", "identity_seen_on": date(2026, 12, 1)}, {"phone": "", "email": ""}, False),
        (HE, {"name": "محمد العلوي الإسماعيلي"}, False),
    ],
)
def test_only_what_the_same_person_filed_twice_is_closed(
    office: Office, who: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    filing = loan_filing(adopted_loan(office))
    he = replace(filing.applicant, **who)
    first = actions.file_request(replace(filing, applicant=he)).dossier
    second = actions.file_request(replace(filing, applicant=replace(he, **other))).dossier
    if same:
        actions.mark_duplicate(second, office.officer, first)
        second.refresh_from_db()
        assert second.closed_at is not None
        return
    for _twice in range(2):
        assert actions.mark_duplicate(second, office.officer, first) is None
    for one in (first, second):
        one.refresh_from_db()
        assert one.closed_at is None
    assert [(link.kind, link.target) for link in second.links_out.all()] == [("same_matter", first)]
    assert not second.facts.filter(kind="duplicate_of").exists()


def test_an_opinion_is_given_by_the_unit_that_was_asked_and_by_no_other(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    unit = councils.create_unit("finance", "قسم المالية", "Division des finances")
    theirs = councils.create_person("حنان الزروالي", "Hanane Zerouali")
    councils.give_role(theirs, Quality.OFFICER, date(2026, 1, 1), unit=unit)
    asked = ask_opinion(dossier, office.officer, unit, "هل تتوفر الاعتمادات؟")
    for person in (office.officer, office.president):
        with pytest.raises(PermissionDenied, match="إلا القسم أو المصلحة"):
            give_opinion(dossier, person, asked, "نعم")
    assert give_opinion(dossier, theirs, asked, "نعم").kind == "opinion_received"


def test_a_dossiers_own_unit_is_not_asked_what_it_thinks(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with pytest.raises(ValidationError) as refused:
        ask_opinion(dossier, office.officer, office.unit, "هل تتوفر الخيام؟")
    assert "unit" in refused.value.message_dict
    assert not dossier.facts.filter(kind="opinion_asked").exists()
    assert ask_opinion(dossier, office.officer, office.other_unit, "هل تتوفر الخيام؟").kind == "opinion_asked"


@pytest.mark.parametrize("alone", [False, True])
def test_whoever_asked_answers_himself_only_where_nobody_else_can_and_the_story_says_so(
    office: Office, alone: bool
) -> None:
    dossier, unit = actions.file_request(loan_filing(adopted_loan(office))).dossier, office.other_unit
    councils.give_role(office.officer, Quality.OFFICER, date(2026, 1, 1), unit=unit)
    if alone:  # a council of five: one person for two units
        for role in office.stranger.roles.all():
            councils.end_role(role, date(2026, 11, 30))
    asked = ask_opinion(dossier, office.officer, unit, "هل تتوفر الخيام؟")
    client, lists = sign_in(office.officer), address(office.council, "office-opinions")
    where = address(office.council, "office-opinion", asked.pk)
    assert (where in client.get(lists).content.decode()) is alone, "offered only where he may answer"
    sent = client.post(where, {"text": "نعم، هي متوفرة."})
    assert sent.status_code == (302 if alone else 403)
    given = dossier.facts.filter(kind="opinion_received")
    story = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert (given.exists(), "الشخص نفسه طلب الرأي وأجاب عنه" in story) == (alone, alone)
    if not alone:
        assert "أنتم من طلب هذا الرأي" in sent.content.decode()
        assert give_opinion(dossier, office.stranger, asked, "نعم، هي متوفرة.").by == office.stranger
        story = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
        assert "الشخص نفسه طلب الرأي وأجاب عنه" not in story


def test_a_paper_receipt_is_not_older_than_its_block(office: Office) -> None:
    filing = loan_filing(adopted_loan(office))
    with simulated(at("2026-12-03 09:00")):
        block, _act = print_block(office.clerk, office.unit, 10)
    with simulated(at("2026-12-10 09:00")):
        number = f"{block.code}/01"
        for day in (date(2026, 12, 2), date(2026, 11, 30)):
            with pytest.raises(ValidationError) as refused:
                key_in_receipt(office.clerk, number, replace(filing, filed_on=day))
            assert "filed_on" in refused.value.message_dict
        assert key_in_receipt(office.clerk, number, replace(filing, filed_on=date(2026, 12, 3))).dossier.number
        assert today() - date(2026, 12, 3) == timedelta(7)
