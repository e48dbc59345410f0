"""The days that a person reads: a right's is advised and never called over while the council still takes it, one alone
stands, an answer is dated only where a text dates it, and no day rests on an entry that is being put right."""

from datetime import date

import pytest

from tadbir import law
from tadbir.acts.actions import pdf_of
from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import notice_words
from tadbir.desk.actions import correct_entry
from tadbir.desk.promises import ANSWERS, ending_of
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.services import actions as services
from tadbir.ui.dates import by_words, day_words
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted, loan_filing
from tests.services.residents import Resident, text
from tests.services.test_remedies import GRIEVANCE, OWN, refused

ADVISED = {False: "يُنصح بذلك إلى غاية", True: "par prudence, au plus tard le"}


def opened(resident: Resident, number: str, code: str, path: str = "") -> str:
    """A page of a dossier, once its code was typed that day."""
    resident.post("follow/", {"number": number, "code": code})
    return text(resident.get(f"follow/{number}/{path}"))


@pytest.mark.parametrize("french", [False, True])
def test_the_day_of_a_right_is_advised_and_it_is_open_until_the_council_takes_it_no_more(
    resident: Resident, french: bool
) -> None:
    resident.french, lang = french, "fr" if french else "ar"
    number, code = refused(resident)
    right = Duty.objects.get(rule="PROC-APPEAL")
    first, last = right.file_before, right.accept_until
    assert first
    assert last
    assert first < date(2027, 1, 2) < last, "a week end stands between the two"
    for path in ("", OWN):
        assert f"{ADVISED[french]} {day_words(first, lang, weekday=True)}" in opened(resident, number, code, path)
    over = "délai passé" if french else "انصرم الأجل"
    for day in (date(2027, 1, 2), last):
        with simulated(at(f"{day} 09:00")):
            for path in ("", OWN):
                page = opened(resident, number, code, path)
                assert ("Le jour conseillé est passé" if french else "فات اليوم المنصوح به") in page
                assert day_words(last, lang, weekday=True) in page
            assert over not in page
            assert clockwork.may(Dossier.objects.get(), "appeal_filed").allowed, "as the counter takes it"
            assert resident.get(f"follow/{number}/{OWN}").content.decode().count("<textarea") == 1
    with simulated(at("2027-01-06 09:00")):
        assert over in opened(resident, number, code)
        assert not clockwork.may(Dossier.objects.get(), "appeal_filed").allowed


def test_a_message_advises_the_day_of_a_right_and_of_a_document_that_is_taken_later_too(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request")
    listed = Fact.objects.get(kind="missing_listed")
    assert notice_words.before(Dossier.objects.get(number=number), listed).startswith("يُنصح بذلك إلى غاية 31 دجنبر")
    _draft, other, _code = resident.file(*BOTH)
    dossier = Dossier.objects.get(number=other)
    with simulated(at("2027-02-03 10:00")):
        record_lapses(date(2027, 2, 3))
        lapse = Fact.objects.get(dossier=dossier, kind="lapsed")
        day = Duty.objects.get(dossier=dossier, rule="PROC-APPEAL").file_before
        assert day
        assert notice_words.before(dossier, lapse) == f"يُنصح بذلك {by_words(day, 'ar')}."


@pytest.mark.parametrize("french", [False, True])
def test_a_grievance_after_the_appeal_was_refused_leaves_one_day_for_the_court(
    resident: Resident, french: bool
) -> None:
    resident.french = french
    number, code = refused(resident)
    dossier, office = Dossier.objects.get(), resident.office
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    after = "Après la réponse ou le silence" if french else "بعد الجواب أو السكوت"
    first = "ne remplace pas" if french else "لا يقوم مقامه"
    with simulated(at("2026-12-10 10:00")):
        desk.answer_appeal(dossier, office.officer, office.president, "refused", "لا.")
        page = opened(resident, number, code, GRIEVANCE)
        sent = {"key": "b" * 32, "text": "أطلب إعادة النظر في القرار"}
        assert resident.post(f"follow/{number}/{GRIEVANCE}", sent).status_code == 302
        page = opened(resident, number, code)
    assert after not in page
    assert first not in page
    assert ("n’ouvre pas d’autre délai" if french else "لا يفتح أجلا آخر") in page
    court = Duty.objects.get(rule="COURT-APPEAL", over_on=None).file_before
    assert court
    assert day_words(court, "fr" if french else "ar", weekday=True) in page


def test_a_grievance_that_gives_the_court_another_day_still_says_so(resident: Resident) -> None:
    adopted(resident.office, "road-damage", 30)
    number, code = undertaken(resident)
    dossier, office = Dossier.objects.get(), resident.office
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذر.", "الطريق ليست للإقليم.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    sent = {"key": "b" * 32, "text": "أطلب إعادة النظر في القرار"}
    assert resident.post(f"follow/{number}/{GRIEVANCE}", sent).status_code == 302
    page = opened(resident, number, code)
    assert "بعد الجواب أو السكوت" in page
    assert "السكوت رفض بعد" in page, "no text dates the answer to a grievance"
    assert "يجيب الرئيس" not in page
    assert "يتعهد المجلس بالجواب" not in page
    assert "السكوت رفض بعد" in Notice.objects.filter(code="appeal_receipt").latest("pk").body


def undertaken(resident: Resident) -> tuple[str, str]:
    asked = {"q_place": "دوار النخلة", "q_what": "track", "q_danger": "no", "q_details": "حفرة"}
    sheet = {"subject": "حفرة", "kind": "person", "name": "سلمى", "phone": "0612345678"}
    draft = resident.begin("road-damage", asked | sheet)
    assert resident.send(draft).status_code == 302
    return Dossier.objects.get().number, resident.receipt(draft).context["code"]


@pytest.mark.parametrize("french", [False, True])
def test_before_the_daily_round_the_page_offers_what_the_counter_offers(resident: Resident, french: bool) -> None:
    """The silence of 60 days is over since the first of February, and nothing recorded it."""
    resident.french = french
    _draft, number, code = resident.file(*BOTH)
    with simulated(at("2027-02-03 10:00")):
        assert not Fact.objects.filter(kind="lapsed").exists()
        resident.post("follow/", {"number": number, "code": code})
        page = resident.get(f"follow/{number}/").content.decode()
        dossier = Dossier.objects.get()
        assert clockwork.may(dossier, "reasons_asked").allowed
        assert f"follow/{number}/reasons/" in page
        assert ADVISED[french] in page, "the day of the appeal, which the silence opened"
        form = resident.get(f"follow/{number}/{OWN}").content.decode()
        assert ("Je n’ai reçu aucune réponse" if french else "لم أتوصل بأي جواب") in form
        assert resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": ""}).status_code == 302
        assert Fact.objects.get(kind="appeal_filed").data["against"] == "lapse"
    with simulated(at("2027-01-20 10:00")):
        assert not clockwork.may(dossier, "reasons_asked").allowed


@pytest.mark.parametrize("french", [False, True])
def test_a_return_that_was_taken_back_says_so_and_what_is_missing_by_when(resident: Resident, french: bool) -> None:
    resident.french = french
    _draft, number, code = resident.file("signed-request")
    dossier, office = Dossier.objects.get(), resident.office
    with simulated(at("2027-02-01 10:00")):
        record_lapses(date(2027, 2, 1))
        desk.return_file(dossier, office.officer, "missing")
        resident.post("follow/", {"number": number, "code": code})
        sent = {"key": "a" * 32, "text": "قدمت الوثيقة في الأجل"}
        assert resident.post(f"follow/{number}/{GRIEVANCE}", sent).status_code == 302
        dossier.refresh_from_db()
        desk.answer_appeal(dossier, office.officer, office.president, "granted", "")
        page = opened(resident, number, code)
        day = Duty.objects.get(rule="PROC-COMPLETE-AGAIN", over_on=None).file_before
    assert day
    assert ("Le retour de votre dossier a été annulé" if french else "أُلغي إرجاع ملفكم") in page
    assert day_words(day, "fr" if french else "ar", weekday=True) in page
    for words in ("Réponse : favorable", "demandez", "كان الجواب", "اطلبوه", "بالشباك رقم"):
        assert words not in page.split("Papiers" if french else "الأوراق")[0].split("Votre numéro")[0], words


@pytest.mark.parametrize("french", [False, True])
def test_while_a_notification_is_put_right_no_day_that_rested_on_it_is_over(resident: Resident, french: bool) -> None:
    resident.french = french
    number, code = refused(resident)
    dossier, office = Dossier.objects.get(), resident.office
    with simulated(at("2027-01-20 10:00")):
        assert ("délai passé" if french else "انصرم الأجل") in opened(resident, number, code)
        correct_entry(Fact.objects.get(kind="notified"), office.director, "الوصل يخص شخصا آخر")
        for path in ("", "receipt/"):
            page = opened(resident, number, code, path)
            assert ("est revenu sur" if french else "تراجع المجلس عما سجله") in page, path
            assert ("délai passé" if french else "انصرم الأجل") not in page
            waits = "Elle est signée et vous attend au guichet" if french else "ينتظركم بشباك المجلس"
            assert (waits in page) is (path == ""), "as before the notification that was taken back"
    with simulated(at("2027-01-21 10:00")):
        letter = Act.objects.get(kind="outcome")
        desk.notify_outcome(letter, dossier, office.officer, how="in_hand", on=date(2027, 1, 10), proof="توقيع")
        page = opened(resident, number, code)
        assert ("est revenu sur" if french else "تراجع المجلس عما سجله") not in page
        assert ADVISED[french] in page


WAITS_FOR = "يظهر هنا تاريخ الجواب عنه بعد تسجيل"


def answers_by(page: str) -> str:
    """The day on which the page says that the remedy that waits is answered; what it says instead of one."""
    filed = page.split("تاريخ التقديم")[1].split("إضافة نص")[0]
    assert ("يجيب الرئيس" in filed) != (WAITS_FOR in filed), filed
    return filed.split("يجيب الرئيس إلى غاية")[1].split(".")[0].strip() if "يجيب الرئيس" in filed else WAITS_FOR


def test_a_day_told_of_an_appeal_stands_while_a_notification_is_put_right(resident: Resident) -> None:
    """It is counted from its filing: neither what it contests nor its own answer, notified anew, moves it."""
    number, code = refused(resident)
    dossier, office = Dossier.objects.get(), resident.office
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    told = day_words(date(2026, 12, 17), "ar")
    assert answers_by(opened(resident, number, code)) == told
    with simulated(at("2026-12-04 10:00")):
        correct_entry(Fact.objects.get(kind="notified"), office.director, "الوصل يخص شخصا آخر")
        page = opened(resident, number, code)
        assert answers_by(page) == told
        assert "قبل الأوان" not in page, "he was refused when he filed it"
        letter = Act.objects.get(kind="outcome")
        desk.notify_outcome(letter, dossier, office.officer, how="in_hand", on=date(2026, 12, 4), proof="توقيع")
        assert answers_by(opened(resident, number, code)) == told, "as it was told meanwhile"
    with simulated(at("2026-12-10 10:00")):
        desk.answer_appeal(dossier, office.officer, office.president, "refused", "لا.")
        correct_entry(Fact.objects.get(kind="appeal_answered"), office.director, "الوصل يخص شخصا آخر")
        assert answers_by(opened(resident, number, code)) == told


def test_an_appeal_that_came_early_says_why_it_has_no_day(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    resident.post(f"follow/{number}/{OWN}", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    with simulated(at("2026-12-04 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 4), proof="توقيع")
        counted = day_words(date(2026, 12, 21), "ar")
        assert answers_by(opened(resident, number, code)) == counted
        correct_entry(Fact.objects.get(kind="notified"), office.director, "الوصل يخص شخصا آخر")
        page = opened(resident, number, code)
        assert answers_by(page) == WAITS_FOR, "it is counted from the day that is put right"
        assert "قبل الأوان" not in page
        act.refresh_from_db()
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 4), proof="توقيع")
        desk.answer_appeal(dossier, office.officer, office.president, "refused", "لا.")
        correct_entry(Fact.objects.get(kind="appeal_answered"), office.director, "الوصل يخص شخصا آخر")
        page = opened(resident, number, code)
        assert answers_by(page) == counted, "its own answer is notified anew, what it contests stands"
        assert "قبل الأوان" in page


def test_a_person_is_not_late_once_his_days_are_past_and_the_office_says_one_day(resident: Resident) -> None:
    _draft, number, code = resident.file("signed-request")
    dossier, office = Dossier.objects.get(), resident.office
    with simulated(at("2027-02-01 10:00")):
        record_lapses(date(2027, 2, 1))
        page = opened(resident, number, code)
        assert "متأخر" not in page
        assert "فهي مقبولة ما لم يُرجع الملف" in page
        desk.return_file(dossier, office.officer, "missing")
    with simulated(at("2027-02-20 10:00")):
        correct_entry(Fact.objects.get(kind="file_returned"), office.director, "أُرجع خطأ")
        page = opened(resident, number, code)
        assert "متأخر" not in page
        duty = Duty.objects.get(rule="PROC-COMPLETE-AGAIN", over_on=None)
        assert duty.file_before
        assert day_words(duty.file_before, "ar") in page
        assert duty.do_by
        desk_page = sign_in(office.officer).get(address(office.council, "office-dossier", number)).content.decode()
        now = desk_page.split('class="card next"')[1].split("</section>")[0]
        assert duty.file_before.isoformat() in now
        assert duty.do_by == duty.file_before or duty.do_by.isoformat() not in now


def test_each_duty_of_the_council_says_what_its_last_day_is() -> None:
    """Whatever is added is looked at: an answer that a text dates, a silence, a refusal, or a task by its name."""
    people = [code for code, regime in law.REGIMES.items() if regime.opened_by == "person"]
    rules = [rule for rule in law.RULES if rule.type == "duty" and rule.owner in law.HOUSE]
    endings = {rule.id: ending_of(rule.id) for rule in rules if any(kind in rule.kinds for kind in people)}
    assert {one for one, ending in endings.items() if ending == "answer"} == ANSWERS
    assert {one for one, ending in endings.items() if ending == "silence"} == {"GRIEVANCE-60"}
    assert {one for one, ending in endings.items() if ending == "refusal"} == {"PET-REFUSE"}


@pytest.mark.parametrize(
    ("rule", "said"), [("PROC-DECIDE", ""), ("PET-REFUSE", "refusal"), ("GRIEVANCE-60", "silence")]
)
def test_a_receipt_names_what_its_day_is(office: Office, rule: str, said: str) -> None:
    service = "petition" if rule == "PET-REFUSE" else "equipment-loan"
    sheet = adopted(office, service, None if rule == "PET-REFUSE" else 60)
    brought = ("petition-form",) if rule == "PET-REFUSE" else BOTH
    dossier = services.file_request(loan_filing(sheet, brought, language="fr")).dossier
    if rule == "GRIEVANCE-60":
        draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذر.", "السبب")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
        services.file_appeal(dossier, "أطلب إعادة النظر", "k" * 32, filed="grievance_filed")
    receipt = Act.objects.filter(kind="receipt").latest("pk")
    clock = receipt.document["receipt"]["clock"]
    assert [one for one in ("refusal", "silence", "task", "aim") if one in clock] == [one for one in [said] if one]
    with pdf_of(receipt).open() as paper:
        assert paper.read(4) == b"%PDF", "and its paper is drawn"
