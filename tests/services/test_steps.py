"""Steps of the other regimes: the person is told by letter, and a remedy that is answered closes the dossier again."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Act
from tadbir.councils.clock import local_date, simulated
from tadbir.desk import papers
from tadbir.desk.papers.answers import APPEAL_ANSWER, remedies_if_notified, to_answer
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Duty
from tadbir.notify.models import Notice
from tadbir.procedures.actions import problems_of_adoption, take_from_catalogue
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing


def test_a_petitioner_is_told_that_the_bureau_accepted(office: Office) -> None:
    sheet = take_from_catalogue("petition", office.unit)
    dossier = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="عريضة")).dossier
    accepted = desk.record_step(dossier, office.officer, "bureau_accepted", None)
    assert not Notice.objects.filter(code="bureau_accepted").exists(), "not before its letter is signed"
    letter = papers.letter_waiting(dossier, "bureau_accepted")  # the bureau accepted: its letter only tells it
    assert letter
    assert desk.taken(letter).kind == "letter_signed"
    told = Act.objects.get(dossier_ref=dossier.number, kind="applicant_notice")
    assert (told.document["title_ar"], told.signed_by) == ("قبول عريضة", office.president)
    assert dossier.facts.filter(kind="bureau_accepted").get() == accepted
    assert Notice.objects.filter(code="bureau_accepted").count() == 1
    assert not Notice.objects.filter(code="letter_ready").exists(), "one message says it, and more"


def _says_what_it_answers(dossier: Dossier) -> None:
    """The reference names the appeal and its date; no way to contest is said to follow one that is not named."""
    body = Act.objects.get(dossier_ref=dossier.number, kind=APPEAL_ANSWER).document
    assert body["reference_ar"].endswith("، والطعن أمام رئيس المجلس بتاريخ فاتح دجنبر 2026")
    assert body["reference_fr"].endswith("; recours devant le président du conseil du 1er décembre 2026")
    court = [one for one in body["remedies"] if "المحكمة الإدارية" in one["text_ar"]]
    assert court[0]["text_ar"].startswith("دعوى الإلغاء أمام المحكمة الإدارية، بعد استنفاد الطعن أمام رئيس المجلس")
    for one in body["remedies"]:
        assert not one["text_ar"].startswith("ثم ")
        assert "هذا الطعن" not in one["text_ar"]
        assert not one["text_fr"].startswith("Puis ")
        assert "ce recours" not in one["text_fr"]


def test_an_answered_appeal_closes_what_had_ended_and_not_what_had_not(office: Office) -> None:
    sheet = adopted_loan(office)
    early = actions.file_request(loan_filing(sheet)).dossier
    appeal = actions.file_appeal(early, "أطلب جوابا قريبا", "early")
    refused = actions.file_request(loan_filing(sheet)).dossier
    draft = desk.draft_outcome(refused, office.officer, "refused", "لا", "السبب")
    act = desk.sign_outcome(draft, refused, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, refused, office.officer, how="in_hand", on=act.date, proof="توقيع")
    second = actions.file_appeal(refused, "أطلب جوابا قريبا", "after")
    refused.refresh_from_db()
    assert refused.closed_at is None
    with simulated(at("2026-12-03 10:00")):
        answered = desk.answer_appeal(refused, office.officer, office.president, "refused", "السبب قائم")
        assert answered.data["asked"] == str(second.pk)
        _says_what_it_answers(refused)
    assert to_answer(early) is None, "it contests nothing yet: the request itself is answered first"
    assert appeal.data["against"] == "early"
    refused.refresh_from_db()
    early.refresh_from_db()
    assert refused.closed_by_kind == "notified"
    assert early.closed_at is None


def test_rectified_data_close_the_dossier(office: Office) -> None:
    sheet = take_from_catalogue("personal-data-rights", office.unit)
    answers = {"right": "rectification"}
    dossier = actions.file_request(loan_filing(sheet, brought=(), answers=answers)).dossier
    with pytest.raises(ValidationError):
        desk.record_step(dossier, office.officer, "rectified", None, "نعم")
    desk.record_step(dossier, office.officer, "rectified", None, "صُحح الاسم في السجل")
    assert Notice.objects.filter(code="rectified", dossier_ref=dossier.number).count() == 1
    dossier.refresh_from_db()
    assert dossier.closed_by_kind == "rectified"


def test_a_refusal_about_personal_data_prints_its_remedies(office: Office) -> None:
    sheet = take_from_catalogue("personal-data-rights", office.unit)
    dossier = actions.file_request(loan_filing(sheet, brought=(), answers={"right": "rectification"})).dossier
    commission, court = remedies_if_notified(dossier, "refused")
    assert "CNDP" in commission["text_fr"]
    assert "file_before" not in commission
    assert "60 jours de la notification" in court["text_fr"]
    assert court["file_before"] > str(dossier.opened_on)
    assert remedies_if_notified(dossier, "granted") == []


def test_a_delay_that_no_rule_counts_is_not_adopted(office: Office) -> None:
    body = take_from_catalogue("access-to-information", office.unit).parsed
    said = "لا توجد قاعدة تحتسب أجلا لهذا النوع من الملفات: اتركوا الأجل فارغا."
    assert said in problems_of_adoption(body, 15, "-")
    assert said not in problems_of_adoption(body, None, "-")


def test_the_delays_of_a_dossier_that_ran_out_are_recorded_together_and_its_duties_derived_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = take_from_catalogue("personal-data-rights", office.unit)
    dossier = actions.file_request(loan_filing(sheet, brought=(), answers={"right": "rectification"})).dossier
    owed = dict(Duty.objects.filter(dossier=dossier, lapses_on__isnull=False).values_list("rule", "lapses_on"))
    assert {"PD-RECTIFY", "SILENCE-60"} <= set(owed)
    derived, recompute = list[Dossier](), clockwork.recompute

    def counted(dossier: Dossier, *told: Any, **kept: Any) -> Any:
        derived.append(dossier)
        return recompute(dossier, *told, **kept)

    monkeypatch.setattr(clockwork, "recompute", counted)
    with simulated(at("2027-06-01 10:00")):
        found = record_lapses()
        told = dossier.facts.filter(kind="person_told_of_lapse").count()
        assert {(fact.data["rule"], local_date(fact.happened_at)) for fact in found} >= {
            (rule, owed[rule]) for rule in ("PD-RECTIFY", "SILENCE-60")
        }
        assert len(derived) == 1 + told, "once for the lapses, and for each time its person was told"
        assert record_lapses() == []
