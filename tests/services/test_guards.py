"""What may not be done in another's name, or before it could be: each refusal beside its success."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.councils.clock import simulated, today
from tadbir.councils.models import Quality
from tadbir.desk.actions import ask_opinion, give_opinion
from tadbir.services import actions
from tadbir.services.actions.paper import key_in_receipt, print_block
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing


@pytest.mark.parametrize(
    ("name", "phone", "same"),
    [
        ("الجمعية الرياضية للداخلة", "+212612345678", True),
        ("الجمعيّة  الرياضية للداخلة", "", True),
        ("الجمعية الرياضية للداخلة", "+212698765432", False),
        ("جمعية أخرى", "+212612345678", False),
    ],
)
def test_only_what_the_same_person_filed_twice_is_closed(office: Office, name: str, phone: str, same: bool) -> None:
    filing = loan_filing(adopted_loan(office))
    who = replace(filing.applicant, name="الجمعية الرياضية للداخلة", phone="+212612345678", email="")
    first = actions.file_request(replace(filing, applicant=who)).dossier
    other = actions.file_request(replace(filing, applicant=replace(who, name=name, phone=phone))).dossier
    if same:
        actions.mark_duplicate(other, office.officer, first)
        other.refresh_from_db()
        assert other.closed_at is not None
        return
    for _twice in range(2):
        assert actions.mark_duplicate(other, office.officer, first) is None
    for one in (first, other):
        one.refresh_from_db()
        assert one.closed_at is None
    assert [(link.kind, link.target) for link in other.links_out.all()] == [("same_matter", first)]
    assert not other.facts.filter(kind="duplicate_of").exists()


def test_an_opinion_is_given_by_the_unit_that_was_asked_and_by_no_other(office: Office) -> None:
    from tadbir.councils import actions as councils

    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    unit = councils.create_unit("finance", "قسم المالية", "Division des finances")
    theirs = councils.create_person("حنان الزروالي", "Hanane Zerouali")
    councils.give_role(theirs, Quality.OFFICER, date(2026, 1, 1), unit=unit)
    asked = ask_opinion(dossier, office.officer, unit, "هل تتوفر الاعتمادات؟")
    for person in (office.officer, office.president):
        with pytest.raises(PermissionDenied, match="إلا القسم أو المصلحة"):
            give_opinion(dossier, person, asked, "نعم")
    assert give_opinion(dossier, theirs, asked, "نعم").kind == "opinion_received"


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
