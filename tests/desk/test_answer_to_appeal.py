"""An appeal is answered as a request is: written with reasons and remedies, signed, and done when it is notified."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Act, Draft
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.actions import contest_signature, correct_entry
from tadbir.desk.queries.trays import in_tray, tray_named
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import sign_in
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def refused(office: Office) -> Dossier:
    """A request in French that was refused on 1 December, with an appeal of 3 December."""
    filing = loan_filing(adopted_loan(office), language="fr")
    dossier = actions.file_request(filing).dossier
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب", "Non", "Le motif")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "الآلية كانت متوفرة", "appeal")
    dossier.refresh_from_db()
    return dossier


def duty(dossier: Dossier) -> Duty:
    return Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-ANS")


def test_the_duty_ends_with_the_notification_and_not_before(office: Office, refused: Dossier) -> None:
    mine = Dossier.objects.filter(pk=refused.pk)
    with simulated(at("2026-12-07 10:00")):
        draft = desk.draft_outcome(refused, office.officer, "refused", "رفض", "السبب قائم", "Rejet", "Le motif demeure")
        assert draft.kind == "appeal_answer"
        assert list(in_tray(mine, tray_named("signature"))) == [refused]
        act = desk.sign_outcome(draft, refused, office.officer, office.president, means="wet_ink")
        assert act.kind == "appeal_answer"
        assert duty(refused).discharged_on is None
        assert list(in_tray(mine, tray_named("notify"))) == [refused]
        with pytest.raises(ValidationError, match="بلغوه"):
            desk.draft_outcome(refused, office.officer, "granted", "نعم")
    with simulated(at("2026-12-09 10:00")):
        fact = desk.notify_outcome(act, refused, office.officer, how="in_hand", on=date(2026, 12, 9), proof="توقيع")
    assert (fact.kind, fact.data["sense"], fact.data["act"]) == ("appeal_answered", "refused", act.number)
    assert duty(refused).discharged_on == date(2026, 12, 9)
    refused.refresh_from_db()
    assert refused.closed_at is not None


def test_it_bears_its_reasons_its_french_copy_and_the_ways_that_remain(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-07 10:00")):
        with pytest.raises(ValidationError) as told:
            desk.draft_outcome(refused, office.officer, "refused", "رفض")
        assert "reasons_ar" in told.value.message_dict
        with pytest.raises(ValidationError) as told:
            desk.draft_outcome(refused, office.officer, "refused", "رفض", "السبب", "Rejet")
        assert "reasons_fr" in told.value.message_dict
        draft = desk.draft_outcome(refused, office.officer, "refused", "رفض", "السبب", "Rejet", "Le motif")
    # Law 41-90, article 23: sixty days from the notification, were it today: 7 December + 60 is Friday 5 February 2027.
    court = [one for one in draft.body["remedies"] if "41.90" in one["text_ar"]]
    assert [one for one in court if "file_before" in one] == [], "it is counted when the answer is sealed"
    for moment, last in (("2026-12-07 11:00", "2027-02-05"), ("2026-12-10 11:00", "2027-02-08")):
        with simulated(at(moment)):
            counted = papers.counted(refused, draft)["remedies"]
            assert [one["file_before"] for one in counted if "41.90" in one["text_ar"]] == [last]
    assert draft.body["title_fr"] == "Recours devant le président du conseil\u00a0: suite défavorable"
    assert [block["text"] for block in draft.body["fr"]] == ["Rejet", "Motifs de fait et de droit", "Le motif"]


def test_the_pages_offer_the_appeal_s_answer_and_not_another_one(office: Office, refused: Dossier) -> None:
    client, where = sign_in(office.officer), f"/{office.council.slug}/office/dossiers/{refused.number}/"
    with simulated(at("2026-12-07 10:00")):
        page = client.get(where).content.decode()
        assert "الجواب عن: الطعن أمام رئيس المجلس" in page
        assert "تحرير الجواب" not in page
        write = client.get(f"{where}answer/?sense=refused").content.decode()
        assert "الآلية كانت متوفرة" in write
        assert "تعذرت الاستجابة لما طلبتموه" in write
        desk.answer_appeal(refused, office.officer, office.president, "refused", "السبب قائم")
    with simulated(at("2026-12-10 10:00")):
        after = client.get(where).content.decode()
        assert '/answer/"' not in after
        assert "سبق الجواب وانتهى الأمر (الطعن أمام رئيس المجلس)" in client.get(f"{where}answer/").content.decode()


def test_a_corrected_signature_annuls_it_and_it_is_written_again(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-07 10:00")):
        draft = desk.draft_outcome(refused, office.officer, "granted", "نعم")
        act = desk.sign_outcome(draft, refused, office.officer, office.president, means="wet_ink")
        correct_entry(Fact.objects.get(kind="answer_signed"), office.president, "خطأ في النص")
        act.refresh_from_db()
        assert act.status == Act.Status.ANNULLED
        client = sign_in(office.officer)
        page = client.get(f"/{office.council.slug}/office/dossiers/{refused.number}/").content.decode()
        assert str(act.get_status_display()) in page
        again: Any = desk.draft_outcome(refused, office.officer, "granted", "نعم")
        assert again.pk != draft.pk
        assert papers.answer_being_prepared(refused) == again
        assert Draft.objects.filter(kind="appeal_answer").count() == 2


def test_a_signature_contested_after_the_notification_is_told_and_the_appeal_waits_again(
    office: Office, refused: Dossier
) -> None:
    with simulated(at("2026-12-07 10:00")):
        answered = desk.answer_appeal(refused, office.officer, office.president, "refused", "السبب قائم")
        act = Act.objects.get(number=answered.data["act"])
        told = as_shown(act).token
        contest_signature(act, refused, office.president, "لم أمض هذا الجواب", sure=True, shown=told)
        act.refresh_from_db()
    assert act.status == Act.Status.ANNULLED
    assert Notice.objects.filter(code="signature_contested", dossier_ref=refused.number).count() == 1
    assert duty(refused).discharged_on is None
    waiting = papers.to_answer(refused)
    assert waiting is not None
    assert str(waiting.pk) == answered.data["asked"]


def test_each_law_names_its_remedy_on_the_receipt_and_on_the_answer(office: Office, refused: Dossier) -> None:
    sheet = take_from_catalogue("access-to-information", office.unit)
    asked = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="ميزانية 2026")).dossier
    first = desk.draft_outcome(asked, office.officer, "refused", "لا", "السبب")
    act = desk.sign_outcome(first, asked, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, asked, office.officer, how="in_hand", on=date(2026, 12, 1), proof="وصل")
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(asked, "أريد الوثيقة", "complaint")
        answer = desk.draft_outcome(asked, office.officer, "granted", "نعم")
    receipt = Act.objects.filter(dossier_ref=asked.number, kind="receipt").latest("pk").document
    assert receipt["title_ar"] == "وصل بتسلم شكاية إلى رئيس المجلس"
    assert receipt["receipt"]["subject_fr"] == "Réclamation au président du conseil"
    assert receipt["receipt"]["procedure_fr"] == sheet.parsed.fr, "the service is called the service"
    assert answer.body["title_ar"] == "شكاية إلى رئيس المجلس: استجابة"
    assert "طعن" not in str([receipt, answer.body["title_ar"], answer.body["blocks"]])
    appeal = Act.objects.filter(dossier_ref=refused.number, kind="receipt").latest("pk").document
    assert appeal["title_ar"] == "وصل بتسلم الطعن أمام رئيس المجلس"
    assert appeal["title_fr"] == "Récépissé\u00a0: recours devant le président du conseil"
