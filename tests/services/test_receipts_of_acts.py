"""What a person does after filing has its page before and its receipt after: reasons asked for, a withdrawal."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk.actions import correct_entry
from tadbir.desk.codes import follow_code
from tadbir.desk.followed import Followed
from tadbir.desk.shown import person_shown
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.services import actions
from tadbir.services.actions.told import Told
from tests import at_once as desk
from tests.conftest import at
from tests.factories import BOTH, PNG
from tests.services.residents import LOAN, Resident, text

OWN = "remedies/appeal_filed/"


def receipts(number: str) -> list[dict[str, Any]]:
    return [act.document for act in Act.objects.filter(dossier_ref=number, kind="receipt").order_by("pk")]


def paper_of(resident: Resident, number: str) -> bytes:
    """How the last paper begins, fetched by its person."""
    answer = resident.get(f"follow/{number}/papers/{Act.objects.latest('pk').number}/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content if answer.streaming else [answer.content])[:5]


@pytest.mark.parametrize("french", [False, True])
def test_reasons_are_asked_on_a_page_and_a_receipt_proves_the_day(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, code = resident.file(*BOTH)
    page = f"follow/{number}/reasons/"
    assert ("pas ouvert" if french else "لا يمكن تقديم ذلك") in text(resident.get(page)), (
        "nothing to reason before a silence"
    )
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        resident.post("follow/", {"number": number, "code": code})
        assert f'href="{resident.address(page)}"' in resident.get(f"follow/{number}/").content.decode()
        asked = text(resident.get(page))
        assert ("quinze jours" if french else "خمسة عشر يوما") in asked
        assert not Fact.objects.filter(kind="reasons_asked"), "reading it asks for nothing"
        for _tap in range(2):
            assert resident.post(page).status_code == 302
        assert Fact.objects.filter(kind="reasons_asked").count() == 1
        last = receipts(number)[-1]
        assert (last["title_ar"], last["title_fr"]) == (
            "وصل بتسلم طلب بيان الأسباب",
            "Récépissé\xa0: demande de communication des motifs",
        )
        assert last["receipt"]["clock"]["do_by"] == "2027-02-18"
        assert sum("بيان الأسباب" in one["title_ar"] for one in receipts(number)) == 1
        followed = text(resident.get(f"follow/{number}/"))
        assert ("18 février 2027" if french else "18 فبراير 2027") in followed, (
            "it stands among the remedies, with its day"
        )
        assert paper_of(resident, number) == b"%PDF-"


def test_a_request_taken_back_gives_a_receipt_and_takes_no_file(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "لم أتوصل بشيء"})
    assert resident.post(f"follow/{number}/withdraw/").status_code == 302
    last = receipts(number)[-1]
    assert (last["title_ar"], last["receipt"]["state"]) == ("وصل بتسلم سحب الطلب", "withdrawn")
    assert last["receipt"]["clock"] is None, "nobody owes anything for it"
    dossier = Dossier.objects.get()
    assert not Duty.objects.filter(dossier=dossier, rule="PROC-APPEAL-ANS", discharged_on=None, over_on=None)
    file = {"piece-document": SimpleUploadedFile("x.png", PNG)}
    before = dossier.documents.count()
    assert resident.post(f"follow/{number}/{OWN}documents/", file).status_code == 422
    with pytest.raises(Exception, match=r"الشباك|counter|guichet"):
        actions.support_remedy(dossier, "appeal_filed", "x.png", SimpleUploadedFile("x.png", PNG), len(PNG))
    assert dossier.documents.count() == before
    assert paper_of(resident, number) == b"%PDF-"


def test_the_clerk_gives_the_same_receipt_and_a_strike_annuls_it(resident: Resident) -> None:
    resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    fact = actions.withdraw(dossier, office.clerk, Told("said", "لم يعد يحتاجها"))
    act = Act.objects.filter(kind="receipt").latest("pk")
    assert act.document["receipt"]["channel_ar"] == "بالشباك"
    correct_entry(fact, office.director, "خطأ في الملف")
    act.refresh_from_db()
    assert act.status != Act.Status.VALID


@pytest.mark.postgres
def test_a_withdrawal_sent_twice_at_the_same_moment_is_one(resident: Resident) -> None:
    resident.file(*BOTH)
    dossier = Dossier.objects.get()
    shown = person_shown(dossier, Followed(dossier).facts).token
    both = [actions.take_back(Dossier.objects.get(), shown=shown) for _page in "12"]
    assert both[0] == both[1]


def test_what_is_closed_is_not_asked_to_be_taken_back(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    path = f"follow/{number}/withdraw/"
    read = {"shown": resident.client.read(resident.full(path))}  # type: ignore[attr-defined]
    dossier, office = Dossier.objects.get(), resident.office
    draft = desk.draft_outcome(dossier, office.officer, "granted", "قررنا.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع على النسخة")
    assert resident.get(path)["Location"] == resident.full(f"follow/{number}/")
    refused = resident.post(path, read)
    assert refused.status_code in (409, 422)
    assert f'action="{resident.full(path)}"' not in refused.content.decode(), "the question is not asked again"
    assert not Fact.objects.filter(kind="withdrawn").exists()


@pytest.mark.parametrize("french", [False, True])
def test_reasons_that_are_asked_are_acknowledged_and_whoever_is_in_charge_is_told(
    resident: Resident, french: bool
) -> None:
    resident.french, unit = french, resident.office
    draft = resident.begin(data=LOAN | {"phone": "0612345678", "email": "amina@example.org"})
    for requirement in BOTH:
        resident.attach(draft, requirement)
    assert resident.send(draft).status_code == 302
    number = Dossier.objects.get().number
    dossiers.reassign(Dossier.objects.get(), unit.head, unit.officer, unit.unit, "هو من يعالجه")
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        resident.post("follow/", {"number": number, "code": follow_code(Dossier.objects.get())})
        for _tap in range(2):
            assert resident.post(f"follow/{number}/reasons/").status_code == 302
    fact = Fact.objects.get(kind="reasons_asked")
    told = list(Notice.objects.filter(code="appeal_receipt"))
    assert {one.channel for one in told} == {"text", "mail"}, "by every way that he left, once"
    assert len(told) == 2
    name, day = ("motifs", "18 février 2027") if french else ("طلب بيان الأسباب", "18 فبراير 2027")
    assert all(name in one.body and day in one.body for one in told)
    agent = Notice.objects.get(code="remedy_came")
    assert (agent.recipient, agent.key) == (unit.officer.account.email, f"remedy_came:{fact.pk}:p{unit.officer.pk}")
    assert number in agent.body


def test_an_appeal_tells_whoever_is_in_charge_but_not_him_who_recorded_it(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    assert [one.recipient for one in Notice.objects.filter(code="remedy_came")] == [resident.office.head.account.email]
    _draft, other, _code = resident.file(*BOTH)
    dossier = Dossier.objects.get(number=other)
    told = Told("said", "الخيام لم تكن محجوزة ذلك اليوم", early=True)
    actions.file_appeal(dossier, "", "b" * 32, by=resident.office.head, told=told)
    assert not Notice.objects.filter(code="remedy_came", dossier_ref=other).exists()
