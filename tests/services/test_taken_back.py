"""What its person took back stays taken back: on his page, in the office, and whatever was recorded after it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir.councils.clock import simulated
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.services import actions
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH
from tests.services.residents import Resident, text

OWN, GRIEVANCE = "remedies/appeal_filed/", "remedies/grievance_filed/"


def taken_back(resident: Resident) -> str:
    """A silence contested before the president, its reasons asked for, and the request taken back: its number. To be
    called on that day."""
    _draft, number, code = resident.file(*BOTH)
    dossier = Dossier.objects.get(number=number)
    lapsed = dossier.duties.get(rule="PROC-DECIDE").lapses_on
    assert lapsed is not None
    with simulated(at(f"{lapsed} 09:00")):
        record_lapses(lapsed)
        resident.post("follow/", {"number": number, "code": code})
        assert resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "لم أتوصل بشيء"}).status_code == 302
        actions.ask_reasons(dossier)
        asked = text(resident.get(f"follow/{number}/withdraw/"))
        assert ("ne reçoit plus dans ce dossier" if resident.french else "أي طعن أو شكاية أو تظلم") in asked
        if not resident.french:
            assert asked.count("ويتوقف معه") == 2, "the appeal and the reasons"
        assert resident.post(f"follow/{number}/withdraw/").status_code == 302
    return str(number)


@pytest.mark.parametrize("french", [False, True])
def test_no_grievance_is_offered_nor_taken_and_the_reason_is_said(resident: Resident, french: bool) -> None:
    resident.french = french
    number = taken_back(resident)
    with simulated(at("2027-02-10 09:00")):
        dossier = Dossier.objects.get(number=number)
        page = resident.get(f"follow/{number}/")
        assert page.status_code == 200
        assert GRIEVANCE not in page.content.decode()
        assert text(page).count("Arrêté par le retrait" if french else "توقف بسحب الطلب") == 2
        why = "il ne reste ni décision ni silence" if french else "لم يبق قرار ولا سكوت"
        assert why in text(resident.get(f"follow/{number}/{GRIEVANCE}"))
        sent = resident.post(f"follow/{number}/{GRIEVANCE}", {"key": "b" * 32, "text": "أتظلم من السكوت"})
        told = text(sent)
        assert (sent.status_code, why in told, "أتظلم من السكوت" in told) == (422, True, True), "what he typed is kept"
        assert ("déjà déposé" if french else "سبق تقديم هذا") not in told, "he filed no grievance"
        with pytest.raises(ValidationError):
            actions.file_appeal(dossier, "أتظلم", "c" * 32, filed="grievance_filed")
        assert not Fact.objects.filter(kind="grievance_filed").exists()
        dossier.refresh_from_db()
        assert dossier.closed_by_kind == "withdrawn"
        permission = clockwork.may(dossier, "grievance_filed", date(2027, 2, 10))
        assert (permission.allowed, permission.reasons[0].code) == (False, "taken_back")


def test_a_grievance_that_was_taken_before_revives_nothing(resident: Resident) -> None:
    """Recorded in an earlier edition: it alone is under study."""
    number = taken_back(resident)
    with simulated(at("2027-02-10 09:00")):
        dossier = Dossier.objects.get(number=number)
        dossiers.record(dossier, "grievance_filed", data={"against": "lapse", "body": "president"}, check=False)
        story = Story(clockwork.facts_of(dossier))
        assert [one.kind for one in story.waiting("appeal_filed", "grievance_filed", "reasons_asked")] == [
            "grievance_filed"
        ]
        page = text(resident.get(f"follow/{number}/"))
        assert "يدرس المجلس ما يلي: الطعن أمام رئيس المجلس" not in page
        assert "يدرس المجلس ما يلي: التظلم" in page
        assert "راسلوا العامل" not in page
        assert page.count("توقف بسحب الطلب") == 2
        officer = sign_in(resident.office.officer)
        desk = text(officer.get(address(resident.office.council, "office-dossier", number)))
        assert "الطعن أمام رئيس المجلس: الجواب منتظر" not in desk
        assert "التظلم: الجواب منتظر" in desk
