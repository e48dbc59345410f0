"""Signing an act and what follows it: the right signatory, a scan once, a proof of notification, annulment."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts import actions, keys, queries
from tadbir.acts.documents import pdf, pki
from tadbir.acts.models import Draft, Means
from tadbir.councils.clock import simulated
from tadbir.register.models import Entry
from tests.acts import samples
from tests.acts.conftest import MOMENT, People
from tests.acts.made import body, issued, signed_letter
from tests.factories import PNG


@pytest.mark.postgres
def test_only_who_may_sign_signs(people: People) -> None:
    draft = actions.prepare_draft("letter", body(samples.letter), by=people.clerk)
    with pytest.raises(actions.NoSigningPower, match="101"):
        actions.sign(draft, people.clerk, by=people.clerk, means="wet_ink")
    for gap in (date(2026, 7, 1), date(2026, 10, 31)):  # the first delegation ended, the second had not begun
        with pytest.raises(actions.NoSigningPower, match="103"):
            actions.sign(draft, people.deputy, on=gap, by=people.clerk, means="wet_ink")
    with pytest.raises(ValidationError, match=r"future|المستقبل"):
        actions.sign(draft, people.deputy, on=date(2026, 12, 2), by=people.clerk, means="wet_ink")
    with pytest.raises(actions.NoSigningPower):  # a delegation for letters is none for orders
        actions.sign(
            actions.prepare_draft("order", body(samples.minutes)), people.deputy, by=people.clerk, means="wet_ink"
        )
    with pytest.raises(actions.NoSigningPower):
        actions.issue_draft(draft)
    for day in (date(2026, 6, 30), date(2026, 11, 1)):
        assert actions.check_power(people.deputy, "letter", day).power.delegation is not None
    signed = actions.sign(draft, people.deputy, by=people.clerk, means="wet_ink")
    act = actions.issue_draft(signed)
    assert act.signed_by == people.deputy
    assert act.signed_article == "112-14:101"
    assert act.signed_delegation is not None
    assert act.document["signature"]["delegation_ar"] == "قرار التفويض: 9/2026، ابتداء من فاتح نونبر 2026"
    assert act.document["signature"]["means"] == "wet_ink"
    with pytest.raises(ValidationError):
        actions.issue_draft(signed)
    with pytest.raises(ValidationError):
        actions.sign(signed, people.president, by=people.clerk, means="wet_ink")


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
        actions.sign(stale, people.president, by=people.clerk, means="wet_ink")
    actions.sign(changed, people.president, by=people.clerk, means="wet_ink")
    with pytest.raises(ValidationError):
        actions.change_draft(changed, body(samples.letter))


def test_a_qualified_signature_is_checked_and_kept_inside(people: People, tmp_path: Any) -> None:
    from tests.acts.test_seal import person_signs

    start = datetime.now(MOMENT.tzinfo) - timedelta(days=1)
    authority = pki.make_keys(tmp_path / "provider", "Prestataire", start, demo=False)
    draft = actions.prepare_draft("letter", body(samples.letter))
    original = actions.draft_pdf(draft).path.read_bytes()
    signed = person_signs(original, authority)
    with pytest.raises(ValidationError) as refused:
        actions.sign(draft, people.president, means=Means.QUALIFIED, file=signed, by=people.clerk)
    assert refused.value.code == "untrusted"
    accepted = keys.folder_of(people.council) / "accepted"
    accepted.mkdir(parents=True)
    (accepted / "provider.pem").write_bytes((tmp_path / "provider" / "root.cert.pem").read_bytes())
    with pytest.raises(ValidationError) as refused:
        actions.sign(draft, people.president, means=Means.QUALIFIED, file=original, by=people.clerk)
    assert refused.value.code == "not_ours"
    with pytest.raises(ValidationError):
        actions.sign(draft, people.president, means=Means.QUALIFIED, by=people.clerk)
    act = actions.issue_draft(
        actions.sign(draft, people.president, means=Means.QUALIFIED, file=signed, by=people.clerk)
    )
    assert pdf.attachments(actions.pdf_of(act).path.read_bytes())["signed.pdf"] == signed
    assert act.document["signature"]["file_sha256"] == hashlib.sha256(signed).hexdigest()
    with pytest.raises(ValidationError):
        actions.attach_scan(act, PNG, people.clerk)


def test_a_scan_comes_later_once(people: People) -> None:
    act = signed_letter(people)
    assert act.signed_file is None
    with pytest.raises(ValidationError, match="PDF"):
        actions.attach_scan(act, b"MZ program", people.clerk)
    actions.attach_scan(act, PNG, people.clerk)
    act.refresh_from_db()
    assert act.signed_file is not None
    assert Entry.objects.get(kind="act_scanned").fields["sha256"] == hashlib.sha256(PNG).hexdigest()
    with pytest.raises(ValidationError):
        actions.attach_scan(issued(people), PNG, people.clerk)


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
        "signed": "",
        "signed_quality": "",
        "signed_on": None,
        "recorded_by": None,
        "scan": None,
        "since": "2026-12-01",
        "effect": "",
        "replaced_by": new.number,
        "erased": None,
    }
    assert queries.status_by_code(new.number.lower(), new.check_code.lower())["status"] == "valid"
    assert queries.status_by_code(new.number, old.check_code) == {"status": "unknown"}
    assert queries.status_by_code("", "") == {"status": "number_unreadable"}
    assert queries.status_by_digest("0" * 64) == {"status": "unknown"}
