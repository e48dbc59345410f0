"""What papers say of the council, its town and its counter, is said in the office, and the next letter bears it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.house import house_of, house_shown
from tadbir.councils.models import Correction, Council
from tadbir.desk.codes import follow_code
from tadbir.desk.followed import Followed
from tadbir.dossiers.models import Dossier
from tadbir.reading.telephone import written_here
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once as desk
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

TOLD = {
    "place_ar": "الداخلة",
    "place_fr": "Dakhla",
    "where_ar": "",
    "where_fr": "",
    "hours_ar": "",
    "hours_fr": "",
    "phone": "",
}


def letter(office: Office, dossier: Dossier) -> dict[str, Any]:
    draft = desk.draft_outcome(dossier, office.officer, "granted", "قرر المجلس إعارتكم الخيام.")
    act: Act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    found: dict[str, Any] = act.document["council"]
    return found


def test_the_next_letter_bears_the_town_that_the_office_said(office: Office) -> None:
    first, second = (actions.file_request(loan_filing(adopted_loan(office))).dossier for _one in range(2))
    assert "place_ar" not in letter(office, first)
    page, director = address(office.council, "office-house"), sign_in(office.director)
    assert "ما تحمله" in director.get(address(office.council, "office-units")).content.decode()
    assert sign_in(office.officer).post(page, TOLD | {"reason": "مقر المجلس"}).status_code == 403
    assert director.post(page, TOLD | {"reason": ""}).status_code == 422
    assert director.post(page, TOLD | {"reason": "مقر المجلس", "place_fr": ""}).status_code == 422, "both languages"
    assert director.post(page, TOLD | {"reason": "مقر المجلس", "place_ar": "د" * 121}).status_code == 422
    assert not Correction.objects.exists()
    assert director.post(page, TOLD | {"reason": "مقر المجلس"}).status_code == 302
    assert director.post(page, TOLD | {"reason": "مقر المجلس"}).status_code == 422, "nothing is otherwise"
    office.council.refresh_from_db()
    borne = letter(office, second)
    assert (borne["place_ar"], borne["place_fr"]) == ("الداخلة", "Dakhla")
    kept = Correction.objects.get(noun="council")
    assert (kept.before, kept.after) == (
        {"place_ar": "", "place_fr": ""},
        {"place_ar": "الداخلة", "place_fr": "Dakhla"},
    )
    link = Entry.objects.get(kind="council_corrected")
    assert link.fields["place_ar"] == "الداخلة"
    assert "مقر المجلس" in director.get(page).content.decode()
    assert [str(one) for step in walk() for one in step.found] == []


def test_what_was_read_before_another_said_it_is_shown_again(office: Office) -> None:
    director = sign_in(office.director)
    page = address(office.council, "office-house")
    read = director.read(page)
    changed = TOLD | {"place_ar": "", "place_fr": "", "hours_ar": "من 9 إلى 16", "hours_fr": "de 9 h à 16 h"}
    shown = house_shown(Council.objects.get(pk=office.council.pk)).token
    councils.say_of_house(changed, "مواقيت الشباك", by=office.director, shown=shown)
    assert house_of(Council.objects.get(pk=office.council.pk))["hours_fr"] == "de 9 h à 16 h"
    assert director.post(page, TOLD | {"reason": "مقر المجلس", "shown": read}).status_code == 409


def test_the_telephone_of_the_council_is_read_kept_and_told_beside_its_counter(office: Office) -> None:
    page, director = address(office.council, "office-house"), sign_in(office.director)
    said = TOLD | {"where_ar": "الطابق الأرضي", "where_fr": "Rez-de-chaussée", "reason": "مقر المجلس"}
    assert director.post(page, said | {"phone": "12"}).status_code == 422, "nobody answers it"
    shown = house_shown(Council.objects.get(pk=office.council.pk)).token
    with pytest.raises(ValidationError):
        councils.say_of_house(TOLD | {"phone": "12"}, "رقم", by=office.director, shown=shown)
    assert director.post(page, said | {"phone": "05.28-93 00.00"}).status_code == 302
    office.council.refresh_from_db()
    assert house_of(office.council)["phone"] == "+212528930000"
    assert director.post(page, said | {"phone": "+212 528 93 00 00"}).status_code == 422, "the same number"
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    for language, words in (
        ("ar", "الهاتف: \u206605 28 93 00 00\u2069"),
        ("fr", "Téléphone\xa0: \u206605 28 93 00 00\u2069"),
    ):
        with override(language):
            assert Followed(Dossier.objects.get(pk=dossier.pk)).counter[-1].replace(" :", "\xa0:") == words
    draft = desk.draft_outcome(dossier, office.officer, "granted", "قرر المجلس إعارتكم الخيام.")
    desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
    resident = Client()
    resident.post(f"/{office.council.slug}/follow/", {"number": dossier.number, "code": follow_code(dossier)})
    assert "05 28 93 00 00" in resident.get(f"/{office.council.slug}/follow/{dossier.number}/").content.decode()
    assert [str(one) for step in walk() for one in step.found] == []


@pytest.mark.parametrize(
    ("read", "written"), [("+212528930000", "05 28 93 00 00"), ("+33142345678", "+33142345678"), ("", "")]
)
def test_a_telephone_is_written_as_it_is_dialled_here(read: str, written: str) -> None:
    assert written_here(read).strip("\u2066\u2069") == written
