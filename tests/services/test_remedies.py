"""Every way to contest on the person's page: what the law opens, each with its day, and what is over said so."""

from datetime import date

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tadbir.procedures.actions import take_from_catalogue
from tadbir.ui.dates import day_words
from tests import at_once as desk
from tests.conftest import at
from tests.factories import BOTH, Office
from tests.services.residents import Resident, text

OWN, GRIEVANCE = "remedies/appeal_filed/", "remedies/grievance_filed/"


def refused(resident: Resident) -> tuple[str, str]:
    """A request whose refusal is notified today: its number and code."""
    _draft, number, code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(number=number), resident.office
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع على النسخة")
    return number, code


@pytest.mark.postgres
@pytest.mark.parametrize("french", [False, True])
def test_each_way_stands_until_its_own_day_and_the_grievance_is_filed_here(resident: Resident, french: bool) -> None:
    resident.french = french
    number, code = refused(resident)
    over = "délai passé" if french else "انصرم الأجل"
    page = resident.get(f"follow/{number}/")
    assert (OWN in page.content.decode(), GRIEVANCE in page.content.decode()) == (True, True)
    assert over not in text(page)
    with simulated(at("2027-01-10 09:00")):  # the president's thirty days are over, the court's sixty are not
        resident.post("follow/", {"number": number, "code": code})
        page = resident.get(f"follow/{number}/")
        assert (OWN in page.content.decode(), GRIEVANCE in page.content.decode()) == (False, True)
        assert over in text(page)
        assert clockwork.may(Dossier.objects.get(number=number), "grievance_filed").allowed, "as the office offers it"
        own = resident.get(f"follow/{number}/{GRIEVANCE}")
        assert ("Recours gracieux" if french else "التظلم") in text(own)
        assert resident.post(f"follow/{number}/{GRIEVANCE}", {"key": "a" * 32, "text": ""}).status_code == 422
        sent = {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"}
        for _click in range(2):
            assert resident.post(f"follow/{number}/{GRIEVANCE}", sent).status_code == 302
        mended = resident.post(f"follow/{number}/{GRIEVANCE}", sent | {"text": "نص مصحح بعد انقطاع الخط"})
        assert mended.status_code == 422, "the answer of the first was lost, its text mended: it is not called recorded"
        assert ("n’a pas été enregistré" if french else "لم يُسجل") in text(mended)
        assert "نص مصحح بعد انقطاع الخط" in text(mended), "what is not recorded"
        assert "الخيام لم تكن محجوزة" in text(mended), "what is"
        filed = Fact.objects.get(kind="grievance_filed")
        assert (filed.source, filed.data["against"]) == ("online", "refusal")
        assert Act.objects.filter(kind="receipt").latest("pk").document["title_ar"] != "وصل إيداع ملف"
        page = resident.get(f"follow/{number}/")
        offered = page.content.decode().replace(
            f"{GRIEVANCE}#piece", ""
        )  # where a paper may be added to what was filed
        assert GRIEVANCE not in offered, "it waits for its answer"
        assert ("Dépôt le" if french else "تاريخ التقديم") in text(page)
        late = resident.post(f"follow/{number}/{GRIEVANCE}", {"key": "b" * 32, "text": "نص النافذة الثانية"})
        assert late.status_code == 422
        assert ("n’a pas été enregistré" if french else "لم يُسجل") in text(late), "a second page is told, with its text"
        assert "نص النافذة الثانية" in text(late)
    with simulated(at("2027-03-15 09:00")):
        resident.post("follow/", {"number": number, "code": code})
        assert OWN not in resident.get(f"follow/{number}/").content.decode()


def test_a_remedy_of_another_law_has_no_page(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    for other in ("complaint_to_head", "withdrawn", "nothing"):
        assert resident.get(f"follow/{number}/remedies/{other}/").status_code == 404


@pytest.mark.parametrize("french", [False, True])
def test_what_is_said_of_the_delay_is_true(resident: Resident, french: bool) -> None:
    """Running, not begun, suspended, over by one reading, and over: each its own words."""
    resident.french = french
    running = "court encore" if french else "لا يزال جاريا"
    words = {
        "incomplete": "n’a pas commencé" if french else "لم يبدأ أجل جواب المجلس",
        "suspended": "est suspendu" if french else "موقوف حاليا",
        "passing": "selon un mode de calcul" if french else "حسب إحدى طرق الحساب",
    }

    def said(number: str) -> str:
        return text(resident.get(f"follow/{number}/{OWN}"))

    _draft, lacking, _code = resident.file("signed-request")
    assert words["incomplete"] in said(lacking)
    assert running not in said(lacking)
    _draft, number, code = resident.file(*BOTH)
    assert running in said(number)
    dossier = Dossier.objects.get(number=number)
    duty = dossier.duties.get(rule="PROC-DECIDE")
    assert duty.do_by is not None
    assert duty.lapses_on is not None
    with simulated(at(f"{duty.lapses_on} 09:00")):
        record_lapses(duty.lapses_on)
        resident.post("follow/", {"number": number, "code": code})
        assert not [one for one in (running, *words.values()) if one in said(number)]
    _draft, asked, _code = resident.file(*BOTH)
    desk.ask_information(Dossier.objects.get(number=asked), resident.office.officer, "كم خيمة؟")
    assert words["suspended"] in said(asked)
    assert running not in said(asked)


@pytest.mark.parametrize("french", [False, True])
def test_under_a_draft_sheet_the_day_from_which_silence_is_contested_is_that_of_the_office(
    office: Office, french: bool
) -> None:
    take_from_catalogue("school-transport", office.unit)
    resident = Resident(office, french=french)
    letter = {"subject": "النقل", "letter": "نريد تسجيل آية", "kind": "person", "name": "سلمى الحداد"}
    draft = resident.begin("school-transport", letter)
    assert resident.send(draft).status_code == 302
    number = Dossier.objects.get().number
    assert resident.receipt(draft).status_code == 200
    row = Dossier.objects.get(number=number).duties.get(rule="PROC-DECIDE")
    assert row.lapses_on is not None
    page = text(resident.get(f"follow/{number}/{OWN}"))
    assert day_words(row.lapses_on, "fr" if french else "ar", weekday=True) in page
    assert ("ne s’est engagé sur aucun délai" if french else "لم يلتزم المجلس بأجل") in page
    assert ("court ici" if french else "لا يجري هنا") not in page, "no period is denied that the office counts"
    assert ("dans son délai de 15 jours" if french else "داخل أجل 15 يوما") in page, (
        "the period of the president is named"
    )


@pytest.mark.parametrize("french", [False, True])
def test_a_grievance_in_a_duplicate_says_still_that_the_first_request_goes_on(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, _code = resident.file(*BOTH)
    dossier = Dossier.objects.get(number=number)
    dossiers.record(dossier, "duplicate_of", data={"dossier": "D-2026-09999"}, check=False)
    first = "la réponse vient dans le premier" if french else "الجواب في الملف الأول"
    court = "recours en annulation devant" if french else "بعد الجواب أو السكوت: دعوى الإلغاء"
    assert first in text(resident.get(f"follow/{number}/"))
    sent = {"key": "a" * 32, "text": "ليس الملفان سواء"}
    assert resident.post(f"follow/{number}/{GRIEVANCE}", sent).status_code == 302
    for page in (f"follow/{number}/", f"follow/{number}/{GRIEVANCE}"):
        told = text(resident.get(page))
        assert (first in told, court in told) == (True, False), page
