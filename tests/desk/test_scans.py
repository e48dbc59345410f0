"""Scans of papers signed by hand: read before anything is sealed, listed, taken away with a reason, provable."""

import io
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tadbir.acts import actions as acts
from tadbir.acts.documents.scanned import picture_of
from tadbir.acts.models import Act, Draft, Scan
from tadbir.acts.queries import status_of
from tadbir.acts.signing import signed_words
from tadbir.desk import actions as desk
from tadbir.dossiers.models import Dossier, Fact
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once
from tests.acts.test_signature_states import scan_of
from tests.desk.office_desk import address, sign_in
from tests.desk.test_signing_folder import draft_of, shown
from tests.factories import PNG, Office, adopted_loan, loan_filing


def written(office: Office) -> Dossier:
    """A dossier whose answer is written and printed."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    acts.draft_pdf(at_once.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.", "", ""))
    return dossier


def given(page: str) -> str:
    """What the page carries of the scan that it shows."""
    found = re.search(r'name="given" value="([^"]*)"', page)
    return found[1] if found else ""


def send(client: Client, office: Office, dossier: Dossier, scan: bytes | None = None, **typed: Any) -> Any:
    page = address(office.council, "office-answer-sign", dossier.number)
    told = {"signatory": office.president.pk, "on": "2026-12-01", "means": "wet_ink", **shown(client, page), **typed}
    if scan is not None:
        told["document"] = SimpleUploadedFile("scan.jpg", scan, "image/jpeg")
    return client.post(page, told)


def whole() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


def story(client: Client, office: Office, dossier: Dossier) -> str:
    return client.get(address(office.council, "office-dossier", dossier.number)).content.decode()


def test_a_signature_by_hand_without_a_scan_is_declared_and_names_nobody_beforehand(office: Office) -> None:
    one, officer = written(office), sign_in(office.officer)
    page = officer.get(address(office.council, "office-answer-sign", one.number)).content.decode()
    choices = page.split('name="signatory"')[1].split("</select>")[0]
    assert choices.index('value=""') < choices.index('value="', choices.index('value=""') + 1)
    assert " selected" not in choices.replace('value="" selected', "")
    for typed in ({}, {"seen": "on", "signatory": ""}):
        refused = send(officer, office, one, **typed)
        assert refused.status_code == 422
        assert not Act.objects.filter(dossier_ref=one.number, kind="outcome").exists()
    assert "انظروا إلى الورقة الممضاة" in send(officer, office, one).content.decode()
    assert send(officer, office, one, seen="on").status_code == 302
    assert Act.objects.get(dossier_ref=one.number, kind="outcome").signed_by == office.president


@pytest.mark.postgres
def test_the_scan_of_another_letter_seals_nothing_and_is_named(office: Office) -> None:
    one, other, officer = written(office), written(office), sign_in(office.officer)
    sealed = at_once.sign_outcome(draft_of(other), other, office.president, office.president, means="session")
    unsealed = written(office)
    for scan, words, whose in (
        (scan_of(Draft.objects.get(act=sealed)), sealed.number, other.number),
        (scan_of(draft_of(unsealed)), "لم ترقم بعد", unsealed.number),
    ):
        answer = send(officer, office, one, scan)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert whose in answer.content.decode(), "the dossier where that paper belongs"
        assert given(answer.content.decode()) == ""
        assert 'type="checkbox" name="unread"' not in answer.content.decode(), "no way round it is offered"
    assert not Act.objects.filter(dossier_ref=one.number, kind="outcome").exists()
    changed = draft_of(unsealed)
    old = scan_of(changed)
    at_once.draft_outcome(unsealed, office.officer, "granted", "تعار خيمتان.", "", "")
    assert "تغير نصها" in send(officer, office, unsealed, old).content.decode()  # printed before its text changed


@pytest.mark.postgres
def test_what_the_code_says_is_shown_before_the_seal(office: Office) -> None:
    dossier, officer = written(office), sign_in(office.officer)
    scan = scan_of(draft_of(dossier))
    answer = send(officer, office, dossier, scan)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "رمز هذه الوثيقة" in page
    assert ("نظرت إلى هذه النسخة" in page, "رأيت هذه الورقة" in page.split('for="id_seen"')[1][:200]) == (True, False)
    assert not Act.objects.filter(kind="outcome").exists()
    picture = address(office.council, "office-letter-scan", dossier.number, draft_of(dossier).pk)
    assert f'src="{picture}?given=' in page
    assert b"".join(officer.get(picture, {"given": given(page)}).streaming_content) == scan  # type: ignore[attr-defined]
    assert officer.get(picture, {"given": given(page)[:-2]}).status_code == 404
    unseen = send(officer, office, dossier, given=given(page))
    assert unseen.status_code == 422
    assert "لا يرى الإمضاء" in unseen.content.decode()
    blank = send(officer, office, dossier, PNG, given=given(page), seen="on").content.decode()  # a tick for another one
    assert 'name="seen" required id="id_seen" checked' not in blank
    assert not Act.objects.filter(kind="outcome").exists()
    again = send(officer, office, dossier, scan, given=given(page), seen="on")  # a script sends the same file once more
    assert again.status_code == 302
    act = Act.objects.get(kind="outcome")
    assert (act.signature_state, Scan.objects.get().at_seal) == ("by_hand", True)
    assert whole() == []


@pytest.mark.postgres
def test_without_a_code_one_goes_on_only_knowingly_and_the_story_keeps_what_was_true(office: Office) -> None:
    dossier, officer = written(office), sign_in(office.officer)
    page = send(officer, office, dossier, PNG).content.decode()
    token = given(page)
    assert "لم يقرأ" in page
    assert 'type="checkbox" name="unread"' in page
    assert send(officer, office, dossier, given=token).status_code == 422
    assert send(officer, office, dossier, given=token, unread="on").status_code == 422
    lost = send(officer, office, dossier, given=token[:-2], unread="on", seen="on")
    assert (lost.status_code, Act.objects.filter(kind="outcome").exists()) == (422, False), "never left out in silence"
    assert given(lost.content.decode()) == "", "sent again, it is recorded without it, knowingly"
    assert send(officer, office, dossier, given=token, unread="on", seen="on").status_code == 302
    act = Act.objects.get(kind="outcome")
    assert (act.signature_state, act.waits_scan) == ("said", True)
    later = address(office.council, "office-answer-scan", dossier.number, act.number)
    officer.post(later, {"document": SimpleUploadedFile("scan.jpg", scan_of(act.draft), "image/jpeg")})
    assert not act.scans.filter(at_seal=False).exists(), "nobody said that he saw the signature"
    officer.post(later, {"document": SimpleUploadedFile("scan.jpg", scan_of(act.draft), "image/jpeg"), "seen": "on"})
    act.refresh_from_db()
    assert act.signature_state == "by_hand"
    assert [fact.data["recognised"] for fact in Fact.objects.filter(kind="signature_scanned")] == [True]
    told = story(officer, office, dossier)
    assert "مصرح بأنها ممضاة بخط اليد" in told[told.index('class="history"') :]
    assert f"تعرف النظام بعد ذلك على رمز المطبوع في نسخة ممسوحة سلمها {office.officer}" in told
    seen = status_of(act)
    assert (seen["signed"], seen["recorded_by"][0], seen["scan"][0]) == ("by_hand", *[office.officer.name_ar] * 2)
    assert seen["scan"][2] == "2026-12-01"
    assert f"سلمها {office.officer} بتاريخ" in signed_words(act)
    assert whole() == []
    asked = officer.get(address(office.council, "office-do", dossier.number, "withdraw-document")).content.decode()
    unread, read = re.findall(r'<option value="scan:\d+">([^<]*)', asked)
    assert unread != read, "which is which is said"
    for scan, words in zip(act.scans.all(), (unread, read), strict=True):
        assert str(office.officer) in words
        assert address(office.council, "office-signed-scan", dossier.number, scan.pk) in asked


@pytest.mark.postgres
def test_a_wrong_scan_is_listed_and_taken_away_with_a_reason(office: Office) -> None:
    dossier, officer = written(office), sign_in(office.officer)
    page = send(officer, office, dossier, scan_of(draft_of(dossier))).content.decode()
    send(officer, office, dossier, given=given(page), seen="on")
    act = Act.objects.get(kind="outcome")
    scan = act.scans.get()
    saved = address(office.council, "office-signed-scan", dossier.number, scan.pk)
    mine = address(office.council, "office-signed-by-hand-scan", act.number, scan.pk)
    assert saved in story(officer, office, dossier)
    answer = officer.get(saved)
    assert answer["Content-Disposition"].startswith("attachment")
    b"".join(answer.streaming_content)
    president = sign_in(office.president)
    read = president.get(address(office.council, "office-signed", act.number)).content.decode()
    assert mine in read
    assert dossier.number in read
    b"".join(president.get(mine).streaming_content)
    picture = address(office.council, "office-signed-by-hand-picture", act.number, scan.pk)
    assert f'src="{picture}"' in read, "he sees what he objects to"
    drawn = president.get(picture)
    assert (drawn["Content-Type"], drawn["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert drawn.content.startswith(b"\xff\xd8")
    assert officer.get(picture).status_code in (403, 404)
    do = address(office.council, "office-do", dossier.number, "withdraw-document")
    told = story(officer, office, dossier)
    form = {"document": f"scan:{scan.pk}", "reason": "الصفحة بدون إمضاء", "sure": "on", "key": "k1"}
    form["shown"] = re.findall(r'name="shown" value="([^"]*)"', told)[0]
    assert officer.post(do, form | {"reason": ""}).status_code == 422
    assert officer.post(do, form).status_code == 302
    act.refresh_from_db()
    assert (act.signature_state, act.signed_file, act.waits_scan) == ("said", None, True)
    assert "الصفحة بدون إمضاء" in story(officer, office, dossier)
    assert officer.get(saved).status_code == 410
    assert sign_in(office.clerk).get(picture).status_code in (403, 404)
    assert Entry.objects.filter(kind="act_scan_withdrawn").count() == 1
    assert whole() == []
    Scan.objects.update(withdrawn_at=None)
    assert any("taken away" in one for one in whole())


@pytest.mark.postgres
def test_a_scan_that_was_taken_away_by_mistake_is_given_again(office: Office) -> None:
    dossier, officer = written(office), sign_in(office.officer)
    bytes_of = scan_of(draft_of(dossier))
    page = send(officer, office, dossier, bytes_of).content.decode()
    send(officer, office, dossier, given=given(page), seen="on")
    act = Act.objects.get(kind="outcome")
    desk.withdraw_signed_scan(act.scans.get(), dossier, office.officer, "سُحبت خطأ")
    act.refresh_from_db()
    assert act.waits_scan
    act = desk.add_signed_scan(act, dossier, office.officer, bytes_of, seen=True)
    assert (act.signature_state, act.waits_scan, act.scans.get().withdrawn_at) == ("by_hand", False, None)
    assert Entry.objects.filter(kind="act_scanned").count() == 1
    assert whole() == []
    with pytest.raises(ValidationError, match="لا تنتظر"):
        desk.add_signed_scan(act, dossier, office.officer, bytes_of, seen=True)
    desk.withdraw_signed_scan(act.scans.get(), dossier, office.officer, "هي لورقة أخرى")
    assert whole() == []
    Scan.objects.update(withdrawn_at=None, withdrawn_by=None)
    assert any("taken away" in one for one in whole())


def test_a_scan_of_another_paper_that_comes_later_is_refused_by_name(office: Office) -> None:
    dossier, other, officer = written(office), written(office), sign_in(office.officer)
    act = at_once.sign_outcome(draft_of(dossier), dossier, office.officer, office.president, means="wet_ink")
    sealed = at_once.sign_outcome(draft_of(other), other, office.president, office.president, means="session")
    later = address(office.council, "office-answer-scan", dossier.number, act.number)
    foreign = SimpleUploadedFile("scan.jpg", scan_of(Draft.objects.get(act=sealed)), "image/jpeg")
    page = officer.post(later, {"document": foreign, "seen": "on"}, follow=True).content.decode()
    assert sealed.number in page
    assert not Scan.objects.exists()


def test_the_scan_of_a_notification_is_listed_beside_its_paper(office: Office) -> None:
    dossier, officer = written(office), sign_in(office.officer)
    act = at_once.sign_outcome(draft_of(dossier), dossier, office.president, office.president, means="session")
    slip = address(office.council, "office-notified-scan", dossier.number, act.number)
    assert slip not in story(officer, office, dossier)
    assert officer.get(slip).status_code == 404
    told = {"how": "in_hand", "on": act.date, "proof": "توقيع على النسخة"}
    at_once.notify_outcome(act, dossier, office.officer, **told, file=PNG)
    page = story(officer, office, dossier)
    assert f'href="{slip}"' in page
    assert "حجة التبليغ" in page
    answer = officer.get(slip)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PNG
    assert sign_in(office.stranger).get(slip).status_code == 404


def test_a_notification_without_a_scan_lists_none(office: Office) -> None:
    dossier, officer = written(office), sign_in(office.officer)
    act = at_once.sign_outcome(draft_of(dossier), dossier, office.president, office.president, means="session")
    told = {"how": "in_hand", "on": act.date, "proof": "توقيع على النسخة"}
    at_once.notify_outcome(act, dossier, office.officer, **told)
    slip = address(office.council, "office-notified-scan", dossier.number, act.number)
    assert slip not in story(officer, office, dossier)
    assert officer.get(slip).status_code == 404


def test_what_is_no_picture_is_not_drawn() -> None:
    assert picture_of(b"%PDF-1.7 nothing") == b""
    assert picture_of(b"") == b""
    pdf = io.BytesIO()
    Image.new("RGB", (4000, 3000), "white").save(pdf, "PDF")
    with Image.open(io.BytesIO(picture_of(pdf.getvalue()))) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (900, 675))
