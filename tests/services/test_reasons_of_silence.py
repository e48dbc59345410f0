"""The reasons of a silence are asked for on the page of the request."""

from datetime import date

from tadbir.councils.clock import simulated
from tadbir.dossiers.models import Dossier, Duty
from tests.conftest import at
from tests.factories import adopted
from tests.services.residents import Resident


def test_a_silence_on_a_request_for_information_has_its_reasons_asked_on_the_page(resident: Resident) -> None:
    """Law 03-01, article 5, as of any other implied refusal: the answer of law 31-13 is due within 20 working days."""
    asked = {"q_information": "ميزانية 2026", "q_address": "دوار النخلة", "q_form": "paper", "q_urgent": "no"}
    adopted(resident.office, "access-to-information")
    draft = resident.begin("access-to-information", asked | {"subject": "الميزانية", "kind": "person", "name": "سلمى"})
    assert resident.send(draft).status_code == 302
    dossier, code = Dossier.objects.get(), resident.receipt(draft).context["code"]
    assert "/reasons/" not in resident.get(f"follow/{dossier.number}/").content.decode()
    with simulated(at("2027-01-05 10:00")):
        resident.post("follow/", {"number": dossier.number, "code": code})
        assert f"follow/{dossier.number}/reasons/" in resident.get(f"follow/{dossier.number}/").content.decode()
        assert resident.post(f"follow/{dossier.number}/reasons/").status_code == 302
        owed = Duty.objects.get(dossier=dossier, rule="REASONS-ANS")
        assert owed.do_by == date(2027, 1, 20)
