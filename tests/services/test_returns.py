"""A file that goes back: its letter and its page say until when that is contested; its reception is recorded."""

from datetime import date

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk.actions import correct_entry
from tadbir.desk.dossier import Desk
from tadbir.dossiers.actions import Refused
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.services import actions
from tadbir.services.actions import Told
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.services.residents import Resident, text

#: Sixty days from Monday 1 February 2027, and thirty full days from Monday 1 March: Thursday 1 April.
CONTEST = {False: "2 أبريل 2027", True: "2 avril 2027"}
AGAIN = {False: "فاتح أبريل 2027", True: "1er avril 2027"}


@pytest.mark.parametrize("french", [False, True])
def test_a_return_says_until_when_it_is_contested_and_a_grant_gives_the_time_again(
    resident: Resident, french: bool
) -> None:
    resident.french, office = french, resident.office
    _draft, number, code = resident.file("signed-request")
    dossier = Dossier.objects.get(number=number)
    with simulated(at("2027-02-01 10:00")):
        returned = desk.return_file(dossier, office.officer, "missing")
        letter = Act.objects.filter(dossier_ref=number, kind="applicant_notice").latest("pk")
        [court] = letter.document["remedies"]
        assert (court["file_before"], "المحكمة الإدارية" in court["text_ar"]) == ("2027-04-02", True)
        assert "داخل أجل الطعن فيه" in letter.document["blocks"][0]["text"]
        resident.post("follow/", {"number": number, "code": code})
        page = text(resident.get(f"follow/{number}/"))
        assert CONTEST[french] in page
        assert ("Recours gracieux" if french else "التظلم") in page
    with simulated(at("2027-02-08 10:00")):
        client, where = sign_in(office.officer), address(office.council, "office-do", number, "received")
        typed = {"key": "k", "asked": str(returned.pk), "means": "registered_post"}
        assert client.post(where, typed).status_code == 302
        resident.post("follow/", {"number": number, "code": code})
        told = text(resident.get(f"follow/{number}/")).split("Ce qui s’est passé" if french else "ما وقع")[1]
        day = "8 février 2027" if french else "8 فبراير 2027"
        counted = "Selon la lecture la plus longue" if french else "وحسب أطول قراءة"
        assert told.count(day) == 1
        assert counted in told
        # from Monday 8 February: Friday 9 April; counted in full Saturday 10, carried to Monday 12
        assert Duty.objects.get(dossier=dossier, rule="COURT-60").accept_until == date(2027, 4, 12)
        actions.file_appeal(
            dossier, "", "g", filed="grievance_filed", by=office.clerk, told=Told("said", "أدلى بالوثيقة في وقتها")
        )
    with simulated(at("2027-03-01 10:00")):
        desk.answer_appeal(dossier, office.officer, office.president, "granted", "الملف مستكمل")
        with pytest.raises(Refused):
            desk.return_file(dossier, office.officer, "missing")
        dossier.refresh_from_db()
        assert dossier.closed_at is None
        resident.post("follow/", {"number": number, "code": code})
        assert AGAIN[french] in text(resident.get(f"follow/{number}/"))
    with simulated(at("2027-04-02 10:00")):
        desk.return_file(dossier, office.officer, "missing")
        told = Told("said", "لم تصلني الرسالة")
        again = actions.file_appeal(dossier, "", "h", filed="grievance_filed", by=office.clerk, told=told)
        assert again.kind == "grievance_filed"


def test_once_complete_again_the_request_is_answered_in_any_sense(resident: Resident) -> None:
    office = resident.office
    _draft, number, _code = resident.file("signed-request")
    dossier = Dossier.objects.get(number=number)
    council, worker = office.council, office.officer
    with simulated(at("2027-02-01 10:00")):
        desk.return_file(dossier, worker, "missing")
        told = Told("said", "أدلى بالوثيقة في وقتها")
        actions.file_appeal(dossier, "", "g", filed="grievance_filed", by=office.clerk, told=told)
        grant = desk.answer_appeal(dossier, worker, office.president, "granted", "الملف مستكمل")
        actions.receive_document(dossier, "liability", "التعهد", None, by=office.clerk)
        write = address(council, "office-answer", number)
        page = sign_in(worker).get(write).content.decode()
        assert [f"sense={one}" in page for one in ("granted", "partial", "refused")] == [True] * 3
        front = text(sign_in(worker).get(address(council, "office-dossier", number)))
        assert "تنفيذ ما استُجيب له" not in front
        draft = desk.draft_outcome(dossier, worker, "refused", "لا", "السبب")
        assert draft.body["remedies"]
        correct_entry(grant, office.director, "سُجل خطأ في هذا الملف")
        shown = Desk(Dossier.objects.get(number=number), worker)
        assert shown.asked is not None
        assert shown.asked.kind == "grievance_filed"
        signed = Fact.objects.get(dossier=dossier, kind="answer_signed")
        correct_entry(signed, office.director, "سُجل خطأ في هذا الملف")
        reply = desk.draft_outcome(dossier, worker, "refused", "لا", "السبب")
        assert reply.kind == "appeal_answer"
        act = desk.sign_outcome(reply, dossier, worker, office.president, means="wet_ink")
        assert act.content.body["remedies"]


@pytest.mark.parametrize("french", [False, True])
def test_a_return_that_is_struck_out_leaves_nothing_to_answer_and_thirty_days(resident: Resident, french: bool) -> None:
    """The grievance against it has what it asked: the page that strikes says so before, that of its person after."""
    resident.french, office = french, resident.office
    _draft, number, code = resident.file("signed-request")
    dossier = Dossier.objects.get(number=number)
    with simulated(at("2027-02-01 10:00")):
        returned = desk.return_file(dossier, office.officer, "missing")
        told = Told("said", "أدلى بالوثيقة في وقتها")
        actions.file_appeal(dossier, "", "g", filed="grievance_filed", by=office.clerk, told=told)
        assert Duty.objects.get(dossier=dossier, rule="GRIEVANCE-60").over_on is None
    with simulated(at("2027-03-01 10:00")):
        client = sign_in(office.director)
        page = client.get(address(office.council, "office-do", number, "correct") + f"?fact={returned.pk}")
        assert "ولا يبقى ما يُجاب عنه" in page.content.decode()
        correct_entry(returned, office.director, "كان الملف كاملا في وقته")
        owed = Duty.objects.get(dossier=dossier, rule="GRIEVANCE-60")
        assert (owed.over_on, owed.discharged_on) == (date(2027, 3, 1), None)
        again = Duty.objects.get(dossier=dossier, rule="PROC-COMPLETE-AGAIN")
        # thirty full days from Monday 1 March: Thursday 1 April
        assert (again.over_on, again.file_before) == (None, date(2027, 4, 1))
        assert Duty.objects.get(dossier=dossier, rule="PROC-COMPLETE").over_on is not None
        dossier.refresh_from_db()
        assert dossier.closed_at is None
        with pytest.raises(Refused):
            desk.return_file(dossier, office.officer, "missing")
        resident.post("follow/", {"number": number, "code": code})
        page = text(resident.get(f"follow/{number}/"))
        assert AGAIN[french] in page
        assert ("il n’y a plus rien à répondre" if french else "ولم يبق ما يُجاب عنه") in page
        shown = client.get(address(office.council, "office-dossier", number)).content.decode()
        assert AGAIN[False] in shown
