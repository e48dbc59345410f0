"""What a person is told of what comes next is true today: what ended it, what is late, what the law puts first."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.councils.clock import simulated
from tadbir.desk.papers.answers import to_answer
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Duty
from tadbir.dossiers.story import Story
from tadbir.procedures.actions import take_from_catalogue
from tadbir.ui.dates import day_words
from tests import at_once as desk
from tests.conftest import at
from tests.factories import BOTH, PNG, adopted
from tests.services.residents import Resident, text
from tests.services.test_remedies import GRIEVANCE, OWN, refused

STUDIES = {False: "يدرس المجلس طلبكم", True: "étudie votre demande"}
HANDED = {False: "مقابل إمضاء", True: "contre signature"}


@pytest.mark.parametrize("french", [False, True])
def test_the_receipt_of_what_ended_says_what_ended_it(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, _code = resident.file(*BOTH)
    page = text(resident.get(f"follow/{number}/receipt/"))
    assert STUDIES[french] in page
    assert HANDED[french] in page
    resident.post(f"follow/{number}/withdraw/")
    page = text(resident.get(f"follow/{number}/receipt/"))
    assert ("Vous avez retiré" if french else "سحبتم") in page
    assert STUDIES[french] not in page
    assert HANDED[french] not in page


@pytest.mark.parametrize("french", [False, True])
def test_the_receipt_says_what_lacked_on_its_day_and_what_came_since(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, code = resident.file()
    dossier = Dossier.objects.get(number=number)
    labels = [one.fr if french else one.ar for one in dossier.sheet.parsed.documents if one.code in BOTH]  # type: ignore[union-attr]
    since = "reçue depuis, le 3 décembre 2026" if french else "توصلنا بها بعد ذلك، يوم 3 دجنبر 2026"
    lacks, lacked = ("manquent", "manquaient") if french else ("توصلنا بطلبكم: تنقصه", "كانت تنقصه")
    before = text(resident.get(f"follow/{number}/receipt/"))
    assert all(label in before for label in labels)
    assert (since in before, lacks in before, lacked in before) == (False, True, False)
    with simulated(at("2026-12-03 10:00")):
        resident.post("follow/", {"number": number, "code": code})
        sent = {"liability-document": SimpleUploadedFile("photo.png", PNG)}
        resident.post(f"follow/{number}/documents/liability/", sent)
        page = text(resident.get(f"follow/{number}/receipt/"))
        assert (page.count(since), lacks in page) == (1, True)
        came = next(one.fr if french else one.ar for one in dossier.sheet.parsed.documents if one.code == "liability")  # type: ignore[union-attr]
        assert f"{came} · {since}" in page
        resident.post(f"follow/{number}/withdraw/", {"shown": ""})
        resident.post(f"follow/{number}/withdraw/")
        page = text(resident.get(f"follow/{number}/receipt/"))
        assert (lacks in page, lacked in page) == (False, True), "taken back, nothing is asked any more"


@pytest.mark.parametrize("french", [False, True])
def test_the_receipt_of_an_answered_request_says_the_answer(resident: Resident, french: bool) -> None:
    resident.french = french
    number, _code = refused(resident)
    page = text(resident.get(f"follow/{number}/receipt/"))
    assert ("défavorable" in page or "Réponse" in page) if french else "الجواب" in page
    assert STUDIES[french] not in page
    assert HANDED[french] not in page


def test_the_receipt_of_a_returned_file_asks_for_nothing_and_leads_to_a_new_request(resident: Resident) -> None:
    _draft, number, code = resident.file("signed-request")
    assert "قدموا ما ينقص" in text(resident.get(f"follow/{number}/receipt/"))
    with simulated(at("2027-02-01 10:00")):
        desk.return_file(Dossier.objects.get(number=number), resident.office.officer, "missing")
        resident.post("follow/", {"number": number, "code": code})
        answer = resident.get(f"follow/{number}/receipt/")
    assert "قدموا ما ينقص" not in text(answer)
    assert "إلى غاية" not in text(answer).split("رمز التحقق")[0]
    assert resident.full("services/equipment-loan/") in answer.content.decode()


@pytest.mark.parametrize("french", [False, True])
def test_a_grievance_promises_no_court_where_the_appeal_comes_first(resident: Resident, french: bool) -> None:
    resident.french = french
    number, code = refused(resident)
    promised = "Après la réponse ou le silence" if french else "بعد الجواب أو السكوت"
    with simulated(at("2027-01-10 09:00")):  # the appeal to the president is over
        resident.post("follow/", {"number": number, "code": code})
        page = text(resident.get(f"follow/{number}/{GRIEVANCE}"))
        assert promised not in page
        assert ("n’est recevable ici qu’après" if french else "لا تُقبل دعوى الإلغاء هنا إلا بعد") in page
        resident.post(f"follow/{number}/{GRIEVANCE}", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
        page = text(resident.get(f"follow/{number}/"))
        assert promised not in page
        assert ("ne la remplace pas" if french else "وهذا لا يعوضه") in page


def test_an_appeal_that_waits_still_names_the_court_after_it(resident: Resident) -> None:
    number, _code = refused(resident)
    court = "دعوى الإلغاء أمام المحكمة الإدارية"
    assert court in text(resident.get(f"follow/{number}/"))
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    assert court in text(resident.get(f"follow/{number}/"))


@pytest.mark.parametrize("french", [False, True])
def test_a_request_taken_back_takes_its_appeal_with_it(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, _code = resident.file(*BOTH)
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "لم أتوصل بشيء"})
    assert f"{OWN}#piece" in resident.get(f"follow/{number}/").content.decode()
    asked = text(resident.get(f"follow/{number}/withdraw/"))
    assert ("s’arrête aussi" if french else "ويتوقف معه") in asked
    resident.post(f"follow/{number}/withdraw/")
    page = resident.get(f"follow/{number}/")
    assert f"{OWN}#piece" not in page.content.decode()
    assert ("gouverneur" if french else "العامل") not in text(page)
    support = resident.post(f"follow/{number}/{OWN}documents/", {})
    assert support.status_code == 422


WAYS = {
    "email": ("بريدكم الإلكتروني", "adresse électronique"),
    "on_site": ("تطلعون عليها", "consultez"),
    "paper": ("تسلموا نسختكم", "Retirez votre copie"),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_granted_is_had_in_the_way_that_was_chosen(resident: Resident, way: str) -> None:
    office = resident.office
    adopted(office, "access-to-information")
    asked = {"q_information": "ميزانية 2026", "q_address": "دوار النخلة", "q_form": way, "q_urgent": "no"}
    who = {"subject": "الميزانية", "kind": "person", "name": "سلمى", "email": "salma@example.com"}
    draft = resident.begin("access-to-information", asked | who)
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    page = text(resident.receipt(draft))
    assert (WAYS["email"][0] in page) == (way == "email")
    assert HANDED[False] not in page
    answer = desk.draft_outcome(dossier, office.officer, "granted", "نضع رهن إشارتكم الميزانية.")
    act = desk.sign_outcome(answer, dossier, office.officer, office.president, means="wet_ink")
    assert (WAYS["email"][0] in text(resident.get(f"follow/{dossier.number}/"))) == (way == "email"), "it is ready"
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع على النسخة")
    for french in (False, True):
        resident.french = french
        said = text(resident.get(f"follow/{dossier.number}/"))
        assert [one for one, words in WAYS.items() if words[french] in said] == [way]


@pytest.mark.parametrize("french", [False, True])
def test_a_complaint_after_a_favourable_answer_has_its_last_day(resident: Resident, french: bool) -> None:
    resident.french = french
    office = resident.office
    adopted(office, "access-to-information")
    asked = {"q_information": "ميزانية 2026", "q_address": "دوار النخلة", "q_form": "paper", "q_urgent": "no"}
    draft = resident.begin("access-to-information", asked | {"subject": "الميزانية", "kind": "person", "name": "سلمى"})
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    number, complaint = dossier.number, "remedies/complaint_to_head/"
    resident.receipt(draft)
    early = "anticipée" if french else "سابقة لأوانها"
    assert early in text(resident.get(f"follow/{number}/{complaint}"))
    assert ("de la réponse si elle vient avant" if french else "من الجواب إذا سبقه") in text(
        resident.get(f"follow/{number}/{complaint}")
    ), "from when its answer is counted"
    answer = desk.draft_outcome(dossier, office.officer, "granted", "نضع رهن إشارتكم الميزانية.")
    act = desk.sign_outcome(answer, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع على النسخة")
    until = "29 décembre 2026" if french else "29 دجنبر 2026"
    assert complaint in resident.get(f"follow/{number}/").content.decode(), "what was given may not be what was asked"
    page = text(resident.get(f"follow/{number}/{complaint}"))
    assert (early in page, until in page) == (False, True), "20 working days after 1 December"
    said = {"key": "a" * 32, "text": "سُلمت إلي ميزانية 2025"}
    assert resident.post(f"follow/{number}/{complaint}", said).status_code == 302
    page = text(resident.get(f"follow/{number}/"))
    assert until not in page
    assert ("Le président répond" if french else "يجيب الرئيس") in page
    dossier.refresh_from_db()
    assert dossier.closed_at is None
    assert to_answer(dossier) == dossier.facts.get(kind="complaint_to_head"), "it is answered by letter"


@pytest.mark.parametrize("french", [False, True])
def test_a_remedy_that_came_early_says_from_when_its_answer_is_counted(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, _code = resident.file(*BOTH)
    counted = "ce délai se compte du" if french else "يُحتسب أجل الجواب من"
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "لم أتوصل بشيء"})
    page = text(resident.get(f"follow/{number}/"))
    owed = Duty.objects.get(rule="PROC-APPEAL-ANS", dossier__number=number)
    assert f"{counted} {day_words(owed.starts_on, 'fr' if french else 'ar')}" in page


@pytest.mark.parametrize("french", [False, True])
def test_of_two_receipts_the_first_says_that_documents_were_missing(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, _code = resident.file("signed-request")
    said = "des pièces manquaient" if french else "كانت وثائق ناقصة"
    assert text(resident.get(f"follow/{number}/")).count(said) == 1
    file = {"liability-document": SimpleUploadedFile("x.png", PNG)}
    assert resident.post(f"follow/{number}/documents/liability/", file).status_code == 302
    page = text(resident.get(f"follow/{number}/"))
    assert page.count("Récépissé" if french else "وصل إيداع ملف") >= 2
    assert page.count(said) == 1


@pytest.mark.parametrize("french", [False, True])
def test_an_early_appeal_names_the_delay_that_its_next_sentence_speaks_of(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, _code = resident.file(*BOTH)
    page = text(resident.get(f"follow/{number}/{OWN}"))
    assert page.index("dans les 15 jours" if french else "داخل 15 يوما") < page.index(
        "gouverneur" if french else "العامل"
    )


def test_only_a_person_is_asked_for_a_name_where_nobody_else_may_ask(resident: Resident) -> None:
    office = resident.office
    take_from_catalogue("personal-data-rights", office.unit)
    assert "اسم الجمعية" in text(resident.get("services/equipment-loan/request/"))
    assert "اسم الجمعية" not in text(resident.get("services/personal-data-rights/request/"))


def test_the_steps_are_three_once_a_document_was_added(resident: Resident) -> None:
    take_from_catalogue("personal-data-rights", resident.office.unit)
    who = {"letter": "أريد معطياتي", "subject": "معطياتي", "name": "سلمى الحداد"}
    draft = resident.begin("personal-data-rights", who)
    assert "من 2" in text(resident.get(f"request/{draft}/check/"))
    assert resident.attach(draft, "other").status_code == 302
    assert "من 3" in text(resident.get(f"request/{draft}/documents/"))
    assert "من 3" in text(resident.get(f"request/{draft}/check/"))


def test_what_was_asked_before_the_answer_is_asked_no_more_when_a_remedy_opens_the_dossier(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    desk.ask_replacement(dossier, office.officer, "liability", "الصورة غير واضحة")
    assert "ينتظر المجلس منكم" in text(resident.get(f"follow/{number}/"))
    draft = desk.draft_outcome(dossier, office.officer, "refused", "هذا جوابنا.", "لأن الخيام محجوزة في ذلك التاريخ.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    page = resident.get(f"follow/{number}/")
    assert "ينتظر المجلس منكم" not in text(page)
    assert "يدرس المجلس ما يلي" in text(page)
    assert 'name="liability-document"' not in page.content.decode()
    assert not Story(clockwork.facts_of(dossier)).asked_of("person")
