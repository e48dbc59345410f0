"""What the bureau decided on a petition is told by its letter: an acceptance once it is signed, a refusal once it was
notified with its reasons (organic law 112-14, article 116); until then the page of the person knows nothing of it."""

import re

import pytest
from django.utils.translation import override

from tadbir.acts.models import Draft
from tadbir.desk.codes import follow_code
from tadbir.desk.dossier import Desk
from tadbir.desk.followed import Followed
from tadbir.desk.striking import striking
from tadbir.desk.words import fact_name
from tadbir.dossiers.models import Dossier
from tadbir.notify.models import Notice
from tadbir.services import actions
from tests import at_once as desk
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted, loan_filing
from tests.services.residents import Resident, text

LOOKS = "ينظر مكتب المجلس في عريضتكم"


@pytest.fixture
def petition(office: Office) -> Dossier:
    """A petition of 1 December, whole."""
    sheet = adopted(office, "petition")
    brought = tuple(one.code for one in sheet.parsed.documents if not one.optional)
    return actions.file_request(loan_filing(sheet, brought=brought, answers={}, subject="عريضة")).dossier


def seen(resident: Resident, dossier: Dossier) -> str:
    typed = {"number": dossier.number, "code": follow_code(dossier)}
    return text(resident.post("follow/", typed, follow=True))


def told(dossier: Dossier, code: str) -> int:
    return Notice.objects.filter(code=code, dossier_ref=dossier.number).count()


def test_an_acceptance_is_told_once_its_letter_is_signed(office: Office, petition: Dossier, resident: Resident) -> None:
    before = Followed(petition).clock
    letter = actions.record_step(petition, office.officer, "bureau_accepted", None, "")
    assert not isinstance(letter, Draft), "the step stands"
    draft = Draft.objects.get(dossier_ref=petition.number)
    page = seen(resident, petition)
    assert LOOKS in page
    assert fact_name("bureau_accepted") not in page
    assert Followed(petition).clock == before, "no clock tells it either"
    assert told(petition, "bureau_accepted") == 0
    desk.sign_outcome(draft, petition, office.officer, office.president, means="wet_ink")
    assert (told(petition, "bureau_accepted"), told(petition, "letter_ready")) == (1, 0)
    page = seen(resident, petition)
    assert LOOKS not in page
    assert fact_name("bureau_accepted") in page
    assert Followed(petition).clock != before


def test_a_refusal_is_told_by_its_notification_with_its_reasons(
    office: Office, petition: Dossier, resident: Resident
) -> None:
    fact = actions.record_step(petition, office.officer, "bureau_refused", None, "التوقيعات غير كافية")
    page = seen(resident, petition)
    assert (LOOKS in page, fact_name("bureau_refused") in page) == (True, False)
    draft = desk.draft_outcome(
        petition, office.officer, "refused", "قرر المكتب عدم قبول العريضة.", "التوقيعات غير كافية"
    )
    act = desk.sign_outcome(draft, petition, office.officer, office.president, means="wet_ink")
    assert fact.pk not in {one.pk for one in Followed(petition).facts}
    desk.notify_outcome(act, petition, office.officer, how="in_hand", on=act.date, proof="توقيع")
    assert fact.pk in {one.pk for one in Followed(petition).facts}
    petition.refresh_from_db()
    assert LOOKS not in seen(resident, petition)


def test_what_was_not_told_is_struck_without_a_word(office: Office, petition: Dossier) -> None:
    fact = actions.record_step(petition, office.officer, "bureau_refused", None, "التوقيعات غير كافية")
    desk.correct_entry(fact, office.director, "لم يجتمع المكتب بعد")
    assert told(petition, "entry_struck") == 0
    assert not [one for one in Followed(petition).history if one.corrected]


def test_the_page_says_which_letters_fall_with_an_entry_and_what_a_step_did(office: Office, petition: Dossier) -> None:
    officer = sign_in(office.officer)
    where = address(office.council, "office-do", petition.number, "step")
    typed = {"kind": "bureau_accepted", "on": "", "note": "", "key": "k"}
    said = officer.post(where, typed, follow=True).content.decode()
    assert "سُجلت الخطوة، وكُتبت الرسالة" in said
    fact = petition.facts.get(kind="bureau_accepted")
    page = address(office.council, "office-do", petition.number, "correct", french=True)
    asked = text(sign_in(office.director).get(f"{page}?fact={fact.pk}"))
    assert "Acceptation d’une pétition" in asked
    plain = " ".join(re.sub(r"[\u2068\u2069]", " ", asked).split())
    assert f"écrite par {office.officer.name_fr} et non signée, tombe avec elle" in plain
    assert "ne peut plus être signée" not in asked


def test_a_letter_that_only_an_entry_allowed_goes_back(office: Office, loan: Dossier) -> None:
    desk.draft_outcome(loan, office.officer, "granted", "نعير لكم الخيام.")
    completed = loan.facts.get(kind="completed")
    with override("fr"):
        shown = striking(Desk(loan, office.director), completed)
    assert [by for _title, by in shown.back] == [office.officer.name_fr]
    assert shown.falls == []


def test_the_refusal_of_a_petition_always_bears_its_reasons(office: Office, petition: Dossier, loan: Dossier) -> None:
    """Organic law 112-14, article 116, knows no necessity; law 03-01 does, elsewhere."""
    actions.record_step(petition, office.officer, "bureau_refused", None, "التوقيعات غير كافية")
    officer = sign_in(office.officer)
    for dossier, offered in ((petition, False), (loan, True)):
        page = address(office.council, "office-answer", dossier.number) + "?sense=refused"
        assert ('name="unreasoned"' in officer.get(page).content.decode()) is offered


def test_an_acceptance_whose_letter_was_annulled_is_told_no_more_until_it_is_told_anew(
    office: Office, petition: Dossier, resident: Resident
) -> None:
    desk.record_step(petition, office.officer, "bureau_accepted", None, "")
    letter = Draft.objects.get(dossier_ref=petition.number, act__isnull=True)
    desk.sign_outcome(letter, petition, office.president, office.president, means="session")
    assert LOOKS not in seen(resident, petition)
    desk.correct_entry(petition.facts.get(kind="letter_signed"), office.director, "لم يوقع")
    page = seen(resident, petition)
    assert LOOKS in page
    assert "وثيقة ملغاة" in page or "ملغ" in page, "its paper stays, marked"
