"""A day that stands on the page of a person says what it is for: his request, his remedy, the reasons; one that runs
from a letter says how long and what follows; a receipt says what was asked."""

import pytest

from tadbir.acts.models import Act
from tadbir.dossiers.models import Dossier, Duty
from tadbir.services import actions
from tadbir.ui.dates import day_words
from tests import at_once
from tests.factories import BOTH, Office, adopted
from tests.services.residents import Resident, text
from tests.services.test_further_documents import GRIEF
from tests.services.test_petition_sent import TWELVE
from tests.services.test_remedy_documents import SENT, refused


@pytest.mark.parametrize("french", [False, True])
def test_an_early_appeal_names_each_day_and_says_why_it_is_counted_from_there(resident: Resident, french: bool) -> None:
    _draft, number, _code = resident.file(*BOTH)
    resident.french = french
    sent = resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    page = text(resident.get(sent["Location"].partition("#")[0]))
    dossier = Dossier.objects.get()
    owed = Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-ANS")
    lang = "fr" if french else "ar"
    assert owed.lapses_on is not None
    assert day_words(owed.lapses_on, lang) in page, "when to write to the governor"
    if french:
        assert "le conseil y répond" in page
        assert "expire par le compte le plus court" in page
    else:
        assert "الطعن أمام رئيس المجلس: يجيب عنه المجلس" in page
        assert "طلبكم\u2069: \u2068على المجلس أن يجيب" in page, "the clock is still that of the request"
        assert "دون تمديده إلى أول يوم عمل" in page


def test_the_clock_of_an_appeal_that_contests_an_answer_names_it(resident: Resident) -> None:
    number = refused(resident)
    assert resident.post(f"follow/{number}/remedies/appeal_filed/", SENT).status_code == 302
    assert "الطعن أمام رئيس المجلس\u2069: \u2068على المجلس أن يجيب" in text(resident.get(f"follow/{number}/"))


def test_a_request_without_a_remedy_says_its_day_plainly(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    page = text(resident.get(f"follow/{number}/"))
    assert "على المجلس أن يجيب" in page
    assert "طلبكم\u2069: \u2068على المجلس" not in page


def test_a_replacement_says_how_long_and_what_follows_before_its_letter_is_received(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier, officer = Dossier.objects.get(), resident.office.officer
    at_once.ask_replacement(dossier, officer, "liability", "الصفحة غير مقروءة")
    page = text(resident.get(f"follow/{number}/"))
    assert "داخل أجل 30 يوما من توصله بالطلب" in page
    assert "أيام كاملة تُحتسب من تاريخ توصلكم بالرسالة" in page
    assert "يُرجع الملف إلى صاحبه" in page
    actions.mark_received(dossier, officer, dossier.facts.get(kind="replacement_asked"), "hand")
    assert "أيام كاملة تُحتسب من تاريخ توصلكم بالرسالة" not in text(resident.get(f"follow/{number}/")), (
        "its day is known"
    )


def test_a_grievance_says_until_when_it_is_taken(resident: Resident) -> None:
    number = refused(resident)
    for page in (f"follow/{number}/", f"follow/{number}/remedies/grievance_filed/"):
        assert "يقبله المجلس إلى غاية" in text(resident.get(page))


@pytest.mark.parametrize(("code", "data", "question"), [("complaint", GRIEF, "facts"), ("petition", TWELVE, "item")])
def test_a_receipt_says_what_was_asked_where_the_subject_was_left(
    office: Office, code: str, data: dict[str, str], question: str
) -> None:
    named = adopted(office, code).parsed.ar
    resident = Resident(office)
    draft = resident.begin(code, data | {"subject": named})
    if code == "petition":
        resident.attach(draft, "petition-form")
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    said = Act.objects.get(kind="receipt").document["receipt"]["subject_ar"]
    assert said
    assert str(dossier.answers[question]).startswith(said.rstrip("…"))
    assert len(said) <= 120
    assert said in text(resident.get(f"follow/{dossier.number}/receipt/"))
