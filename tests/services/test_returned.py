"""A file that was returned and is contested: what the council does stands at the top, and nothing is asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.councils.clock import simulated, today
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, PNG
from tests.services.residents import Resident, text
from tests.services.test_remedies import GRIEVANCE

ASKS = ("طور الإيداع", "وثائق ناقصة", "ما عليكم فعله الآن", "قدموا ما ينقص")


def returned(resident: Resident) -> str:
    _draft, number, code = resident.file("signed-request")
    return number + " " + code


@pytest.mark.postgres
def test_a_contested_return_asks_nothing_and_says_what_the_council_does(resident: Resident) -> None:
    number, code = returned(resident).split()
    page = text(resident.get(f"follow/{number}/"))
    assert ASKS[0] in page
    with simulated(at("2027-02-01 10:00")):
        record_lapses(today())
        desk.return_file(Dossier.objects.get(number=number), resident.office.officer, "missing")
        resident.post("follow/", {"number": number, "code": code})
        form = resident.get(f"follow/{number}/{GRIEVANCE}").content.decode()
        assert "لم أتوصل بأي جواب" not in form, "he was answered: the file came back"
        empty = resident.post(f"follow/{number}/{GRIEVANCE}", {"key": "a" * 32, "text": ""})
        assert empty.status_code == 422
        sent = {"key": "a" * 32, "text": "قدمت الوثيقة في الأجل"}
        assert resident.post(f"follow/{number}/{GRIEVANCE}", sent).status_code == 302
        assert Fact.objects.get(kind="grievance_filed").data["against"] == "refusal"
        for one in ("", "receipt/"):
            page = text(resident.get(f"follow/{number}/{one}")).replace(
                "كانت وثائق ناقصة", ""
            )  # said of the first receipt
            asked = ASKS[1:] if one else ASKS  # the paper of the receipt keeps the name that it had
            assert not [words for words in asked if words in page], one
            assert "يدرس المجلس ما يلي: التظلم" in page
        assert "ويبقى الملف مُرجعا" in page
        file = {"liability-document": SimpleUploadedFile("x.png", PNG)}
        refused = resident.post(f"follow/{number}/documents/liability/", file)
        assert refused.status_code == 422
        assert "لا يمكن إرسال هذه الوثيقة من هنا" in text(refused)
        office = text(sign_in(resident.office.officer).get(address(resident.office.council, "office-dossier", number)))
        assert "ننتظر صاحب الطلب" not in office


def test_only_a_silence_without_any_answer_has_its_text_ready(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    with simulated(at("2027-02-03 10:00")):
        record_lapses(today())
        resident.post("follow/", {"number": number, "code": code})
        own = f"follow/{number}/remedies/appeal_filed/"
        assert "لم أتوصل بأي جواب" in resident.get(own).content.decode()
        dossier = Dossier.objects.get(number=number)
        draft = desk.draft_outcome(dossier, resident.office.officer, "granted", "الموافقة.", "الخيام متوفرة.")
        act = desk.sign_outcome(draft, dossier, resident.office.officer, resident.office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, resident.office.officer, how="in_hand", on=act.date, proof="توقيع")
        for one in (own, f"follow/{number}/{GRIEVANCE}"):
            assert "لم أتوصل بأي جواب" not in resident.get(one).content.decode(), one
