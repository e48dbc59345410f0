"""Three honest states of a signature: in one's own session, by hand with its scan recognised, said to be by hand."""

import io
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from tadbir.acts import actions, kinds, queries
from tadbir.acts.documents import cose, pdf, qr, verify
from tadbir.acts.documents.scanned import codes_in
from tadbir.acts.models import Act, Draft, Means, SignatureState
from tadbir.acts.recognition import reading, text_digest
from tadbir.acts.signing import signed_words
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Quality
from tadbir.register.actions import keep_file
from tadbir.register.models import Entry
from tests.acts import samples
from tests.acts.conftest import BASE, MOMENT, People
from tests.acts.made import body
from tests.factories import PNG

SINCE = date(2026, 1, 1)


def prepared(people: People, **changes: Any) -> Draft:
    return actions.prepare_draft("letter", body(samples.letter, **changes), dossier_ref="D-1", by=people.clerk)


def scan_of(draft: Draft) -> bytes:
    """A photograph of the printed paper: its code on a white page."""
    page = Image.new("RGB", (600, 800), (255, 255, 255))
    page.paste(qr.picture(qr.address_of_draft(BASE, text_digest(draft))), (80, 300))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=70)
    return out.getvalue()


def kept_shows(draft: Draft, scan: bytes) -> bool:
    """Whether the scan, once kept, is recognised as the text of the draft."""
    return reading(keep_file(scan, "image/jpeg"), draft).recognised


def as_pdf(picture: bytes) -> bytes:
    """The same as a scanner makes it: a PDF with one picture."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(out, "PDF")
    return out.getvalue()


def sealed(people: People, state: str) -> Act:
    """A letter of the president in one of the states."""
    draft, who = prepared(people), people.president
    if state == SignatureState.SESSION:
        signed = actions.sign(draft, who, by=who, means=Means.SESSION)
    else:
        scan = actions.read_scan(draft, scan_of(draft)) if state == SignatureState.BY_HAND else None
        signed = actions.sign(draft, who, by=people.clerk, means=Means.WET_INK, scan=scan)
    return actions.issue_draft(signed)


WORDS = {
    SignatureState.SESSION: ("أمضاها صاحب الإمضاء بنفسه", "Signé par le signataire lui-même"),
    SignatureState.BY_HAND: ("وقد تعرف النظام على رمز المطبوع", "a été reconnu sur une copie numérisée"),
    SignatureState.SAID: ("مصرح بأنها ممضاة بخط اليد", "Déclaré signé à la main"),
}


@pytest.mark.postgres
@pytest.mark.parametrize("state", list(WORDS))
def test_each_state_is_said_on_the_paper_by_the_register_and_by_the_verifier(people: People, state: str) -> None:
    act = sealed(people, state)
    assert act.signature_state == act.document["signature"]["state"] == state
    paper = " ".join(pdf.actual_texts(actions.pdf_of(act).path.read_bytes()))
    assert WORDS[SignatureState(state)][0] in paper
    assert "محفوظ لدى المجلس" not in paper  # no original is claimed where none was seen
    recorded = state != SignatureState.SESSION
    assert ("خديجة أمزيل" in paper) is recorded  # who recorded it stands beside who signed
    link = Entry.objects.get(kind="act_issued").fields
    by = people.clerk if recorded else people.president
    assert (link["state"], link["signed"]["by"], link["signed"]["recorded_by"]) == (state, people.president.pk, by.pk)
    assert cose.parts(bytes(act.cose))[1].signed == state
    assert queries.status_by_digest(act.sha256)["signed"] == state
    report = verify.verify(actions.pdf_of(act).path.read_bytes(), queries.known_keys())
    assert report.good
    said = next(check for check in report.checks if check.code == "signature")
    assert said.passed is (True if state == SignatureState.SESSION else None)  # no program sees a signature by hand
    assert "سعاد المنصوري" in said.ar
    assert ("خديجة أمزيل" in said.ar) is recorded
    code = verify.verify(qr.address(BASE, bytes(act.cose)).encode(), queries.known_keys())
    assert next(check for check in code.checks if check.code == "signature").fr.startswith(("Signé", "Déclaré"))
    assert ("خديجة" in signed_words(act)) is recorded


def test_what_nobody_signs_says_so(people: People) -> None:
    act = actions.issue("receipt", body(), dossier_ref="D-1")
    report = verify.verify(act.json, [])
    assert "Personne" in next(check for check in report.checks if check.code == "signature").fr
    assert (act.signature_state, signed_words(act), act.waits_scan) == ("", "", False)


def test_nobody_signs_in_the_session_of_another(people: People) -> None:
    draft = prepared(people)
    for by in (people.clerk, people.deputy):
        with pytest.raises(actions.NoSigningPower, match=r"session|الحساب"):
            actions.sign(draft, people.president, by=by, means=Means.SESSION)
    with simulated(MOMENT + timedelta(days=2)), pytest.raises(actions.NoSigningPower):
        actions.sign(draft, people.president, by=people.president, means=Means.SESSION, on=date(2026, 12, 1))
    assert actions.sign(draft, people.president, by=people.president, means=Means.SESSION).is_signed


def test_the_scan_of_this_very_text_is_recognised_and_of_no_other(people: People) -> None:
    draft, other = prepared(people), prepared(people, title_ar="موضوع آخر")
    scan = scan_of(draft)
    assert kept_shows(draft, scan)
    assert kept_shows(draft, as_pdf(scan))
    assert not kept_shows(other, scan)
    assert [kept_shows(draft, bad) for bad in (PNG, b"%PDF-1.7 nothing", b"\xff\xd8\xff", b"")] == [False] * 4
    changed = actions.change_draft(draft, body(samples.letter, title_ar="نص معدل"))
    assert not kept_shows(changed, scan)  # a word of it changed: the paper that was printed is another


def test_the_printed_paper_bears_the_code_that_is_read_back(people: People) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    draft = prepared(people)
    printed = actions.draft_pdf(draft).path.read_bytes()
    texts = " ".join(pdf.actual_texts(printed))
    assert "نسخة معدة للإمضاء" in texts
    assert "L-2026" not in texts  # its number is given when it is sealed
    out = io.BytesIO()
    document = pdfium.PdfDocument(printed)
    document[len(document) - 1].render(scale=2).to_pil().convert("L").save(out, "JPEG", quality=60)
    assert [qr.text_of_draft(code) for code in codes_in(out.getvalue())] == [text_digest(draft)]
    report = verify.verify(qr.address_of_draft(BASE, text_digest(draft)).encode(), queries.known_keys())
    assert not report.good
    assert "Exemplaire à signer" in report.checks[0].fr


def test_a_scan_that_comes_later_changes_what_the_verifier_says_today(people: People) -> None:
    act = sealed(people, SignatureState.SAID)
    assert act.waits_scan
    seen = actions.attach_scan(act, PNG, people.clerk)
    assert (seen.signature_state, seen.waits_scan) == (SignatureState.SAID, True)  # unreadable: a person looks
    seen = actions.attach_scan(act, as_pdf(scan_of(act.draft)), people.clerk)
    assert (seen.signature_state, seen.waits_scan) == (SignatureState.BY_HAND, False)
    assert [entry.fields["recognised"] for entry in Entry.objects.filter(kind="act_scanned")] == [False, True]
    assert queries.status_by_digest(act.sha256)["signed"] == "by_hand"
    assert seen.document["signature"]["state"] == "said"  # the paper goes on saying what was so when it was sealed
    with pytest.raises(ValidationError):
        actions.attach_scan(act, PNG, people.clerk)


def test_a_scan_that_unpacks_without_end_is_only_not_recognised() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert codes_in(out.getvalue()) == []
    bomb = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(bomb)
    assert codes_in(bomb.getvalue()) == []


def test_a_letter_bears_the_day_of_its_signature(people: People) -> None:
    draft = prepared(people)
    with simulated(MOMENT + timedelta(days=20)):
        act = actions.issue_draft(actions.sign(draft, people.president, by=people.president, means=Means.SESSION))
    assert act.document["date"] == act.document["signature"]["signed_on"] == "2026-12-21"
    assert act.number == "L-2026-00001"  # no number was taken by what was only printed


def test_every_kind_of_paper_says_who_signs_it(people: People) -> None:
    """What nobody signs is given at once, or signed off on paper afterwards; everything else needs a signature."""
    unsigned = {kind.code for kind in kinds.all_kinds() if not kind.signed}
    assert unsigned == {"receipt", "blank_receipts", "register_pages", "new_code"}
    for kind in kinds.all_kinds():
        if kind.signed:
            with pytest.raises(actions.NoSigningPower):
                actions.issue(kind.code, body(samples.letter if kind.layout == "letter" else samples.minutes))


def test_a_head_signs_for_his_unit_and_a_delegation_may_be_limited(people: People) -> None:
    roads = councils.create_unit("roads", "قسم الطرق", "Division des routes")
    under = councils.create_unit("bridges", "مصلحة القناطر", "Service des ponts", roads)
    social = councils.create_unit("social", "قسم اجتماعي", "Division sociale")
    head = councils.create_person("نادية الإدريسي", "Nadia Idrissi")
    councils.give_role(head, Quality.HEAD, SINCE, roads)
    councils.delegate(people.president, head, ["letter"], "11/2026", SINCE)
    today = date(2026, 12, 1)
    for unit in (roads, under):
        assert actions.check_power(head, "letter", today, unit).power.article == "112-14:103"
    with pytest.raises(actions.NoSigningPower, match=r"103"):
        actions.check_power(head, "letter", today, social)
    with pytest.raises(actions.NoSigningPower):
        actions.check_power(head, "letter", today)  # a paper of the whole council
    director = councils.create_person("كريم العلوي", "Karim Alaoui")
    councils.give_role(director, Quality.DIRECTOR, SINCE)
    councils.delegate(people.president, director, ["*"], "12/2026", SINCE, units=[social])
    assert actions.check_power(director, "letter", today, social).power.delegation
    for unit in (roads, under, None):
        with pytest.raises(actions.NoSigningPower):
            actions.check_power(director, "letter", today, unit)
    with pytest.raises(ValidationError, match="قسم الطرق"):  # an order cannot carry a head out of his unit
        councils.delegate(people.president, head, ["order"], "13/2026", SINCE, units=[social])
    councils.delegate(people.president, head, ["order"], "13/2026", SINCE, units=[roads, social])
    assert actions.check_power(head, "order", today, under)
    with pytest.raises(actions.NoSigningPower):
        actions.check_power(head, "order", today, social)
    assert actions.check_power(people.deputy, "letter", today, social)  # recorded before: no limit
    assert actions.check_power(people.president, "order", today)
