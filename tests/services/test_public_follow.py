"""Following a dossier: who may open it, what is shown and what stays inside, what the person may do."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tadbir.councils.clock import simulated
from tadbir.desk.public import access
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.factories import BOTH, PNG, Office
from tests.services.residents import Resident, text
from tests.services.test_several_files import sheet_of_paper


def kinds() -> list[str]:
    return list(Fact.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.postgres
def test_number_and_code_open_and_nothing_else_does(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    stranger = Resident(resident.office)
    assert stranger.get(f"follow/{number}/").status_code == 403
    wrong = stranger.post("follow/", {"number": number, "code": "00000000"})
    unknown = stranger.post("follow/", {"number": "D-2026-99999", "code": code})
    assert wrong.status_code == unknown.status_code == 422
    said = [answer.content.decode().split("<main")[1].split("<form")[0] for answer in (wrong, unknown)]
    assert said[0] == said[1]
    opened = stranger.post("follow/", {"number": number, "code": code})
    assert opened.status_code == 302
    assert number in text(stranger.get(opened["Location"]))
    assert stranger.post("follow/close/").status_code == 302
    assert stranger.get(f"follow/{number}/").status_code == 403


def test_the_number_may_be_typed_in_many_ways(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    receipt = Dossier.objects.get().number.replace("D", "R")
    eastern = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    ways = (
        (number.replace("-", ""), code),
        (number.replace("D", "د"), code),
        ("1", code),
        ("١", eastern.replace("-", "\u2013")),
        (f"\u200f{number}.", code),
        (number.lower(), code),
        ("٢٠٢٦-١", eastern),
        ("d 2026 1", code.replace("-", " ")),
        (receipt, code),
    )
    for typed, digits in ways:
        other = Resident(resident.office)
        assert other.post("follow/", {"number": typed, "code": digits}).status_code == 302, typed
    for typed in ("", "\x00", "D-2026-1\u202e", "' or 1=1", "9" * 40):
        assert Resident(resident.office).post("follow/", {"number": typed, "code": code}).status_code in (302, 422)


def test_the_cookie_is_the_councils_and_two_hours_old_at_most(resident: Resident, office: Office) -> None:
    from tests.factories import make_office

    _draft, number, code = resident.file(*BOTH)
    neighbour = make_office("12.066", "aousserd")
    there = Resident(neighbour, client=resident.client)
    assert there.get(f"follow/{number}/").status_code == 403
    assert there.post("follow/", {"number": number, "code": code}).status_code == 422
    cookie = resident.client.cookies[access.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    cookie.set(access.COOKIE, cookie.value + "x", cookie.value + "x")
    assert resident.get(f"follow/{number}/").status_code == 403


def test_a_page_that_waited_too_long_keeps_the_text(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    desk.ask_information(Dossier.objects.get(), resident.office.officer, "كم عدد الخيام؟")
    stranger = Resident(resident.office)
    shut = stranger.post(f"follow/{number}/answer/", {"text": "أربع خيام كبيرة"})
    assert shut.status_code == 403
    assert "أربع خيام كبيرة" in shut.content.decode()
    assert stranger.post(f"follow/{number}/answer/", {"text": "أربع", "again-code": "1"}).status_code == 403
    assert "information_received" not in kinds()
    assert stranger.post(f"follow/{number}/answer/", {"text": "أربع خيام كبيرة", "again-code": code}).status_code == 302
    assert kinds()[-1] == "information_received"


@pytest.mark.postgres
def test_missing_documents_are_supplied_and_the_clock_starts(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request")
    page = text(resident.get(f"follow/{number}/"))
    assert "التزام بإرجاع" in page
    assert "طور الإيداع" in page
    address = f"follow/{number}/documents/liability/"
    bad = resident.post(address, {"liability-document": SimpleUploadedFile("x.png", b"no picture")})
    assert bad.status_code == 422
    other = resident.post(
        f"follow/{number}/documents/association-receipt/",
        {"association-receipt-document": SimpleUploadedFile("x.png", PNG)},
    )
    assert other.status_code == 422
    good = resident.post(address, {"liability-document": SimpleUploadedFile("x.png", PNG)})
    assert good.status_code == 302
    assert "completed" in kinds()
    page = text(resident.get(f"follow/{number}/receipt/"))
    assert "«ملف مودع»" in page
    assert "2027" in page


def test_a_page_whose_token_is_gone_keeps_the_text_too(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    strict = Resident(resident.office, client=Client(enforce_csrf_checks=True))
    strict.client.cookies = resident.client.cookies
    stale = {"text": "تأخرتم كثيرا", "key": "d" * 32, "csrfmiddlewaretoken": "x" * 64}
    shut = strict.post(f"follow/{number}/remedies/appeal_filed/", stale)
    assert shut.status_code == 403
    page = shut.content.decode()
    assert "تأخرتم كثيرا" in page
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = {"text": "تأخرتم كثيرا", "key": "d" * 32, "csrfmiddlewaretoken": token, "again-code": code}
    assert "appeal_filed" not in kinds()
    assert strict.post(f"follow/{number}/remedies/appeal_filed/", again).status_code == 302
    assert "appeal_filed" in kinds()


def test_supplying_needs_the_token_of_the_page(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request")
    strict = Resident(resident.office, client=Client(enforce_csrf_checks=True))
    strict.client.cookies = resident.client.cookies
    file = {"liability-document": SimpleUploadedFile("x.png", PNG)}
    assert strict.post(f"follow/{number}/documents/liability/", file).status_code == 403
    assert strict.post(f"follow/{number}/withdraw/").status_code == 403
    page = strict.get(f"follow/{number}/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    file = {"liability-document": SimpleUploadedFile("x.png", PNG), "csrfmiddlewaretoken": token}
    assert strict.post(f"follow/{number}/documents/liability/", file).status_code == 302


def test_a_replacement_and_an_answer(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier, officer = Dossier.objects.get(), resident.office.officer
    desk.ask_replacement(dossier, officer, "liability", "الصورة غير واضحة")
    desk.ask_information(dossier, officer, "كم عدد الخيام؟")
    page = text(resident.get(f"follow/{number}/"))
    assert "الصورة غير واضحة" in page
    assert "كم عدد الخيام؟" in page
    assert resident.post(f"follow/{number}/answer/", {"text": " "}).status_code == 422
    assert resident.post(f"follow/{number}/answer/", {"text": "أربع"}).status_code == 302
    again = resident.post(f"follow/{number}/answer/", {"text": "أربع"})
    assert again.status_code == 422
    file = {"liability-document": SimpleUploadedFile("new.png", sheet_of_paper(90))}
    assert resident.post(f"follow/{number}/documents/liability/", file).status_code == 302
    assert kinds()[-1] == "replacement_received"
    assert "الصورة غير واضحة" not in text(resident.get(f"follow/{number}/")).split("ما وقع")[0]


def test_what_the_office_says_to_itself_stays_inside(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    desk.ask_opinion(dossier, office.officer, office.other_unit, "هل الخيام متوفرة فعلا؟")
    dossiers.reassign(dossier, office.head, office.officer, office.unit, "كثرة الملفات")
    desk.draft_outcome(dossier, office.officer, "granted", "قررنا الاستجابة لطلبكم.")
    page = resident.get(f"follow/{number}/").content.decode()
    for inside in ("متوفرة فعلا", "كثرة الملفات", "إسناد الملف", "رأي قسم أو مصلحة", "قررنا الاستجابة"):
        assert inside not in page
    assert "إيداع الملف" in page


def test_a_request_is_taken_back_once_sure(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    assert resident.get(f"follow/{number}/withdraw/").status_code == 200
    assert "withdrawn" not in kinds()
    read = {"shown": resident.client.read(resident.full(f"follow/{number}/withdraw/"))}  # type: ignore[attr-defined]
    taken = resident.post(f"follow/{number}/withdraw/", read)
    assert (taken.status_code, "?done=" in taken["Location"]) == (302, True)
    assert kinds()[-1] == "withdrawn"
    for again in (resident.post(f"follow/{number}/withdraw/", read), resident.get(f"follow/{number}/withdraw/")):
        assert again["Location"] == taken["Location"], "the answer was lost: what was done is said, and asked no more"
    assert kinds().count("withdrawn") == 1


@pytest.mark.postgres
def test_an_appeal_after_a_lapse_is_one_tap(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        resident.post("follow/", {"number": number, "code": code})
        page = resident.get(f"follow/{number}/remedies/appeal_filed/").content.decode()
        key = page.split('name="key" value="')[1].split('"')[0]
        for _click in range(2):
            assert resident.post(f"follow/{number}/remedies/appeal_filed/", {"key": key, "text": ""}).status_code == 302
        assert kinds().count("appeal_filed") == 1
        appeal = Fact.objects.get(kind="appeal_filed")
        assert (appeal.data["against"], appeal.words["text"]) == ("lapse", "لم أتوصل بأي جواب داخل الأجل.")
        assert "55.19" in text(resident.get(f"follow/{number}/"))


def test_an_early_appeal_is_accepted_and_none_after_withdrawal(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    assert (
        resident.post(f"follow/{number}/remedies/appeal_filed/", {"key": "a" * 32, "text": "تأخرتم"}).status_code == 302
    )
    assert Fact.objects.get(kind="appeal_filed").data["against"] == "early"
    _draft, second, _code = resident.file(*BOTH)
    resident.post(f"follow/{second}/withdraw/")
    refused = resident.post(f"follow/{second}/remedies/appeal_filed/", {"key": "b" * 32, "text": "مع ذلك"})
    assert refused.status_code == 422
    assert kinds().count("appeal_filed") == 1


def test_other_words_by_the_same_form_are_not_said_to_be_recorded(resident: Resident) -> None:
    """The first sending arrived and its answer did not: what is typed and sent again then is not thrown away unseen."""
    _draft, number, _code = resident.file(*BOTH)
    page = f"follow/{number}/remedies/appeal_filed/"
    for words in ("تأخرتم كثيرا", " تأخرتم كثيرا "):
        assert resident.post(page, {"key": "a" * 32, "text": words}).status_code == 302
    other = resident.post(page, {"key": "a" * 32, "text": "كلام آخر صححته"})
    assert (other.status_code, "كلام آخر صححته" in text(other)) == (422, True)
    assert "ما كتبتموه هنا لم يُسجل" in text(other)
    assert Fact.objects.get(kind="appeal_filed").words["text"] == "تأخرتم كثيرا"


def test_reasons_are_offered_after_a_silence_and_not_after_withdrawal(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    assert "/reasons/" not in resident.get(f"follow/{number}/").content.decode()
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        resident.post("follow/", {"number": number, "code": code})
        assert "/reasons/" in resident.get(f"follow/{number}/").content.decode()
        assert resident.post(f"follow/{number}/reasons/").status_code == 302
        assert kinds()[-1] == "reasons_asked"
    _draft, second, _code = resident.file(*BOTH)
    resident.post(f"follow/{second}/withdraw/")
    assert resident.post(f"follow/{second}/reasons/").status_code == 422


def test_papers_and_files_leave_as_attachments(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier = Dossier.objects.get()
    document = dossier.documents.first()
    assert document is not None
    file = resident.get(f"follow/{number}/files/{document.pk}/")
    assert _saved(file) == PNG
    assert resident.get(f"follow/{number}/files/{document.pk + 99}/").status_code == 404
    assert resident.get(f"follow/{number}/papers/R-2026-99999/").status_code == 404
    paper = resident.get(f"follow/{number}/papers/R-2026-00001/")
    assert _saved(paper).startswith(b"%PDF")
    stranger = Resident(resident.office)
    assert stranger.get(f"follow/{number}/papers/R-2026-00001/").status_code == 403
    assert stranger.get(f"follow/{number}/files/{document.pk}/").status_code == 403


def test_letters_are_there_at_once_and_the_answer_once_notified(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    desk.ask_information(dossier, office.officer, "كم عدد الخيام؟")
    assert _saved(resident.get(f"follow/{number}/papers/N-2026-00001/")).startswith(b"%PDF")
    actions.answer_information(dossier, "أربع")
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    paper = f"follow/{number}/papers/{act.number}/"
    assert resident.get(paper).status_code == 404
    assert act.number not in text(resident.get(f"follow/{number}/"))
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع على النسخة")
    assert _saved(resident.get(paper)).startswith(b"%PDF")
    page = text(resident.get(f"follow/{number}/"))
    assert act.number in page
    assert "رفض" in page
    assert "الطعن أمام رئيس المجلس" in page
    assert "إلى غاية الخميس 31 دجنبر 2026" in page  # 1 December and 31 days: 1 January, a holiday
    assert (
        "المحكمة الإدارية، بعد استنفاد الطعن أمام رئيس المجلس" in page
    )  # law 41-90, article 23: it follows the appeal
    with simulated(at("2027-02-10 09:00")):  # a day that is over is no remedy
        resident.post("follow/", {"number": number, "code": code})
        assert "المحكمة الإدارية" not in text(resident.get(f"follow/{number}/"))
    for text_of_it, status in (("", 422), (" .", 422), ("الخيام لم تكن محجوزة", 302)):
        sent = resident.post(f"follow/{number}/remedies/appeal_filed/", {"key": "c" * 32, "text": text_of_it})
        assert sent.status_code == status, "a refusal is contested with words"
    assert Fact.objects.get(kind="appeal_filed").data["against"] == "refusal"


def _saved(answer: Any) -> bytes:
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    return b"".join(answer.streaming_content)  # read to its end, which also closes the file
