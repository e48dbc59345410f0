"""The answer: half written, reasoned, signed by somebody who may, numbered, scanned, notified with its proof."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tadbir.acts.actions import pdf_of
from tadbir.acts.documents import pdf, pki
from tadbir.acts.keys import folder_of
from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.papers import texts_of
from tadbir.desk.papers.parts import recipient
from tadbir.desk.shared import MATTER
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.services import actions
from tests import at_once
from tests.acts.test_seal import person_signs
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan, loan_filing

SIGNED = {"on": "2026-12-01", "means": "wet_ink", "seen": "on"}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def printed_at(office: Office, dossier: Dossier) -> str:
    """Where the answer that waits is printed."""
    draft = papers.answer_being_prepared(dossier)
    assert draft
    return address(office.council, "office-letter-print", dossier.number, draft.pk)


def write(office: Office, dossier: Dossier, who: Any, sense: str, **changes: str) -> Any:
    page = f"{address(office.council, 'office-answer', dossier.number)}?sense={sense}"
    return sign_in(who).post(page, {"sense": sense, "body_ar": "تعذرت الاستجابة.", "reasons_ar": "محجوزة.", **changes})


def test_the_letter_is_half_written_from_the_answers_and_the_remedies_shown(office: Office, dossier: Dossier) -> None:
    client, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    granted = client.get(page, {"sense": "granted"}).content.decode()
    assert "<h1>تحرير الجواب</h1>" in granted, "it answers the request itself: no remedy is named"
    assert "خيام ابتداء من 20 دجنبر 2026" in granted
    assert "reasons_ar" not in granted
    refused = client.get(page, {"sense": "refused"}).content.decode()
    assert "reasons_ar" in refused
    assert "المادة 21" in refused
    assert "31 دجنبر 2026" in refused  # thirty full days, the earliest reading
    assert "يُحسب الأجل من يوم تسلمكم هذه الرسالة" in refused, "word for word as the letter prints it"
    partial = client.get(page, {"sense": "partial"}).content.decode()
    assert "خيام ابتداء من 20 دجنبر 2026" in partial  # granted, and then what is not
    assert "ولا نستجيب لما يلي" in partial
    optional = [re.search(r'for="id_reasons_ar">[^<]*<', text) for text in (refused, partial)]
    assert ["(" in found[0] for found in optional if found] == [False, False]


def test_another_sense_keeps_the_letter(office: Office, dossier: Dossier) -> None:
    """What the officer wrote stays whatever sense he looks at; what he did not touch gets the wording of the sense."""
    client, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)

    def switched(sense: str, to: str, **texts: str) -> str:
        answer = client.post(f"{page}?sense={to}", {"sense": sense, "switch": to, **texts})
        assert (answer.status_code, answer["Location"]) == (302, f"{page}?sense={to}")  # may be gone back to
        answer = client.get(answer["Location"])
        assert papers.answer_being_prepared(dossier) is None  # nothing is kept by looking
        return str(answer.content.decode())

    def letter_of(html: str) -> str:
        return html.partition('name="body_ar"')[2].partition("</textarea>")[0].partition(">")[2].strip()

    half = letter_of(client.get(page, {"sense": "granted"}).content.decode())
    other = letter_of(client.get(page, {"sense": "refused"}).content.decode())
    assert half != other
    assert letter_of(switched("granted", "refused", body_ar=half)) == other
    mine = "نعتذر عن إعارة الخيام."
    typed = switched("refused", "granted", body_ar=mine, reasons_ar="محجوزة\nفي التاريخ المطلوب")
    assert letter_of(typed) == mine
    assert 'type="hidden" name="reasons_ar" value="محجوزة\nفي التاريخ المطلوب"' in typed
    assert ('name="other_sense"' in typed, "كُتب هذا النص لنوع آخر" in typed) == (True, True)
    back = switched("granted", "refused", body_ar=mine, reasons_ar="محجوزة\nفي التاريخ المطلوب")
    assert letter_of(back) == mine
    assert 'name="other_sense"' not in back, "it was written for this very sense"
    assert "محجوزة\nفي التاريخ المطلوب</textarea>" in back
    assert letter_of(client.get(page).content.decode()) == mine, "the page was left, and is opened again"
    told = {"sense": "granted", "body_ar": mine, "reasons_ar": "محجوزة"}
    asked = client.post(f"{page}?sense=granted", told)  # the text was written to refuse
    assert (asked.status_code, papers.answer_being_prepared(dossier)) == (422, None)
    assert 'name="other_sense"' in asked.content.decode()
    assert client.post(f"{page}?sense=granted", told | {"other_sense": "on"}).status_code == 302
    draft = papers.answer_being_prepared(dossier)
    assert draft
    assert texts_of(draft)["reasons_ar"] == ""  # everything is granted: there is nothing to give reasons for
    assert letter_of(client.get(page, {"sense": "refused"}).content.decode()) == mine
    switched_after = client.post(
        f"{page}?sense=refused", {"sense": "granted", "switch": "refused", "body_ar": "صيغة أولى"}
    )
    assert switched_after.status_code == 302
    at_once.draft_outcome(dossier, office.officer, "refused", "صيغة زميل", "محجوزة")
    page_now = client.get(page).content.decode()
    assert letter_of(page_now) == "صيغة زميل", "what a colleague wrote meanwhile is not written over"
    assert "صيغة أولى" in page_now.partition('id="lost"')[2]


def test_a_kept_answer_is_not_turned_into_another_sense_without_a_word(office: Office, dossier: Dossier) -> None:
    """Each way, the text that was kept for one sense asks to be read again under the other; the wording does not."""
    client, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    texts = {"granted": "قررنا الاستجابة لطلبكم.", "refused": "تعذرت الاستجابة.", "partial": "قررنا الاستجابة لجزء."}
    reasons = {"reasons_ar": "الخيام محجوزة لنشاط آخر."}
    for was, now in (("granted", "refused"), ("refused", "granted"), ("granted", "partial"), ("refused", "partial")):
        at_once.draft_outcome(dossier, office.officer, was, texts[was], "" if was == "granted" else "محجوزة كلها.")
        told = {"sense": now, "body_ar": texts[was]} | reasons
        assert client.post(f"{page}?sense={now}", told).status_code == 422
        assert client.post(f"{page}?sense={now}", told | {"body_ar": f"{texts[was]} أيضا."}).status_code == 422
        draft = papers.answer_being_prepared(dossier)
        assert draft
        assert papers.sense_of(draft) == was
        assert client.post(f"{page}?sense={now}", told | {"other_sense": "on"}).status_code == 302
        draft = papers.answer_being_prepared(dossier)
        assert draft
        assert papers.sense_of(draft) == now
        assert 'name="other_sense"' not in client.get(page).content.decode(), "said once, it is of this sense"


def test_an_association_is_not_addressed_as_a_person(dossier: Dossier) -> None:
    assert dossier.applicant
    for kind, civility in (("association", ""), ("firm", ""), ("person", "السيد(ة)")):
        dossier.applicant.kind = kind
        assert (recipient(dossier) or {})["civility_ar"] == civility


def test_a_negative_answer_needs_reasons_and_an_allowed_moment(office: Office, dossier: Dossier) -> None:
    without = write(office, dossier, office.officer, "refused", reasons_ar="")
    assert without.status_code == 422
    assert "تعذرت الاستجابة." in without.content.decode()
    assert write(office, dossier, office.clerk, "refused").status_code == 403
    assert write(office, dossier, office.officer, "refused")["Location"].endswith("/answer/sign/")
    filed = actions.file_request(loan_filing(dossier.sheet, brought=("liability",)))  # type: ignore[arg-type]
    early = write(office, filed.dossier, office.officer, "granted", reasons_ar="")
    assert early.status_code == 422
    assert "لم يكتمل" in early.content.decode()


def test_a_french_copy_of_a_refusal_carries_its_reasons(office: Office, dossier: Dossier) -> None:
    """Somebody who asked in French is not refused without being told why in French."""
    Dossier.objects.filter(pk=dossier.pk).update(language="fr")
    without = write(office, dossier, office.officer, "refused", body_fr="Il n’a pas été possible.")
    assert (without.status_code, "reasons_fr" in without.content.decode()) == (422, True)
    assert write(office, dossier, office.officer, "refused", body_fr="").status_code == 302  # no copy, no reasons
    alone = write(office, dossier, office.officer, "refused", body_fr="", reasons_fr="Tout est réservé.")
    assert (alone.status_code, "Tout est réservé." in alone.content.decode()) == (422, True)  # and not dropped
    both = {"body_fr": "Il n’a pas été possible.", "reasons_fr": "Tout est réservé."}
    assert write(office, dossier, office.officer, "refused", **both).status_code == 302
    draft = papers.answer_being_prepared(dossier)
    assert draft
    assert [block["text"] for block in draft.body["fr"]][1:] == ["Motifs de fait et de droit", "Tout est réservé."]
    assert texts_of(draft).items() >= both.items()
    shown = sign_in(office.officer).get(address(office.council, "office-answer-sign", dossier.number)).content.decode()
    assert "Tout est réservé." in shown


def test_only_who_may_sign_that_day_is_offered_and_accepted(office: Office, dossier: Dossier) -> None:
    write(office, dossier, office.officer, "refused")
    client, page = sign_in(office.officer), address(office.council, "office-answer-sign", dossier.number)
    first = client.get(page).content.decode()
    assert f'<option value="{office.president.pk}"' in first
    assert f'<option value="{office.director.pk}"' not in first
    assert client.post(page, SIGNED | {"signatory": office.director.pk}).status_code == 422
    councils.delegate(office.president, office.director, ["outcome"], "31/2026", date(2026, 12, 1))
    assert f'<option value="{office.director.pk}"' in client.get(page).content.decode()
    before = client.post(page, SIGNED | {"signatory": office.director.pk, "on": "2026-11-30"})
    assert before.status_code == 422
    assert "101" in before.content.decode()
    assert "103" in before.content.decode()
    assert not Act.objects.filter(kind="outcome").exists()
    assert client.post(page, SIGNED | {"signatory": office.director.pk}).status_code == 302
    assert Act.objects.get(kind="outcome").signed_article == "112-14:102"


def test_from_the_draft_to_the_proof_of_notification(office: Office, dossier: Dossier) -> None:
    write(office, dossier, office.officer, "refused")
    client = sign_in(office.officer)
    draft = client.get(printed_at(office, dossier))
    assert b"".join(draft.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    sign = address(office.council, "office-answer-sign", dossier.number)
    next_page = client.post(sign, SIGNED | {"signatory": office.president.pk})["Location"]
    act = Act.objects.get(kind="outcome")
    assert act.number in next_page
    scan = address(office.council, "office-answer-scan", dossier.number, act.number)
    client.post(scan, {"document": SimpleUploadedFile("a.txt", b"text"), "seen": "on"})
    act.refresh_from_db()
    assert act.signed_file is None
    client.post(scan, {"document": SimpleUploadedFile("a.png", PNG), "seen": "on"})
    act.refresh_from_db()
    assert act.signed_file is not None
    with simulated(at("2026-12-03 10:00")):
        told = {"how": "in_hand", "on": "2026-12-03", "proof": ""}
        assert client.post(next_page, told).status_code == 422
        assert client.post(next_page, told | {"proof": "x", "on": "2026-12-04"}).status_code == 422
        proof = SimpleUploadedFile("slip.png", PNG)
        assert client.post(next_page, told | {"proof": "ورقة تسليم رقم 4", "document": proof}).status_code == 302
    assert Fact.objects.get(kind="notified").data["sense"] == "refused"
    assert not Duty.objects.filter(rule="PROC-DECIDE", over_on__isnull=True).exists()
    page = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "بُلغ في" in page


def test_a_letter_signed_with_a_certificate_is_uploaded_and_checked(
    office: Office, dossier: Dossier, tmp_path: Path
) -> None:
    """The printed draft, signed on the president's own machine under an authority that the council accepts."""
    write(office, dossier, office.officer, "refused")
    client, page = sign_in(office.officer), address(office.council, "office-answer-sign", dossier.number)
    printed = client.get(printed_at(office, dossier))
    original = b"".join(printed.streaming_content)  # type: ignore[attr-defined]
    provider = pki.make_keys(tmp_path, "Prestataire", datetime.now(UTC) - timedelta(days=1), demo=False)
    signed = person_signs(original, provider)

    def send(content: bytes | None) -> HttpResponse:
        file = {"document": SimpleUploadedFile("signed.pdf", content)} if content else {}
        sent = {"on": "2026-12-01", "means": "qualified", "signatory": office.president.pk}
        return client.post(page, sent | file)  # type: ignore[return-value]

    refused = send(signed)
    assert refused.status_code == 422  # nobody accepted this authority yet
    accepted = folder_of(office.council) / "accepted"
    accepted.mkdir(parents=True, exist_ok=True)
    (accepted / "provider.pem").write_bytes((tmp_path / "root.cert.pem").read_bytes())
    assert [send(content).status_code for content in (None, original, PNG, signed + b"% x")] == [422] * 4
    assert not Act.objects.filter(kind="outcome").exists()
    assert send(signed).status_code == 302
    act = Act.objects.get(kind="outcome")
    assert act.signed_means == "qualified"
    assert pdf.attachments(pdf_of(act).path.read_bytes())["signed.pdf"] == signed


def test_the_trays_follow_the_answer(office: Office, dossier: Dossier) -> None:
    client = sign_in(office.officer)

    def trays() -> dict[str, int]:
        text = client.get(address(office.council, "office-home")).content.decode()
        found = {name: int(many) for name, many in re.findall(r"/tray/(\w+)/\">[^<]*<strong dir=\"ltr\">(\d+)", text)}
        return {tray.code: found[tray.code] for tray in MATTER.trays if tray.right is None}  # the others are not his

    empty = {
        "person": 0,
        "signature": 0,
        "returned": 0,
        "notify": 0,
        "scan": 0,
        "ownerless": 0,
        "opinion": 0,
        "idle": 0,
        "added": 0,
    }
    assert trays() == empty
    write(office, dossier, office.officer, "refused")
    assert trays() == empty | {"signature": 1}
    sign = address(office.council, "office-answer-sign", dossier.number)
    client.post(sign, SIGNED | {"signatory": office.president.pk})
    assert trays() == empty | {"notify": 1, "scan": 1}
    assert dossier.number in client.get(address(office.council, "office-tray", "notify")).content.decode()
    assert (
        dossier.number
        not in sign_in(office.stranger).get(address(office.council, "office-tray", "notify")).content.decode()
    )


def test_a_french_copy_typed_in_an_arabic_dossier_is_kept_shown_and_printed(office: Office, dossier: Dossier) -> None:
    """The field is offered whatever the language of the request: what is typed in it is the copy, with its reasons."""
    assert dossier.language == "ar"
    client, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    form = client.get(f"{page}?sense=refused").content.decode()
    assert ('name="body_fr"' in form, 'name="reasons_fr"' in form) == (True, True)
    without = write(office, dossier, office.officer, "refused", body_fr="Il n’a pas été possible.")
    assert without.status_code == 422, "a copy carries the reasons too"
    bare = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب قائم")
    assert bare.body["fr"] == [], "none where none is typed"
    both = {"body_fr": "Il n’a pas été possible.", "reasons_fr": "Tout est réservé."}
    assert write(office, dossier, office.officer, "refused", **both).status_code == 302
    draft = papers.answer_being_prepared(dossier)
    assert draft
    assert texts_of(draft).items() >= both.items()
    for name in ("office-answer", "office-answer-sign"):
        assert "Tout est réservé." in client.get(address(office.council, name, dossier.number)).content.decode(), name
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    assert [block["text"] for block in act.document["fr"]][::2] == list(both.values())
