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
from tests import at_once as desk
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
        assert ("vous ne pouvez plus déposer" if resident.french else "أي طعن أو شكاية أو تظلم") in asked
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
        assert text(page).count("Arrêté quand vous avez retiré" if french else "توقف حين سحبتم طلبكم") == 2
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
        assert page.count("توقف حين سحبتم طلبكم") == 2
        officer = sign_in(resident.office.officer)
        desk = text(officer.get(address(resident.office.council, "office-dossier", number)))
        assert "الطعن أمام رئيس المجلس: الجواب منتظر" not in desk
        assert "التظلم: الجواب منتظر" in desk


@pytest.mark.parametrize("french", [False, True])
def test_an_answer_that_was_signed_meanwhile_is_said_once_before_the_request_is_taken_back(
    resident: Resident, french: bool
) -> None:
    resident.french = french
    _draft, number, _code = resident.file(*BOTH)
    path = f"follow/{number}/withdraw/"
    read = {"shown": resident.client.read(resident.full(path))}  # type: ignore[attr-defined]
    dossier, office = Dossier.objects.get(), resident.office
    draft = desk.draft_outcome(dossier, office.officer, "refused", "هذا جوابنا.", "لأن الخيام محجوزة في ذلك التاريخ.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    asked = resident.post(path, read)
    html, words = asked.content.decode(), text(asked)
    assert (asked.status_code, html.count('class="notice warn"'), html.count('class="notice bad"')) == (409, 1, 0)
    assert words.count("Une réponse est signée" if french else "يوجد جواب ممضى ينتظركم") == 1
    assert ("Votre demande n’est pas retirée" if french else "لم يُسحب طلبكم") in words
    assert not Fact.objects.filter(kind="withdrawn").exists()
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    late = resident.client.post(resident.full(path), read)
    html, words = late.content.decode(), text(late)
    assert (late.status_code, html.count('class="notice warn"'), html.count('class="notice bad"')) == (422, 1, 1)
    assert ("le conseil y avait répondu" if french else "سبق أن أجاب عنه المجلس") in words
    resident.post(f"follow/{number}/remedies/appeal_filed/", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    assert resident.get(path)["Location"] == resident.full(f"follow/{number}/"), "what was answered is not taken back"
    again = resident.client.post(resident.full(path), read)
    assert ("au demandeur" if french else "صاحب الطلب") not in text(again)
    assert ("le conseil y avait répondu" if french else "سبق أن أجاب عنه المجلس") in text(again)


@pytest.mark.parametrize("french", [False, True])
def test_who_took_his_request_back_is_spoken_to_and_the_office_reads_of_him(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, _code = resident.file(*BOTH)
    resident.post(f"follow/{number}/withdraw/")
    said = text(resident.get(f"follow/{number}/remedies/grievance_filed/"))
    assert ("Vous avez retiré votre demande" if french else "سحبتم طلبكم") in said
    assert ("dites-le au guichet" if french else "فصرحوا بذلك في شباك المجلس") in said
    assert ("par son auteur" if french else "سحب صاحب الطلب") not in said
    sent = resident.post(f"follow/{number}/remedies/grievance_filed/", {"key": "b" * 32, "text": "أريد جوابا مكتوبا"})
    assert ("par son auteur" if french else "سحب صاحب الطلب") not in text(sent)
    permission = clockwork.may(Dossier.objects.get(), "grievance_filed")
    assert "صاحب الطلب" in permission.reasons[0].ar
    with pytest.raises(dossiers.Refused, match=r"صاحب الطلب|par son auteur"):
        dossiers.record(Dossier.objects.get(), "grievance_filed", by=resident.office.clerk, source="counter")
