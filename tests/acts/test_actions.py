"""Acts in the database: a number once, the right signatory, nothing rewritten, the PDF made once."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from tadbir.acts import actions, keys, kinds, queries
from tadbir.acts.documents import cose, pdf, pki, verify
from tadbir.acts.documents.shape import FILLED
from tadbir.acts.models import Act, ContentErased, Draft, Means, SealKey
from tadbir.councils.clock import simulated
from tadbir.register.actions import erase_content
from tadbir.register.models import Entry
from tadbir.register.queries import breaks_of_chain, head
from tests.acts import samples
from tests.acts.conftest import MOMENT, People

PNG = b"\x89PNG\r\n\x1a\n scan"


def body(maker: Any = samples.receipt_complete, **more: Any) -> dict[str, Any]:
    """What a caller gives: a sample without what `issue` fills in."""
    return {key: value for key, value in maker().items() if key not in FILLED} | more


def issued(people: People) -> Act:
    """A receipt."""
    return actions.issue("receipt", body(), dossier_ref="D-1")


def signed_letter(people: People) -> Act:
    """A letter signed by the president."""
    draft = actions.prepare_draft("letter", body(samples.letter), dossier_ref="D-1", by=people.clerk)
    return actions.issue_draft(actions.sign(draft, people.president))


@pytest.mark.postgres
def test_a_receipt_is_numbered_sealed_and_registered(people: People) -> None:
    before = head()[1]
    act = issued(people)
    assert act.number == "R-2026-00001"
    assert act.document["register_head"] in {before, Entry.objects.get(kind="seal_key_made").hash}
    assert act.document["demo"] is True
    assert act.document["dossier"] == "D-1"
    act = Act.objects.get(pk=act.pk)
    assert hashlib.sha256(act.json).hexdigest() == act.sha256
    claims = cose.verify(bytes(act.cose), {bytes.fromhex(k.kid): k.x509.public_key() for k in queries.known_keys()})
    assert (claims.number, claims.council) == (act.number, "12.391")
    assert claims.sha256.hex() == act.sha256
    entry = Entry.objects.get(kind="act_issued")
    assert entry.fields == {"number": act.number, "kind": "receipt", "kid": claims and queries.known_keys()[0].kid}
    assert entry.commitment
    assert "الواحة" not in str(entry.fields)
    assert list(breaks_of_chain()) == []
    assert actions.issue("receipt", body()).number == "R-2026-00002"
    assert queries.acts_of("D-1") == [act]


@pytest.mark.postgres
def test_a_refused_body_takes_no_number(people: People) -> None:
    with pytest.raises(ValidationError, match="title_ar"):
        actions.issue("receipt", body(title_ar=""))
    with pytest.raises(ValidationError, match="number"):
        actions.issue("receipt", body(number="R-1"))
    with pytest.raises(kinds.UnknownKind):
        actions.issue("recipe", body())
    with pytest.raises(ValidationError), transaction.atomic():  # a filing that fails gives its number back
        actions.annul(issued(people), "")
    assert issued(people).number == "R-2026-00001"


@pytest.mark.postgres
def test_the_database_refuses_to_rewrite_an_act(people: People) -> None:
    act = issued(people)
    for column, value in (
        ("number", "R-9"),
        ("sha256", "0" * 64),
        ("check_code", "x"),
        ("date", date(2020, 1, 1)),
        ("cose", b""),
        ("signed_by", people.clerk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Act.objects.filter(pk=act.pk).update(**{column: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        Act.objects.filter(pk=act.pk)._raw_delete("default")
    assert actions.annul(act, "خطأ في الاسم").status == "annulled"


@pytest.mark.postgres
def test_only_who_may_sign_signs(people: People) -> None:
    draft = actions.prepare_draft("letter", body(samples.letter), by=people.clerk)
    with pytest.raises(actions.NoSigningPower, match="101"):
        actions.sign(draft, people.clerk)
    for gap in (date(2026, 7, 1), date(2026, 10, 31)):  # the first delegation ended, the second had not begun
        with pytest.raises(actions.NoSigningPower, match="103"):
            actions.sign(draft, people.deputy, on=gap)
    with pytest.raises(ValidationError, match=r"future|المستقبل"):
        actions.sign(draft, people.deputy, on=date(2026, 12, 2))
    with pytest.raises(actions.NoSigningPower):  # a delegation for letters is none for orders
        actions.sign(actions.prepare_draft("order", body(samples.minutes)), people.deputy)
    with pytest.raises(actions.NoSigningPower):
        actions.issue_draft(draft)
    for day in (date(2026, 6, 30), date(2026, 11, 1)):
        assert actions.check_power(people.deputy, "letter", day).power.delegation is not None
    signed = actions.sign(draft, people.deputy)
    act = actions.issue_draft(signed)
    assert act.signed_by == people.deputy
    assert act.signed_article == "112-14:101"
    assert act.signed_delegation is not None
    assert act.document["signature"]["delegation_ar"] == "قرار التفويض رقم 9/2026 ابتداء من فاتح نونبر 2026"
    assert act.document["signature"]["means"] == "wet_ink"
    with pytest.raises(ValidationError):
        actions.issue_draft(signed)
    with pytest.raises(ValidationError):
        actions.sign(signed, people.president)


def test_a_signature_for_one_kind_serves_no_other(people: People) -> None:
    signature = actions.check_power(people.deputy, "letter", date(2026, 12, 1))
    with pytest.raises(actions.NoSigningPower):
        actions.issue("order", body(samples.minutes), signature=signature)
    with pytest.raises(actions.NoSigningPower):
        actions.issue("letter", body(samples.letter))
    assert actions.issue("letter", body(samples.letter), signature=signature).number == "L-2026-00001"


def test_a_draft_changes_until_it_is_signed(people: People) -> None:
    draft = actions.prepare_draft("letter", body(samples.letter))
    printed = actions.draft_pdf(draft)
    assert actions.draft_pdf(draft) == printed
    assert printed.path.read_bytes().startswith(b"%PDF")
    stale = Draft.objects.get(pk=draft.pk)
    changed = actions.change_draft(draft, body(samples.letter, title_ar="موضوع آخر"))
    assert changed.printed is None
    with pytest.raises(ValidationError, match=r"print|طبع"):
        actions.sign(stale, people.president)
    actions.sign(changed, people.president)
    with pytest.raises(ValidationError):
        actions.change_draft(changed, body(samples.letter))
    assert queries.waiting_signature() == []


def test_the_sealed_pdf_is_made_once(people: People) -> None:
    act = issued(people)
    file = actions.pdf_of(act)
    assert actions.pdf_of(Act.objects.get(pk=act.pk)).sha256 == file.sha256
    assert actions.pdf_of(act, "a4").sha256 != file.sha256
    content = file.path.read_bytes()
    report = verify.verify(content, queries.known_keys(), queries.head_known)
    assert report.good
    assert pdf.attachments(content)["act.json"] == act.json
    assert any("localhost" in text or act.check_code in text for text in pdf.actual_texts(content))
    fresh = verify.verify(content, queries.known_keys(), lambda head: False)
    assert not fresh.good
    assert Entry.objects.filter(kind="act_sealed").count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        act.pdfs.update(paper="a3")


def test_a_qualified_signature_is_checked_and_kept_inside(people: People, tmp_path: Any) -> None:
    from tests.acts.test_seal import person_signs

    start = datetime.now(MOMENT.tzinfo) - timedelta(days=1)
    authority = pki.make_keys(tmp_path / "provider", "Prestataire", start, demo=False)
    draft = actions.prepare_draft("letter", body(samples.letter))
    original = actions.draft_pdf(draft).path.read_bytes()
    signed = person_signs(original, authority)
    with pytest.raises(ValidationError) as refused:
        actions.sign(draft, people.president, means=Means.QUALIFIED, file=signed)
    assert refused.value.code == "untrusted"
    accepted = keys.folder_of(people.council) / "accepted"
    accepted.mkdir(parents=True)
    (accepted / "provider.pem").write_bytes((tmp_path / "provider" / "root.cert.pem").read_bytes())
    with pytest.raises(ValidationError) as refused:
        actions.sign(draft, people.president, means=Means.QUALIFIED, file=original)
    assert refused.value.code == "not_ours"
    with pytest.raises(ValidationError):
        actions.sign(draft, people.president, means=Means.QUALIFIED)
    act = actions.issue_draft(actions.sign(draft, people.president, means=Means.QUALIFIED, file=signed))
    assert pdf.attachments(actions.pdf_of(act).path.read_bytes())["signed.pdf"] == signed
    assert act.document["signature"]["file_sha256"] == hashlib.sha256(signed).hexdigest()
    with pytest.raises(ValidationError):
        actions.attach_scan(act, PNG)


def test_a_scan_comes_later_once(people: People) -> None:
    act = signed_letter(people)
    assert queries.without_scan() == [act]
    with pytest.raises(ValidationError, match="PDF"):
        actions.attach_scan(act, b"MZ program")
    actions.attach_scan(act, PNG)
    assert queries.without_scan() == []
    assert Entry.objects.get(kind="act_scanned").fields["sha256"] == hashlib.sha256(PNG).hexdigest()
    with pytest.raises(ValidationError):
        actions.attach_scan(act, PNG)
    with pytest.raises(ValidationError):
        actions.attach_scan(issued(people), PNG)


def test_notification_needs_a_proof(people: People) -> None:
    act = signed_letter(people)
    for how, on, proof in (
        ("in_hand", date(2026, 12, 1), " "),
        ("sent", date(2026, 12, 1), "x"),
        ("in_hand", date(2026, 11, 30), "x"),
        ("in_hand", date(2026, 12, 2), "x"),
    ):
        with pytest.raises(ValidationError):
            actions.mark_notified(act, how, on, proof)
    with simulated(MOMENT + timedelta(days=5)):
        done = actions.mark_notified(act, "in_hand", date(2026, 12, 4), "وصل تسليم رقم 12", PNG)
        assert done.notified_on == date(2026, 12, 4)
        with pytest.raises(ValidationError):
            actions.mark_notified(act, "in_hand", date(2026, 12, 5), "x")
    assert "12" not in Entry.objects.get(kind="act_notified").fields["proof_sha256"][:0]
    assert Entry.objects.get(kind="act_notified").fields["on"] == "2026-12-04"


def test_annul_and_replace(people: People) -> None:
    old, new = issued(people), issued(people)
    with pytest.raises(ValidationError):
        actions.annul(old, " ")
    with pytest.raises(ValidationError):
        actions.replace(old, old, "خطأ")
    actions.replace(old, new, "خطأ مادي")
    with pytest.raises(ValidationError):
        actions.annul(old, "خطأ")
    assert queries.status_by_digest(old.sha256) == {
        "status": "replaced",
        "number": old.number,
        "kind": "receipt",
        "date": "2026-12-01",
        "since": "2026-12-01",
        "replaced_by": new.number,
        "erased": None,
    }
    assert queries.status_by_code(new.number.lower(), new.check_code.lower())["status"] == "valid"
    assert queries.status_by_code(new.number, old.check_code) == {"status": "unknown"}
    assert queries.status_by_code("", "") == queries.status_by_digest("0" * 64) == {"status": "unknown"}


def test_seal_keys(people: People) -> None:
    act = issued(people)
    assert SealKey.objects.count() == 1
    first = queries.known_keys()[0]
    assert pki.is_demo(first.x509)
    actions.revoke_key(first.kid, "ضاع الحاسوب")
    with pytest.raises(pki.NoKey, match="make a new one"):
        issued(people)
    second = actions.make_keys()
    again = issued(people)
    assert cose.parts(bytes(again.cose))[0].hex() == second.kid
    assert queries.status_by_digest(act.sha256)["status"] == "valid"
    keys._load.cache_clear()
    (keys.folder_of(people.council) / f"seal-{second.kid}.key.pem").unlink()
    with pytest.raises(pki.NoKey, match=second.kid):  # a lost key is never replaced silently
        issued(people)
    with pytest.raises(DatabaseError), transaction.atomic():
        SealKey.objects.filter(kid=first.kid).update(certificate="")


def test_erased_content_leaves_the_act(people: People) -> None:
    act = issued(people)
    with transaction.atomic():
        erase_content(act.content, "طلب صاحب المعطيات")
    act = Act.objects.get(pk=act.pk)
    with pytest.raises(ContentErased):
        _ = act.document
    assert queries.status_by_digest(act.sha256)["status"] == "valid"
    assert list(breaks_of_chain()) == []


def test_kinds_are_declared_once() -> None:
    kinds.register_kind(kinds.kind_of("receipt"))
    with pytest.raises(ValueError, match="receipt"):
        kinds.register_kind(kinds.Kind("receipt", "شيء", "Chose", "X"))
    assert {kind.code for kind in kinds.all_kinds()} >= {"receipt", "letter", "minutes"}


def test_blank_receipts(people: People) -> None:
    act = actions.issue("blank_receipts", body(samples.blanks))
    said = pdf.actual_texts(actions.pdf_of(act).path.read_bytes())
    assert sum("P-2026/0003" in text for text in said) == 2  # the visitor's part and the stub
    with pytest.raises(ValidationError, match="numbers"):
        actions.issue("blank_receipts", body(samples.blanks, numbers=[]))


def test_a_kind_of_another_app_takes_a_layout(people: People) -> None:
    visit = kinds.Kind("visit_notice", "إشعار بزيارة", "Avis de visite", "T", signed=False, layout="letter")
    kinds.register_kind(visit)
    act = actions.issue("visit_notice", body(samples.letter, fr=[]))
    assert "الموضوع: منح دعم مالي لجمعية الواحة للتنمية" in pdf.actual_texts(actions.pdf_of(act).path.read_bytes())
    with pytest.raises(ValidationError, match="sender_ar"):
        actions.issue("visit_notice", body(samples.letter, sender_ar=""))
    with pytest.raises(ValueError, match="layout"):
        kinds.register_kind(kinds.Kind("poster", "ملصق", "Affiche", "Z", layout="poster"))
