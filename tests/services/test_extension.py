"""An extension under law 55-19, article 17: once, for an expertise or an inquiry, told with its new date and why."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tadbir.acts.actions import pdf_of
from tadbir.acts.documents.pdf import actual_texts
from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Fact
from tadbir.notify.models import Notice
from tadbir.procedures import actions as procedures
from tadbir.services import actions
from tadbir.services.requests import Filing
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

ANSWERS = {"what": "open", "place": "من دوار النخلة إلى الطريق الجهوية", "households": "40", "purpose": "مدرسة"}
REASON = "خبرة طبوغرافية وهيدرولوجية عند عبور الوادي."


@pytest.fixture
def filing(office: Office) -> Filing:
    """A complete request for a track: the sheet requires no document."""
    draft = procedures.take_from_catalogue("rural-track", office.unit)
    sheet = at_once.adopt(
        office.president,
        draft,
        reference="مقرر رقم 14/2026",
        adopted_on=date(2026, 6, 9),
        delay_days=60,
        cndp_reference="D-DEMO-1/2026",
    )
    return loan_filing(sheet, brought=(), subject="فتح مسلك", answers=ANSWERS)


def test_an_extension_moves_the_date_once_and_says_why(office: Office, filing: Filing) -> None:
    dossier = actions.file_request(filing).dossier
    clock = queries.main_clock(dossier)
    assert clock is not None
    assert clock.do_by == date(2027, 2, 1)  # 60 full days from 1 December fall on Sunday 31 January
    with simulated(at("2026-12-21 10:00")):
        at_once.extend(dossier, office.officer, "expertise", 30, REASON)
        with pytest.raises(dossiers.Refused):
            at_once.extend(dossier, office.officer, "inquiry", 10, REASON)
    clock = queries.main_clock(dossier)
    assert clock is not None
    assert clock.do_by == date(2027, 3, 2)
    said = clockwork.explained(clock)
    assert any("30" in step.ar and "17" in step.ar for step in said.steps())
    for words in (
        said.sentence.ar,
        said.sentence.fr,
        *(step.ar for step in said.steps()),
        *(step.fr for step in said.steps()),
    ):
        assert "90" not in words, "article 16 allows 60 days; the other 30 are those of article 17"
    assert "60" in said.sentence.ar
    assert "60" in said.steps()[0].fr
    assert Notice.objects.filter(code="extended", key=f"extended:{Fact.objects.get(kind='extended').pk}").count() == 1
    letter = Act.objects.get(kind="served_notice")
    with pdf_of(letter).open() as stream:
        said = "\n".join(actual_texts(stream.read()))
    for words in ("خبرة تقنية", "30", "طبوغرافية", "2 مارس 2027", "لماذا هذا التاريخ"):
        assert words in said, words


def test_a_person_reads_the_new_date_and_its_reason_on_his_page(office: Office, filing: Filing) -> None:
    dossier = actions.file_request(filing).dossier
    with simulated(at("2026-12-21 10:00")):
        at_once.extend(dossier, office.officer, "expertise", 30, REASON)
        page = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "2 مارس 2027" in page
    assert REASON in page


def test_a_sheet_without_expertise_is_not_extended(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with pytest.raises(ValidationError):
        at_once.extend(dossier, office.officer, "expertise", 30, REASON)
    assert not Fact.objects.filter(kind="extended").exists()


def test_whoever_adopts_is_told_to_check_the_order_of_the_interior(office: Office) -> None:
    procedures.take_from_catalogue("rural-track", office.unit)
    procedures.take_from_catalogue("equipment-loan", office.unit)
    director: Client = sign_in(office.director)
    words = "المرسوم رقم 2.22.141، المادة 5"
    assert words in _adoption(director, office, "rural-track")
    assert words not in _adoption(director, office, "equipment-loan")


def _adoption(client: Client, office: Office, code: str) -> str:
    page = client.get(address(office.council, "office-sheet", code)).content.decode()
    return page[page.index('id="adopt"') :].partition("</section>")[0]


def test_the_copy_to_sign_by_hand_bears_the_new_date_that_is_sealed(office: Office, filing: Filing) -> None:
    dossier = actions.file_request(filing).dossier
    with simulated(at("2026-12-21 10:00")):
        draft = actions.extend(dossier, office.officer, "expertise", 30, REASON)
        where = address(office.council, "office-letter-print", dossier.number, draft.pk)
        answer = sign_in(office.officer).get(where)
        printed = "\n".join(actual_texts(b"".join(answer.streaming_content)))
        draft.refresh_from_db()
        act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        with pdf_of(act).open() as stream:
            sealed = "\n".join(actual_texts(stream.read()))
    for words in ("2 مارس 2027", "لماذا هذا التاريخ"):
        assert words in printed, words
        assert words in sealed, words
