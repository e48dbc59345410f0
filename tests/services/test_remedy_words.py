"""What a person adds in words to a remedy that waits: kept once, beside it, read by the office, moving no day."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.councils.clock import simulated
from tadbir.dossiers.actions import record
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import adopted
from tests.services.residents import Resident, text
from tests.services.test_adding import photo, tray
from tests.services.test_remedy_documents import SENT, refused, send

MORE = "اطلعت على الأسباب: الخيام كانت متوفرة في نفس اليوم"


def add(resident: Resident, number: str, words: str, filed: str = "appeal_filed", **more: Any) -> Any:
    sent = {"adds": "1", "text": words} | more
    return resident.post(f"follow/{number}/remedies/{filed}/documents/", sent)


def spoken() -> list[Fact]:
    """What was added in words."""
    return [one for one in Fact.objects.filter(kind="remedy_added") if one.words]


@pytest.mark.postgres
@pytest.mark.parametrize("filed", ["appeal_filed", "grievance_filed"])
def test_words_are_added_once_and_change_no_day(resident: Resident, filed: str) -> None:
    number = refused(resident)
    assert add(resident, number, MORE, filed).status_code == 422, "nothing waits"
    assert MORE in text(add(resident, number, MORE, filed)), "and what was typed is not lost"
    assert resident.post(f"follow/{number}/remedies/{filed}/", SENT).status_code == 302
    before = list(Duty.objects.order_by("pk").values_list("rule", "do_by", "over_on"))
    page = text(resident.get(f"follow/{number}/remedies/{filed}/"))
    assert "ولا يغير أي أجل" in page
    places = {add(resident, number, MORE, filed)["Location"] for _click in range(2)}
    assert len(places) == 1
    assert add(resident, number, f" {SENT['text']} ", filed).status_code == 302, "the words of the remedy again"
    fact = Fact.objects.get(kind="remedy_added")
    assert (fact.data["asked"], fact.words["answer"]) == (str(Fact.objects.get(kind=filed).pk), MORE)
    assert list(Duty.objects.order_by("pk").values_list("rule", "do_by", "over_on")) == before
    done = text(resident.get(places.pop().partition("#")[0]))
    assert "إضافة إلى" in done
    assert done.count(MORE) == 1, "among what he wrote"
    assert add(resident, number, "وهذا سبب آخر", filed).status_code == 302, "a second tab, another thing"
    assert Fact.objects.filter(kind="remedy_added").count() == 2
    assert all(words in text(resident.get(f"follow/{number}/remedies/{filed}/")) for words in (MORE, "وهذا سبب آخر"))


def test_the_office_reads_it_where_it_answers_and_is_told(resident: Resident) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    assert number not in tray(resident)
    add(resident, number, MORE)
    assert number in tray(resident)
    office = resident.office
    seen = sign_in(office.officer)
    page = text(seen.get(address(office.council, "office-dossier", number)))
    assert page.count(MORE) >= 2, "what came, and the history"
    assert "إضافة إلى: الطعن أمام رئيس المجلس" in page.replace("إضافة إلى : ", "إضافة إلى: ")
    form = text(seen.get(address(office.council, "office-answer", number)))
    assert SENT["text"] in form
    assert MORE in form
    assert Notice.objects.filter(code="person_added").count() == 1
    send(resident, number, "appeal_filed")
    assert Notice.objects.filter(code="person_added").count() == 1, "once a day"


def test_a_document_of_a_remedy_is_told_too(resident: Resident) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    assert number not in tray(resident)
    assert send(resident, number, "appeal_filed").status_code == 302
    assert Notice.objects.filter(code="person_added").count() == 1
    assert number in tray(resident), "as what is added to an answer"
    page = text(sign_in(resident.office.officer).get(address(resident.office.council, "office-dossier", number)))
    assert "صورة.png" in page
    assert "إضافة إلى: الطعن أمام رئيس المجلس" in page.replace("إضافة إلى : ", "إضافة إلى: ")


def test_words_added_before_they_had_a_kind_of_their_own_are_read_still(resident: Resident) -> None:
    """Until then they were kept as what is added to an answer."""
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    dossier, asked = Dossier.objects.get(), str(Fact.objects.get(kind="appeal_filed").pk)
    words = {"answer": MORE}
    record(dossier, "information_added", source="online", data={"asked": asked}, private=words, check=False)
    assert MORE in text(resident.get(f"follow/{number}/remedies/appeal_filed/"))
    seen = sign_in(resident.office.officer)
    for place in ("office-dossier", "office-answer"):
        page = text(seen.get(address(resident.office.council, place, number)))
        assert MORE in page, place
    add(resident, number, MORE)
    assert not spoken(), "they are not written a second time"


def test_too_long_or_empty_is_refused_whole_and_shown_again(resident: Resident) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    long = "كلام " * 600 + "ك"
    for words in (long, "  ", "!!"):
        answer = add(resident, number, words)
        assert answer.status_code == 422
        assert words.strip() in answer.content.decode()
    assert not Fact.objects.filter(kind="remedy_added").exists()
    assert add(resident, number, long[:2999]).status_code == 302


def test_a_document_and_words_typed_beside_it(resident: Resident) -> None:
    """The document by its button: the words stay in their box. Their own button takes both."""
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    place = f"follow/{number}/remedies/appeal_filed/documents/"
    kept = resident.post(f"{place}?piece=1", photo(30, "a.png", "piece") | {"adds": "1", "text": MORE})
    assert (kept.status_code, MORE in kept.content.decode(), "a.png" in text(kept)) == (200, True, True)
    assert not spoken(), "the document alone"
    both = resident.post(place, photo(31, "b.png", "piece") | {"adds": "1", "text": MORE})
    assert both.status_code == 302
    assert len(spoken()) == 1
    broken = SimpleUploadedFile("x.docx", b"hello")
    bad = resident.post(place, {"adds": "1", "text": "سبب ثالث", "piece-document": broken})
    assert (bad.status_code, "سبب ثالث" in bad.content.decode()) == (422, True)
    assert len(spoken()) == 1
    assert Fact.objects.filter(kind="remedy_added").count() == 3, "each document came on its own day too"


def test_a_second_page_of_the_remedy_brings_its_words_to_be_added(resident: Resident) -> None:
    number = refused(resident)
    own = f"follow/{number}/remedies/appeal_filed/"
    resident.post(own, SENT)
    late = resident.post(own, {"key": "b" * 32, "text": MORE})
    assert late.status_code == 422
    assert f"{MORE}</textarea>" in late.content.decode()
    assert "لم يُسجل" in text(late)


def test_nothing_is_added_once_it_is_answered(resident: Resident) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    office = resident.office
    desk.answer_appeal(Dossier.objects.get(), office.officer, office.president, "refused", "لا.")
    after = add(resident, number, MORE)
    assert (after.status_code, MORE in text(after)) == (422, True)
    assert not Fact.objects.filter(kind="remedy_added").exists()


def test_a_complaint_to_the_head_of_law_31_13_too(resident: Resident) -> None:
    office = resident.office
    adopted(office, "access-to-information")
    asked = {"q_information": "ميزانية 2026", "q_address": "دوار النخلة", "q_form": "paper", "q_urgent": "no"}
    draft = resident.begin("access-to-information", asked | {"subject": "الميزانية", "kind": "person", "name": "سلمى"})
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    answer = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "معلومات لا توجد.")
    act = desk.sign_outcome(answer, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    sent = {"key": "a" * 32, "text": "هذه المعلومات موجودة"}
    assert resident.post(f"follow/{dossier.number}/remedies/complaint_to_head/", sent).status_code == 302
    with simulated(at("2026-12-03 10:00")):
        assert add(resident, dossier.number, MORE, "complaint_to_head").status_code == 302
    assert Fact.objects.get(kind="remedy_added").words["answer"] == MORE
