"""What is sent, taken back or decided is what its page displayed: in two tabs, on two desks."""

import re

from django.test import Client

from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tadbir.services.models import Draft
from tests import at_once
from tests.browser import Browser
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted_loan, loan_filing
from tests.services.residents import LOAN, Resident


def carried(resident: Resident, path: str) -> str:
    assert isinstance(resident.client, Browser)
    found = resident.client.read(resident.full(path))
    assert found
    return found


def test_the_last_step_sends_what_it_displays(resident: Resident) -> None:
    """Tab A stands at the last step; tab B changes an answer and takes a document out; A sends."""
    draft = resident.begin()
    for code in BOTH:
        resident.attach(draft, code)
    read = {"shown": carried(resident, f"request/{draft}/check/")}
    assert resident.post(f"request/{draft}/", LOAN | {"q_place": "دوار الواحة"}).status_code == 302
    resident.post(f"request/{draft}/documents/liability/remove/")
    refused = resident.post(f"request/{draft}/check/", read)
    html = refused.content.decode()
    assert (refused.status_code, Dossier.objects.count()) == (409, 0)
    assert '<del dir="auto">دوار النخلة</del>' in html
    assert '<ins dir="auto">دوار الواحة</ins>' in html
    assert '<del dir="auto">photo.png</del>' in html
    assert resident.post(f"request/{draft}/check/", {"shown": ""}).status_code == 422
    assert resident.send(draft).status_code == 302
    assert Dossier.objects.get().answers["place"] == "دوار الواحة"


def test_another_file_of_the_same_name_is_another_document(resident: Resident) -> None:
    draft = resident.begin()
    resident.attach(draft, "liability")
    read = {"shown": carried(resident, f"request/{draft}/check/")}
    assert resident.attach(draft, "liability", content=_other_picture()).status_code == 302
    refused = resident.post(f"request/{draft}/check/", read)
    assert (refused.status_code, "photo.png (آخر غير الأول)" in refused.content.decode()) == (409, True)


def _other_picture() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, "PNG")
    return out.getvalue()


def test_two_tabs_of_the_first_step_drop_nothing_unseen(resident: Resident) -> None:
    draft = resident.begin()
    read = carried(resident, f"request/{draft}/")
    assert resident.post(f"request/{draft}/", LOAN | {"q_place": "دوار الواحة"}).status_code == 302
    late = resident.post(f"request/{draft}/", LOAN | {"q_place": "دوار السدرة", "shown": read})
    html = late.content.decode()
    assert late.status_code == 409
    assert '<ins dir="auto">دوار الواحة</ins>' in html
    assert 'value="دوار السدرة"' in html  # what was typed here is in its field
    assert Draft.objects.get().answers["q_place"] == "دوار الواحة"
    assert resident.post(f"request/{draft}/", LOAN | {"q_place": "دوار السدرة"}).status_code == 302
    assert Draft.objects.get().answers["q_place"] == "دوار السدرة"


def test_a_first_step_of_an_older_version_keeps_what_was_typed(resident: Resident) -> None:
    from tests import at_once

    office, page = resident.office, "services/equipment-loan/request/"
    read, sheet = carried(resident, page), adopted(office)
    newer = at_once.correct_sheet(office.director, sheet, sheet.body | {"cost_ar": "20 درهما"})
    told = {"reference": "مقرر 20/2026", "delay_days": 30, "cndp_reference": "D-1/2026"}
    at_once.adopt(office.president, newer, adopted_on=newer.updated_on, **told)
    late = resident.post(page, LOAN | {"shown": read})
    html = late.content.decode()
    assert (late.status_code, Draft.objects.count()) == (409, 0)
    assert '<ins dir="auto">3</ins>' in html
    assert "cost_ar" not in html
    assert 'value="دوار النخلة"' in html
    assert resident.begin()


def adopted(office: Office):  # type: ignore[no-untyped-def]
    from tadbir.procedures.queries import current_sheet

    found = current_sheet("equipment-loan")
    assert found
    return found


def test_a_request_is_taken_back_as_it_was_read(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    path = f"follow/{number}/withdraw/"
    read = {"shown": carried(resident, path)}
    dossier = Dossier.objects.get()
    at_once.ask_information(dossier, resident.office.officer, "كم عدد الخيام؟")
    refused = resident.post(path, read)
    html = refused.content.decode()
    assert (refused.status_code, dossier.facts.filter(kind="withdrawn").exists()) == (409, False)
    assert str(resident.office.officer) not in html  # the person is not told which agent
    assert re.search(r"<li>(?:<bdi>)?[^<]*معلومات", html), "said in one calm card, not as a table of differences"
    assert (html.count('class="notice warn"'), html.count('class="notice bad"')) == (1, 0)
    assert resident.post(path, {"shown": ""}).status_code == 422
    assert resident.post(path).status_code == 302
    assert dossier.facts.filter(kind="withdrawn").exists()


def test_a_verb_is_done_in_the_dossier_that_was_read(office: Office) -> None:
    """The clerk takes the last document in; the officer, who has not seen it, says that the file is not for here."""
    dossier = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",))).dossier
    officer, page = sign_in(office.officer), address(office.council, "office-do", dossier.number, "misdirected")
    told = {"key": "k1", "to": "العمالة", "explanation": "من اختصاصها."}
    read = officer.read(page)  # type: ignore[attr-defined]
    actions.receive_document(dossier, "liability", "التزام", None, by=office.clerk, source="counter")
    refused = officer.post(page, told | {"shown": read})
    html = refused.content.decode()
    assert (refused.status_code, dossier.facts.filter(kind="misdirected").exists()) == (409, False)
    assert str(office.clerk) in html
    assert "من اختصاصها." in html  # what he typed is in the form again
    plain = Client()
    plain.cookies = officer.cookies
    assert plain.post(page, told).status_code == 422  # a form that says nothing of its page does nothing
    assert officer.post(page, told).status_code == 302
    assert officer.post(page, told | {"shown": read}).status_code in (302, 409)
