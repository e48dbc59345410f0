"""The signing folder: who finds which letter in it, what he signs, and how he contests what others recorded."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tadbir.acts.models import Act, Draft, NoticeMeans
from tadbir.councils import actions as councils
from tadbir.councils.models import Quality
from tadbir.desk import actions as desk
from tadbir.desk.dossier import Desk
from tadbir.desk.history import history
from tadbir.desk.next import next_of
from tadbir.desk.papers import answer_being_prepared
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.ledgers.papers import _cells
from tadbir.notify.models import Notice
from tadbir.services import actions
from tests.browser import skipped_headings
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office, adopted_loan, loan_filing

TODAY = date(2026, 12, 1)


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December whose refusal is written."""
    made = actions.file_request(loan_filing(adopted_loan(office))).dossier
    page = f"{address(office.council, 'office-answer', made.number)}?sense=refused"
    typed = {"sense": "refused", "body_ar": "تعذرت الاستجابة.", "reasons_ar": "الخيام محجوزة."}
    writer = sign_in(office.officer)
    assert writer.post(page, typed | shown(writer, page)).status_code == 302
    return made


def shown(client: Client, page: str) -> dict[str, str]:
    """What the page displays, as its form carries it."""
    found = re.search(r'name="shown" value="([^"]*)"', client.get(page).content.decode())
    return {"shown": found[1]} if found else {}


def draft_of(dossier: Dossier) -> Draft:
    draft = answer_being_prepared(dossier)
    assert draft
    return draft


def folder(office: Office, person: Any) -> str:
    return sign_in(person).get(address(office.council, "office-signing")).content.decode()


def page_of(office: Office, dossier: Dossier) -> str:
    return address(office.council, "office-signing-letter", draft_of(dossier).pk)


def test_the_signatory_reads_it_whole_and_signs_it_himself(office: Office, dossier: Dossier) -> None:
    page, president = page_of(office, dossier), sign_in(office.president)
    assert dossier.number in folder(office, office.president)
    text = president.get(page).content.decode()
    assert "تعذرت الاستجابة." in text
    assert "الخيام محجوزة." in text
    assert not skipped_headings(text)
    assert "المادة 21" in text  # and the ways to contest, as they are printed
    assert president.post(page, shown(president, page)).status_code == 422  # he did not say that he read it
    assert president.post(page, {"read": "on", **shown(president, page)}).status_code == 302
    act = Act.objects.get(kind="outcome")
    assert (act.signature_state, act.signed_by, act.recorded_by) == ("session", office.president, office.president)
    assert dossier.number not in folder(office, office.president)
    story = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert story.count("أمضاها صاحب الإمضاء بنفسه من حسابه") == 2  # beside the paper and in what happened
    assert not Notice.objects.filter(code="signed_for_you").exists()


def test_who_merely_handles_the_dossier_signs_nothing(office: Office, dossier: Dossier) -> None:
    page = page_of(office, dossier)
    for person, status in ((office.officer, 403), (office.clerk, 403), (office.head, 404), (office.director, 404)):
        assert sign_in(person).post(page, {"read": "on"}).status_code == status
    sign = address(office.council, "office-answer-sign", dossier.number)
    officer = sign_in(office.officer)
    forged = {"signatory": office.president.pk, "on": "2026-12-01", "means": "session", **shown(officer, sign)}
    assert officer.post(sign, forged).status_code == 422
    assert not Act.objects.filter(kind="outcome").exists()


def test_a_head_finds_the_letters_of_his_unit_and_kind(office: Office, dossier: Dossier) -> None:
    other = councils.create_person("رئيس آخر", "Autre chef", "other-head@oed.example")
    councils.give_role(other, Quality.HEAD, SINCE, office.other_unit)
    for one in (office.head, other):
        assert dossier.number not in folder(office, one)
        councils.delegate(office.president, one, ["outcome"], "8/2026", SINCE)
    assert dossier.number in folder(office, office.head)
    assert dossier.number not in folder(office, other)
    page = page_of(office, dossier)
    assert sign_in(other).post(page, {"read": "on"}).status_code == 404
    head = sign_in(office.head)
    assert head.post(page, {"read": "on", **shown(head, page)}).status_code == 302
    assert Act.objects.get(kind="outcome").signed_article == "112-14:103"


def test_a_letter_is_sent_back_with_its_reason(office: Office, dossier: Dossier) -> None:
    back = address(office.council, "office-signing-return", draft_of(dossier).pk)
    assert sign_in(office.officer).post(back, {"reason": "x"}).status_code == 403
    president = sign_in(office.president)
    refused = president.post(back, {"reason": "اذكروا تاريخ الحجز. " * 300})
    assert (refused.status_code, "اذكروا تاريخ الحجز." in refused.content.decode()) == (422, True)
    assert not Fact.objects.filter(kind="letter_sent_back").exists()
    president.post(back, {"reason": "اذكروا تاريخ الحجز."})
    story = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "اذكروا تاريخ الحجز." in story
    told = Notice.objects.get(code="letter_sent_back")
    assert told.recipient == office.officer.account.email  # whoever wrote it; the reason stays in the dossier
    assert (dossier.number in told.body, "تاريخ الحجز" in told.body) == (True, False)
    assert not Act.objects.filter(kind="outcome").exists()


def by_hand(office: Office, dossier: Dossier) -> Act:
    """The officer records that the president signed on paper, without a scan."""
    sign, officer = address(office.council, "office-answer-sign", dossier.number), sign_in(office.officer)
    typed = {
        "signatory": office.president.pk,
        "on": "2026-12-01",
        "means": "wet_ink",
        "seen": "on",
        **shown(officer, sign),
    }
    assert officer.post(sign, typed).status_code == 302
    return Act.objects.get(kind="outcome")


def said_signed(office: Office, dossier: Dossier, unsaid: set[str]) -> list[str]:
    """The facts of the story, but for some kinds, that say who recorded the signature."""
    desk_page = Desk(dossier, office.officer)
    desk_page.facts = [fact for fact in desk_page.facts if fact.kind not in unsaid]
    return [
        line.fact.kind
        for line in history(desk_page)["history"]
        if "سجل الإمضاء \u2068يونس بناني" in " ".join(line.said)
    ]


def test_whose_signature_is_recorded_is_told_and_contests_it(office: Office, dossier: Dossier) -> None:
    act = by_hand(office, dossier)
    assert act.signature_state == "said"
    notice = Notice.objects.get(code="signed_for_you")
    assert (notice.recipient, act.number in notice.body) == (office.president.account.email, True)
    story = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "مصرح بأنها ممضاة بخط اليد" in story
    assert "سجل الإمضاء \u2068يونس بناني" in story
    desk_act = {"how": "in_hand", "on": "2026-12-01", "proof": "ورقة 4"}
    officer, notify = (
        sign_in(office.officer),
        address(office.council, "office-answer-notify", dossier.number, act.number),
    )
    assert officer.post(notify, desk_act | shown(officer, notify)).status_code == 302
    assert not Duty.objects.filter(rule="PROC-DECIDE", over_on__isnull=True).exists()
    for unsaid, first in ((set(), "outcome_signed"), ({"outcome_signed"}, "notified")):
        assert said_signed(office, dossier, unsaid) == [first]  # once, at the first fact that names the act
    page = address(office.council, "office-signed", act.number)
    assert act.number in folder(office, office.president)
    for person, status in ((office.officer, 403), (office.director, 404)):
        assert sign_in(person).post(page, {"reason": "x", "sure": "on"}).status_code == status
    president, home = sign_in(office.president), address(office.council, "office-home")
    assert page in president.get(home).content.decode(), "his home says it, not only a message"
    assert page not in sign_in(office.officer).get(home).content.decode()
    seen = shown(president, page)
    assert page not in president.get(home).content.decode(), "he has seen it"
    assert "تعذرت الاستجابة." in president.get(page).content.decode()  # he reads what is said to be his
    assert president.post(page, {"reason": "لم أر هذه الرسالة.", **shown(president, page)}).status_code == 422
    assert president.post(page, {"reason": "لم أر هذه الرسالة.", "sure": "on", **seen}).status_code == 302
    act.refresh_from_db()
    assert (act.status, act.status_reason) == ("annulled", "لم أر هذه الرسالة.")
    signed, remark = _cells([act])[0][-2:]  # in the register of papers: when, and who had it so
    assert remark == f"أُلغيت بتاريخ 01/12/2026، ألغاها: {office.president}"
    assert str(office.president) in signed
    gone = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "الإمضاء، وقد أُلغي مع الوثيقة:" in gone
    told = history(Desk(dossier, office.officer))["history"]
    notified = next(line for line in told if line.fact.kind == "notified")
    assert str(NoticeMeans.IN_HAND.label) in notified.said, "how it reached the person"
    assert Fact.objects.filter(kind="entry_corrected").count() == 2  # its signature and its notification
    assert Fact.objects.get(kind="signature_contested").by == office.president
    assert Duty.objects.filter(rule="PROC-DECIDE", over_on__isnull=True).exists()  # the duty to answer is there again
    assert Notice.objects.filter(code="signature_contested").exists()  # the person had the paper in his hands
    now = next_of(Desk(dossier, office.officer))
    assert now
    assert (act.number in now.words, "أخبروه" in now.words, bool(now.url)) == (True, True, True)  # its unit knows too
    assert president.post(page, {"reason": "مرة أخرى", "sure": "on", **seen}).status_code == 409
    assert act.number not in folder(office, office.president)


def test_what_one_signed_himself_is_not_contested(office: Office, dossier: Dossier) -> None:
    draft = draft_of(dossier)
    page = page_of(office, dossier)
    president = sign_in(office.president)
    president.post(page, {"read": "on", **shown(president, page)})
    draft.refresh_from_db()
    assert draft.act
    assert president.get(address(office.council, "office-signed", draft.act.number)).status_code == 404
    with pytest.raises(PermissionDenied):
        desk.contest_signature(draft.act, dossier, office.president, "x", sure=True, shown="")
