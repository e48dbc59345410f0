"""The list of services and the sheets: what they promise, what they weigh, how much they read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadbir.dossiers.models import Dossier
from tadbir.procedures.actions import take_from_catalogue
from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.models import Sheet
from tadbir.services import actions
from tadbir.services.queries.residents import find_sheets
from tests import at_once
from tests.at_once import adopt, switch
from tests.factories import BOTH, Office, adopted_loan
from tests.services.residents import Resident, text

MOST_BYTES, MOST_QUERIES = 14 * 1024, 12
#: Questions of sending a request with one document (the page before it too), and of the page of its receipt.
MOST_TO_FILE, MOST_TO_SHOW_A_RECEIPT = 39, 6
CNDP = "D-DEMO-1/2026"
DELAYS = {"equipment-loan": 60, "road-damage": 15, "rural-track": 60}
STAY_DRAFTS = ("school-transport", "birth-certificate")


@pytest.fixture
def resident(office: Office) -> Resident:
    """Every sheet of the catalogue taken; all adopted that can be."""
    for code in catalogue():
        sheet = take_from_catalogue(code, office.unit)
        if code not in STAY_DRAFTS:
            adopt(
                office.president,
                sheet,
                reference="مقرر رقم 12/2026",
                adopted_on=date(2026, 6, 9),
                delay_days=DELAYS.get(code),
                cndp_reference=CNDP,
            )
    return Resident(office)


def found(words: str) -> set[str]:
    return {sheet.code for sheet in find_sheets(words)}


def test_services_are_found_by_any_form_of_their_words(resident: Resident) -> None:
    assert len(find_sheets()) == len(catalogue())
    assert find_sheets()[-1].regime == "signpost"
    assert "equipment-loan" in found("خيمة")
    assert "equipment-loan" in found("tente")
    assert "road-damage" in found("الطرق")
    assert "resolution-copy" in found("مقرراتكم")
    assert "school-transport" in found("النقل المدرسي")
    assert "complaint" in found("plaintes")
    assert found("زرافة") == set()
    page = text(resident.get("services/?q=زرافة"))
    assert "لم نجد شيئا" in page
    for words in ("\x00", "%", "' or 1=1 --", "ا" * 81, "\u202e", "   "):
        assert resident.get("services/", data={"q": words}).status_code == 200


def test_each_sheet_says_what_its_law_says_and_no_more(resident: Resident) -> None:
    loan = text(resident.get("services/equipment-loan/"))
    for said in ("60", "55.19", "التزام بإرجاع", "الوصل النهائي للجمعية", "مجاني", "السكوت", "قسم التجهيز"):
        assert said in loan
    assert "خبرة" not in loan  # this sheet provides for none: no heading over nothing
    road = text(resident.get("services/road-damage/"))
    assert "يتعهد المجلس" in road
    assert "أجلا قانونيا" in road
    information = text(resident.get("services/access-to-information/"))
    assert "عشرون يوم عمل" in information
    assert "تأكيد" in text(resident.get("services/birth-certificate/"))
    french = text(Resident(resident.office, french=True).get("services/road-damage/"))
    assert "Le conseil s’engage" in french
    assert resident.get("services/none/").status_code == 404


def test_a_sheet_of_another_law_never_cites_law_55_19(resident: Resident) -> None:
    told = {False: [], True: []}
    for sheet in Sheet.objects.filter(status="adopted"):
        names_it = "55.19" in str([basis.ar for basis in sheet.parsed.legal])
        told[names_it].append(sheet.code)
        for french, number in ((False, "55.19"), (True, "55-19")):
            page = text(Resident(resident.office, french=french).get(f"services/{sheet.code}/"))
            assert (number in page) is names_it, sheet.code
    assert "equipment-loan" in told[True]
    assert {"petition", "access-to-information", "road-damage"} <= set(told[False])


def test_the_sheets_that_need_a_text_from_memory_cannot_be_adopted(resident: Resident) -> None:
    from django.core.exceptions import ValidationError

    draft = Sheet.objects.get(code="school-transport")
    with pytest.raises(ValidationError):
        adopt(
            resident.office.president,
            draft,
            reference="مقرر",
            adopted_on=date(2026, 6, 9),
            delay_days=15,
            cndp_reference=CNDP,
        )


ANSWERS: dict[str, dict[str, str]] = {
    "access-to-information": {
        "q_information": "ميزانية 2026",
        "q_address": "حي السلام",
        "q_form": "paper",
        "q_urgent": "yes",
    },
    "complaint": {"q_nature": "remark", "q_facts": "انتظرت طويلا"},
    "petition": {"q_item": "إنارة", "q_reasons": "السلامة", "q_agent": "علي الراجي", "q_signatures": "٣٢٠"},
    "personal-data-rights": {"q_right": "access", "q_birth_date": "1990-02-03", "q_data": "كل شيء"},
    "road-damage": {"q_what": "track", "q_place": "دوار", "q_danger": "no"},
    "resolution-copy": {"q_resolution": "دورة يونيو", "q_address": "حي السلام", "q_form": "on_site"},
}


@pytest.mark.parametrize("code", sorted(ANSWERS))
def test_every_regime_takes_its_request(resident: Resident, code: str) -> None:
    data = ANSWERS[code] | {"subject": "طلب", "kind": "person", "name": "سلمى الحداد"}
    draft = resident.begin(code, data)
    if code == "petition":
        assert resident.attach(draft, "petition-form").status_code == 302
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    page = text(resident.get(f"follow/{dossier.number}/receipt/"))
    assert dossier.number in page
    assert "ملف مودع" not in page  # the words of law 55-19 are that law's
    filed = dossier.facts.get(kind="filed")
    assert filed.data["urgent"] is (code == "access-to-information")
    assert resident.get(f"follow/{dossier.number}/").status_code == 200


def test_each_right_over_data_has_its_own_clock(resident: Resident) -> None:
    for right, rule, other in (("access", "PD-ACCESS", "PD-RECTIFY"), ("rectification", "PD-RECTIFY", "PD-ACCESS")):
        data = ANSWERS["personal-data-rights"] | {"q_right": right, "subject": "طلب", "name": "سلمى الحداد"}
        resident.send(resident.begin("personal-data-rights", data))
        rules = set(Dossier.objects.latest("pk").duties.values_list("rule", flat=True))
        assert rule in rules
        assert other not in rules


def test_a_service_switched_off_is_not_offered(resident: Resident) -> None:
    sheet = Sheet.objects.get(code="complaint", status="adopted")
    assert resident.get("services/complaint/").status_code == 200
    switch(resident.office.director, sheet, on=False)
    assert resident.get("services/complaint/").status_code == 404
    assert resident.post("services/complaint/request/", {}).status_code == 404


def test_first_views_are_light(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    other = resident.begin()
    pages = [
        "",
        "services/",
        "services/equipment-loan/",
        "services/petition/request/",
        f"request/{other}/documents/",
        f"request/{other}/check/",
        f"follow/{number}/receipt/",
        "follow/",
        f"follow/{number}/",
        "decisions/",
        "about/",
        "accessibility/",
        "legal/",
    ]
    weights = {}
    for path in pages:
        for reader in (resident, Resident(resident.office, french=True, client=resident.client)):
            answer = reader.get(path, headers={"accept-encoding": "br"})
            assert answer.status_code == 200, path
            assert answer["Content-Encoding"] == "br"
            assert brotli.decompress(answer.content).lstrip().startswith(b"<!doctype html>")
            weights[path, reader.french] = len(answer.content)
    assert {page: size for page, size in weights.items() if size > MOST_BYTES} == {}
    assert min(weights.values()) > 1000  # the weight of something


def _queries(get: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert get().status_code == 200
    return len(captured)


def test_pages_read_little_however_much_there_is(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request")
    dossier, office = Dossier.objects.get(), resident.office
    for path in ("", "services/", f"follow/{number}/"):  # what a process reads once is read
        resident.get(path)
    paths = ["", "services/", "services/?q=خيمة", "services/petition/", f"follow/{number}/"]
    paths.append(f"follow/{number}/receipt/")
    before = {path: _queries(lambda path=path: resident.get(path)) for path in paths}  # type: ignore[misc]
    for rank in range(6):
        actions.receive_document(dossier, "liability" if rank == 0 else "other", f"{rank}.png", None)
    at_once.ask_information(dossier, office.officer, "كم؟")
    actions.answer_information(dossier, "ثلاثة")
    after = {path: _queries(lambda path=path: resident.get(path)) for path in paths}  # type: ignore[misc]
    assert {path: count for path, count in after.items() if count > MOST_QUERIES} == {}
    assert after == before


def test_a_request_is_filed_with_few_questions(resident: Resident) -> None:
    """From the sending to the redirection: what was read or written a moment ago is not read again."""
    resident.file("signed-request", "liability")  # what a process reads once is read
    draft = resident.begin()
    resident.attach(draft, "signed-request")
    with CaptureQueriesContext(connection) as asked:
        sent = resident.send(draft)
    assert sent.status_code == 302
    assert len(asked) <= MOST_TO_FILE
    with CaptureQueriesContext(connection) as asked:
        assert resident.client.get(sent["Location"]).status_code == 200
    assert len(asked) <= MOST_TO_SHOW_A_RECEIPT


def test_an_arabic_reference_stands_on_the_french_page_as_arabic_and_a_plain_one_in_french(office: Office) -> None:
    sheet, page = adopted_loan(office), Resident(office, french=True)
    where = "services/equipment-loan/"
    assert "délibération n° 12/2026" in text(page.get(where))
    Sheet.objects.filter(pk=sheet.pk).update(adopted_reference="مقرر دورة أكتوبر رقم 12/2026")
    assert '<bdi lang="ar" dir="rtl">مقرر دورة أكتوبر رقم 12/2026</bdi>' in page.get(where).content.decode()
    assert "<bdi>مقرر دورة أكتوبر رقم 12/2026</bdi>" in Resident(office).get(where).content.decode()
