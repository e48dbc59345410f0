"""Acts in the database: a number once, nothing rewritten, the PDF made once."""

import hashlib
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from tadbir.acts import actions, keys, kinds, queries
from tadbir.acts.documents import cose, pdf, pki, verify
from tadbir.acts.models import Act, ContentErased, SealKey
from tadbir.register.actions import erase_content
from tadbir.register.models import Entry
from tadbir.register.queries import breaks_of_chain, head
from tests.acts import samples
from tests.acts.conftest import People
from tests.acts.made import body, issued


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
    kid = queries.known_keys()[0].kid
    assert entry.fields == {"number": act.number, "kind": "receipt", "kid": kid, "dossier": "D-1"}
    assert entry.commitment
    assert "الواحة" not in str(entry.fields)
    assert list(breaks_of_chain()) == []
    assert actions.issue("receipt", body()).number == "R-2026-00002"
    assert Act.objects.get(dossier_ref="D-1") == act


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
    fresh = verify.verify(content, queries.known_keys(), lambda head, claims: False)
    assert not fresh.good
    assert Entry.objects.filter(kind="act_sealed").count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        act.pdfs.update(paper="a3")


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


def test_a_kind_of_another_app_takes_a_layout(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))  # it is declared for this test alone
    visit = kinds.Kind("visit_notice", "إشعار بزيارة", "Avis de visite", "T", signed=False, layout="letter")
    kinds.register_kind(visit)
    act = actions.issue("visit_notice", body(samples.letter, fr=[]))
    assert "الموضوع: منح دعم مالي لجمعية الواحة للتنمية" in pdf.actual_texts(actions.pdf_of(act).path.read_bytes())
    with pytest.raises(ValidationError, match="sender_ar"):
        actions.issue("visit_notice", body(samples.letter, sender_ar=""))
    with pytest.raises(ValueError, match="layout"):
        kinds.register_kind(kinds.Kind("poster", "ملصق", "Affiche", "Z", layout="poster"))
