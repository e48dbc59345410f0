"""The answer that leaves is the one that was read: another's newer text is never signed unread, nor dropped."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Act
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import simulated
from tadbir.councils.shown import Changed, NotShown
from tadbir.desk import actions, papers
from tadbir.dossiers.models import Dossier
from tadbir.services.actions import file_request
from tests import at_once
from tests.browser import Browser
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

pytestmark = pytest.mark.postgres

SIGNED = {"on": "2026-12-01", "means": "wet_ink", "seen": "on"}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return file_request(loan_filing(adopted_loan(office))).dossier


def carried(client: Browser, page: str) -> str:
    """What a form carries when its page is opened now."""
    found = client.read(page)
    assert found
    return found


def test_an_answer_rewritten_elsewhere_is_not_sealed_unread(office: Office, dossier: Dossier) -> None:
    """The officer reads a refusal; the head grants meanwhile; the officer presses "number and seal"."""
    officer, page = sign_in(office.officer), address(office.council, "office-answer-sign", dossier.number)
    at_once.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "محجوزة.")
    read = SIGNED | {"signatory": office.president.pk, "shown": carried(officer, page)}
    with simulated(at("2026-12-01 11:20")):
        at_once.draft_outcome(dossier, office.head, "granted", "تعار الخيام.")
        refused = officer.post(page, read)
    text = refused.content.decode()
    assert refused.status_code == 409
    assert not Act.objects.filter(kind="outcome").exists()
    assert '<del dir="auto">رفض' in text  # what he had read, what it is now, whose it is and since when
    assert '<ins dir="auto">تعار الخيام.' in text
    assert str(office.head) in text
    assert "11:20" in text
    assert officer.post(page, read).status_code == 409  # pressing again the same page does nothing either
    assert officer.post(page, SIGNED | {"signatory": office.president.pk}).status_code == 302  # what he reads now
    assert papers.sense_of(Act.objects.get(kind="outcome")) == "granted"


def test_a_page_that_does_not_say_what_it_displayed_signs_nothing(office: Office, dossier: Dossier) -> None:
    officer, page = sign_in(office.officer), address(office.council, "office-answer-sign", dossier.number)
    other = file_request(loan_filing(dossier.sheet)).dossier  # type: ignore[arg-type]
    for one in (dossier, other):
        at_once.draft_outcome(one, office.officer, "granted", "نعم")
    others = carried(officer, address(office.council, "office-answer-sign", other.number))
    for shown in ("", "x", others, others[:-2]):
        refused = officer.post(page, SIGNED | {"signatory": office.president.pk, "shown": shown})
        assert (refused.status_code, Act.objects.filter(kind="outcome").exists()) == (422, False)
    assert officer.post(page, SIGNED | {"signatory": office.president.pk}).status_code == 302


def test_the_action_compares_too_whatever_the_page_did(office: Office, dossier: Dossier) -> None:
    first = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    read = papers.shown_to_sign(dossier, first).token
    at_once.draft_outcome(dossier, office.head, "granted", "نعم")
    people = (office.officer, office.president)
    with pytest.raises(Changed) as told:
        actions.sign_paper(first, dossier, *people, means="wet_ink", seen=True, shown=read)
    texts = [(one.before, one.after) for one in told.value.differences if "السبب" in one.before]
    assert texts == [("لا\nالأسباب من حيث الواقع والقانون\nالسبب", "نعم")]
    with pytest.raises(NotShown):
        actions.sign_paper(first, dossier, *people, means="wet_ink", seen=True, shown="")
    assert at_once.sign_outcome(papers.answer_being_prepared(dossier), dossier, *people, means="wet_ink")  # type: ignore[arg-type]


def test_of_two_drafts_the_later_one_drops_nothing_unseen(office: Office, dossier: Dossier) -> None:
    """Two open the blank letter; the first saves; the second is shown the first's text and keeps what he typed."""
    officer, head = sign_in(office.officer), sign_in(office.head)
    page = f"{address(office.council, 'office-answer', dossier.number)}?sense=refused"
    his, hers = carried(officer, page), carried(head, page)
    told = {"sense": "refused", "reasons_ar": "محجوزة."}
    assert officer.post(page, told | {"body_ar": "نص الموظف", "shown": his}).status_code == 302
    late = head.post(page, told | {"body_ar": "نص رئيسة المصلحة", "shown": hers})
    text = late.content.decode()
    assert late.status_code == 409
    assert '<ins dir="auto">نص الموظف' in text
    assert ">\nنص رئيسة المصلحة</textarea>" in text
    draft = papers.answer_being_prepared(dossier)
    assert draft
    assert papers.texts_of(draft)["body_ar"] == "نص الموظف"
    assert head.post(page, told | {"body_ar": "النصان معا"}).status_code == 302  # once read, it may be written over
    draft = papers.answer_being_prepared(dossier)
    assert draft
    assert (papers.texts_of(draft)["body_ar"], draft.prepared_by) == ("النصان معا", office.head)


def test_who_pressed_keep_and_was_overtaken_is_not_told_of_a_sense_he_did_not_choose(
    office: Office, dossier: Dossier
) -> None:
    """He had changed the sense before; then he keeps what he wrote, and another one was first."""
    officer, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    texts = {"body_ar": "تعذرت الاستجابة.", "reasons_ar": "محجوزة.", "body_fr": "", "reasons_fr": ""}
    first = {"sense": "refused", "shown": carried(officer, f"{page}?sense=refused")}
    assert officer.post(f"{page}?sense=refused", texts | first | {"switch": "partial"}).status_code == 302
    back = {"sense": "partial", "shown": carried(officer, f"{page}?sense=partial")}
    with simulated(at("2026-12-01 11:20")):
        at_once.draft_outcome(dossier, office.head, "granted", "تعار الخيام.")
        kept = officer.post(f"{page}?sense=partial", texts | back | {"other_sense": "on"})
    said = kept.content.decode()
    assert (kept.status_code, "تعذرت الاستجابة." in said) == (409, True)
    assert "معنى آخر: ما كنتم" not in said
    assert "منذ فتحتم هذه الصفحة: ما كنتم" not in said, "his words stand in the form itself"
    later = officer.get(f"{page}?sense=partial").content.decode()
    assert "منذ فتحتم هذه الصفحة: ما كنتم كتبتموه" in later
    assert "تعذرت الاستجابة." in later


def test_a_signature_is_not_dated_before_the_text_it_signs(office: Office, dossier: Dossier) -> None:
    at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    with simulated(at("2026-12-03 10:00")):
        draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
        signed = {"means": "wet_ink", "seen": True, "on": date(2026, 12, 2)}
        with pytest.raises(ValidationError):
            at_once.sign_outcome(draft, dossier, office.officer, office.president, **signed)
        assert at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")


def test_a_notification_is_of_the_act_that_was_read(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    page = address(office.council, "office-answer-notify", dossier.number, act.number)
    officer, told = sign_in(office.officer), {"how": "in_hand", "on": "2026-12-01", "proof": "توقيع"}
    read = carried(officer, page)
    at_once.correct_entry(dossier.facts.get(kind="outcome_signed"), office.director, "لم يوقع")
    refused = officer.post(page, told | {"shown": read})
    assert refused.status_code == 409
    act.refresh_from_db()
    assert act.notified_on is None
    with pytest.raises(ValidationError):  # nor is an act that no longer stands
        actions.notify_paper(
            act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع", shown=as_shown(act).token
        )
