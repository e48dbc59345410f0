"""A letter falls with the entry that it answers; nothing unfinished, forbidden or without remedy is signed."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadbir.acts.models import Act, Draft
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Delegation
from tadbir.desk import papers
from tadbir.desk.words import fact_name
from tadbir.dossiers.clockwork import facts_of
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


@pytest.fixture
def refused(office: Office, dossier: Dossier) -> Dossier:
    """The same, refused on 1 December, with an appeal of 3 December."""
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "الآلية كانت متوفرة", "appeal")
    dossier.refresh_from_db()
    return dossier


def appeal(dossier: Dossier) -> Fact:
    return dossier.facts.filter(kind="appeal_filed").latest("pk")


def answer(office: Office, dossier: Dossier, sense: str = "refused") -> Draft:
    return desk.draft_outcome(dossier, office.officer, sense, "تعذرت الاستجابة.", "السبب قائم")


def test_the_answer_falls_with_the_appeal_and_its_writer_is_told(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-07 10:00")):
        draft, president = answer(office, refused), sign_in(office.president)
        page = address(office.council, "office-signing-letter", draft.pk)
        read = president.get(page).content.decode()
        assert "41.90" in read
        desk.correct_entry(appeal(refused), office.director, "سُجل في غير ملفه")
        assert not Draft.objects.filter(pk=draft.pk).exists()
        dropped = refused.facts.get(kind="letter_dropped")
        assert (dropped.data["step"], dropped.words["reason"]) == ("appeal_answered", "سُجل في غير ملفه")
        assert Notice.objects.filter(code="letter_fell", dossier_ref=refused.number).count() == 1
        actions.file_appeal(refused, "أعيد النظر في طلبي", "another appeal")
        assert papers.answer_being_prepared(refused) is None, "the new appeal has no answer yet"
        for gone in (president.post(page, {"read": "on"}), president.get(page)):
            assert (gone.status_code, str(office.director) in gone.content.decode()) == (410, True)
            assert f"/office/dossiers/{refused.number}/" in gone.content.decode(), "the way back to the folder"
            assert "السبب: سُجل في غير ملفه" in re.sub(r"</?bdi[^>]*>|[\u2066-\u2069]", "", gone.content.decode())
        assert sign_in(office.stranger).get(page).status_code == 403
        assert president.get(address(office.council, "office-signing-letter", 9999)).status_code == 404
    assert not Act.objects.filter(kind="appeal_answer").exists()
    story = sign_in(office.officer).get(address(office.council, "office-dossier", refused.number)).content.decode()
    assert "سُجل في غير ملفه" in story


def test_an_entry_whose_answer_is_sealed_is_struck_out_last(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-07 10:00")):
        act = desk.sign_outcome(answer(office, refused), refused, office.president, office.president, means="session")
        with pytest.raises(ValidationError, match=act.number):
            desk.correct_entry(appeal(refused), office.director, "خطأ")
        desk.correct_entry(refused.facts.get(kind="answer_signed"), office.director, "خطأ")
        desk.correct_entry(appeal(refused), office.director, "خطأ")
    act.refresh_from_db()
    assert act.status == Act.Status.ANNULLED


def test_a_refusal_bears_a_way_to_contest_it_or_is_not_sealed(
    office: Office, dossier: Dossier, monkeypatch: Any
) -> None:
    draft = answer(office, dossier)
    monkeypatch.setattr("tadbir.desk.papers.answers.remedies", lambda *told: [])
    with pytest.raises(ValidationError, match="طريق"):
        desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    monkeypatch.undo()
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    assert act.document["remedies"]


def test_what_announces_something_is_neither_saved_nor_sealed_without_it(office: Office) -> None:
    sheet = take_from_catalogue("road-damage", office.unit)
    road = actions.file_request(loan_filing(sheet, brought=(), answers={"place": "الطريق 12"}, subject="حفرة")).dossier
    half, _french = papers.half_written(road, "granted")
    with pytest.raises(ValidationError) as told:
        desk.draft_outcome(road, office.officer, "granted", half)
    assert list(told.value.message_dict) == ["body_ar"]
    with pytest.raises(ValidationError) as told:
        desk.draft_outcome(road, office.officer, "refused", "تعذر ذلك.", "للأسباب ……")
    assert list(told.value.message_dict) == ["reasons_ar"]
    draft = desk.draft_outcome(road, office.officer, "granted", half + "\nإصلاح الحفرة قبل نهاية الشهر.")
    told_so = dict(draft.body)
    told_so["blocks"] = [{"t": "p", "text": "قرر المجلس ما يلي:"}]
    Draft.objects.filter(pk=draft.pk).update(body=told_so)
    draft.refresh_from_db()
    page = sign_in(office.president).get(address(office.council, "office-signing-letter", draft.pk)).content.decode()
    assert 'name="read"' not in page
    with pytest.raises(ValidationError, match="غير تامة"):
        desk.sign_outcome(draft, road, office.president, office.president, means="session")


def test_two_letters_of_one_dossier_name_each_other_and_only_one_is_signed(office: Office, dossier: Dossier) -> None:
    president, officer = sign_in(office.president), sign_in(office.officer)
    letter = actions.misdirected(dossier, office.head, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
    draft = desk.draft_outcome(dossier, office.officer, "granted", "قرر المجلس إعارتكم الخيام.")
    pages = {one.pk: address(office.council, "office-signing-letter", one.pk) for one in (letter, draft)}
    for mine, other in ((letter, draft), (draft, letter)):
        read = president.get(pages[mine.pk]).content.decode()
        assert "رسائل أخرى" in read
        assert other.body["title_ar"] in read
        assert f'href="{pages[other.pk]}"' in read
    assert (
        letter.body["title_ar"]
        in officer.get(address(office.council, "office-answer-sign", dossier.number)).content.decode()
    )
    folder = address(office.council, "office-signing")
    both = president.get(folder).content.decode()
    assert (both.count("ينتظر كذلك في هذا الملف"), both.count("لا يمكن إمضاؤها")) == (2, 0)
    assert all(both.count(f'href="{page}"') == 2 for page in pages.values()), "its own row, and the other's"
    assert president.post(pages[draft.pk], {"read": "on"}).status_code == 302
    assert pages[letter.pk] not in president.get(folder).content.decode(), "nobody can sign it: it fills no folder"
    ours = officer.get(address(office.council, "office-letter", dossier.number, letter.pk)).content.decode()
    why = papers.why_not_submitted(dossier, letter, Story(facts_of(dossier)))[0]
    assert why in ours, "with the reason"
    theirs = president.get(pages[letter.pk]).content.decode()
    assert 'name="signatory"' not in ours
    assert 'name="read"' not in theirs


def test_what_is_typed_once_somebody_signed_or_notified_is_shown_again(office: Office, dossier: Dossier) -> None:
    officer, draft = sign_in(office.officer), answer(office, dossier)
    page = f"{address(office.council, 'office-answer', dossier.number)}?sense=refused"
    sign = address(office.council, "office-answer-sign", dossier.number)
    read = officer.read(page)
    act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    typed = {"sense": "refused", "body_ar": "نص آخر للجواب", "reasons_ar": "سبب آخر مفصل", "shown": read}
    late = officer.post(page, typed)
    text = late.content.decode()
    assert late.status_code == 409
    for words in ("نص آخر للجواب", "سبب آخر مفصل", str(office.president)):
        assert words in text
    signed = {"signatory": office.president.pk, "on": "2026-12-01", "means": "wet_ink", "seen": "on"}
    assert act.number in officer.post(sign, signed, follow=True).content.decode()
    notify = address(office.council, "office-answer-notify", dossier.number, act.number)
    before = officer.read(notify)
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع على النسخة")
    sent = {"how": "registered_post", "on": "2026-12-01", "proof": "RR123", "shown": before}
    again = officer.post(notify, sent)
    assert again.status_code == 409
    assert "RR123" in again.content.decode()


def test_back_to_a_letter_just_signed_says_that_it_is_signed(office: Office, dossier: Dossier) -> None:
    president, draft = sign_in(office.president), answer(office, dossier)
    page = address(office.council, "office-signing-letter", draft.pk)
    assert president.post(page, {"read": "on"}).status_code == 302
    act = Act.objects.get(kind="outcome")
    back = president.get(page, follow=True)
    assert (back.status_code, act.number in back.content.decode()) == (200, True)
    assert sign_in(office.director).get(page).status_code == 404


def test_the_folder_asks_no_more_for_more_letters(
    office: Office, dossier: Dossier, django_assert_max_num_queries: Any
) -> None:
    """What stands in the way of each letter and the others of its dossier are read for the page."""
    president, folder = sign_in(office.president), address(office.council, "office-signing")
    answer(office, dossier)
    with CaptureQueriesContext(connection) as one:
        president.get(folder)
    for _n in range(3):
        more = actions.file_request(loan_filing(dossier.sheet)).dossier
        answer(office, more)
        actions.misdirected(more, office.head, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
    with django_assert_max_num_queries(len(one)):
        president.get(folder)


def test_the_decision_is_notified_before_the_answer_to_the_appeal_against_it(office: Office, refused: Dossier) -> None:
    """Where the notification of the decision is struck out, both letters wait: the person hears the decision first."""
    officer, home = sign_in(office.officer), address(office.council, "office-dossier", refused.number)
    with simulated(at("2026-12-07 10:00")):
        last = desk.sign_outcome(answer(office, refused), refused, office.president, office.president, means="session")
        desk.correct_entry(refused.facts.get(kind="notified"), office.director, "خطأ")
        first, told = Act.objects.get(kind="outcome"), {"how": "in_hand", "on": date(2026, 12, 7), "proof": "توقيع"}
        pages = {
            one: address(office.council, "office-answer-notify", refused.number, one.number) for one in (first, last)
        }
        text = officer.get(home).content.decode()
        assert (pages[first] in text, pages[last] in text) == (True, False)
        waits = officer.get(pages[last]).content.decode()
        assert (pages[first] in waits, 'name="proof"' in waits) == (True, False)
        with pytest.raises(ValidationError, match=first.number):
            desk.notify_outcome(last, refused, office.officer, **told)
        desk.notify_outcome(first, refused, office.officer, **told)
        assert pages[last] in officer.get(home).content.decode()
        desk.notify_outcome(last, refused, office.officer, **told)
    for code in ("appeal_receipt", "appeal_answered"):
        notice = Notice.objects.filter(code=code, dossier_ref=refused.number).latest("pk")
        assert "الطعن أمام رئيس المجلس" in notice.body, "the remedy by the name that its law gives it"
        assert "شكاي" not in notice.body
    last.refresh_from_db()
    assert last.notified_on == date(2026, 12, 7)


def test_a_letter_of_a_dossier_that_ended_says_what_ended_it(office: Office, dossier: Dossier) -> None:
    draft, president = answer(office, dossier), sign_in(office.president)
    page = address(office.council, "office-signing-letter", draft.pk)
    assert president.get(page).status_code == 200
    actions.withdraw(dossier)
    gone = president.get(page)
    assert gone.status_code == 410
    assert fact_name("withdrawn") in gone.content.decode()


def test_whoever_lost_the_power_to_sign_reads_so(office: Office, dossier: Dossier) -> None:
    councils.delegate(office.president, office.director, ["outcome"], "31/2026", date(2026, 12, 1))
    draft, director = answer(office, dossier), sign_in(office.director)
    page = address(office.council, "office-signing-letter", draft.pk)
    assert director.get(page).status_code == 200
    with simulated(at("2026-12-03 10:00")):
        councils.end_delegation(Delegation.objects.get(), date(2026, 12, 2))
        gone = director.get(page)
        assert gone.status_code == 410, "he could sign it when it was written"
        assert f"/office/dossiers/{dossier.number}/" in gone.content.decode()
