"""What lacks is known from the receipt that lists it, whatever the day on the paper (law 55-19, article 10)."""

from datetime import date

from tadbir.councils.clock import local_date, simulated
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Duty
from tadbir.dossiers.story import Story
from tadbir.services import actions
from tests.conftest import at
from tests.factories import BOTH, Office, adopted_loan, loan_filing


def test_what_lacks_is_known_from_the_receipt_that_lists_it(office: Office) -> None:
    """Law 55-19, article 10: a letter of 20 October, keyed in on 1 December, is late for nothing that day."""
    sheet, old = adopted_loan(office), date(2026, 10, 20)
    filing = loan_filing(sheet, brought=BOTH[:1], channel="post", filed_on=old)
    filed = actions.file_request(filing, by=office.clerk)
    dossier = filed.dossier
    listed = dossier.facts.get(kind="missing_listed")
    assert (dossier.opened_on, local_date(listed.happened_at)) == (old, date(2026, 12, 1))
    assert local_date(dossier.facts.get(kind="receipt_given").happened_at) == date(2026, 12, 1), (
        "which the law asks for"
    )
    bring = Duty.objects.get(dossier=dossier, rule="PROC-COMPLETE")
    assert (str(bring.file_before), bring.over_on) == (filed.receipt.document["receipt"]["supply_by"], None)
    assert bring.file_before is not None
    assert bring.file_before > date(2026, 12, 30)
    assert not clockwork.may(dossier, "file_returned"), "nothing is returned for what he learnt today"
    with simulated(at("2027-01-08 10:00")):
        assert clockwork.may(dossier, "file_returned")
    given = actions.print_block(office.clerk, office.unit, 10)[0].receipts.values_list("number", flat=True)[0]
    on_paper = actions.key_in_receipt(office.clerk, given, loan_filing(sheet, brought=BOTH[:1])).dossier
    assert local_date(on_paper.facts.get(kind="missing_listed").happened_at) == date(2026, 12, 1)


def test_the_day_put_right_does_not_make_the_list_older_than_its_receipt(office: Office) -> None:
    filing = loan_filing(adopted_loan(office), brought=BOTH[:1], channel="post")
    dossier = actions.file_request(filing, by=office.clerk).dossier
    dossiers.correct_filing_day(dossier, office.president, date(2026, 9, 1), "وصل قبل ذلك بالبريد")
    story = Story(clockwork.facts_of(dossier))
    days = {kind: local_date(story.moment(story.of(kind)[0])) for kind in ("filed", "missing_listed")}
    assert days == {"filed": date(2026, 9, 1), "missing_listed": date(2026, 12, 1)}
    assert not clockwork.may(dossier, "file_returned")
