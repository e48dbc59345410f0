"""Every page of a request speaks under the law it lives under: no article of another's, in Arabic or in French."""

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.dossiers import actions as dossiers
from tadbir.law import REGIMES
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import ANSWERS, BOTH, Office, adopted_loan, loan_filing
from tests.law.test_law_own import OWN, cited
from tests.services.residents import Resident, text

SHEETS = {
    "55-19": "equipment-loan",
    "31-13": "access-to-information",
    "09-08": "personal-data-rights",
    "complaint": "complaint",
    "petition": "petition",
    "council-commitment": "road-damage",
    "signpost": "birth-certificate",
}
ASKED = ("information_asked", "replacement_asked", "extension_notified", "defect_notified", "bureau_accepted")
#: Said on pages of every regime: personal data (09-08); reasons of a decision, where somebody writes one (03-01).
EVERYWHERE = {"09-08", "03-01"}
#: A legal basis that the sheet itself names.
BASIS = {"complaint": {"54-19"}}


def test_every_regime_has_a_sheet_here() -> None:
    assert set(SHEETS) == set(OWN)


def test_a_service_of_another_authority_cites_no_law_of_requests(office: Office) -> None:
    take_from_catalogue(SHEETS["signpost"], office.unit)
    for french in (False, True):
        said = text(Resident(office, french=french).get(f"services/{SHEETS['signpost']}/"))
        assert cited(said) <= OWN["signpost"] | EVERYWHERE


@pytest.mark.parametrize("kind", sorted(set(SHEETS) - {"signpost"}))
def test_no_page_and_no_paper_cites_the_law_of_another(office: Office, kind: str) -> None:
    sheet = adopted_loan(office) if kind == "55-19" else take_from_catalogue(SHEETS[kind], office.unit)
    answers = {"55-19": ANSWERS, "09-08": {"right": "rectification"}}.get(kind, {})
    filed = actions.file_request(loan_filing(sheet, BOTH if kind == "55-19" else (), answers=answers, subject="طلب"))
    dossier = filed.dossier
    for fact in ASKED:
        if fact in REGIMES[kind].facts:
            dossiers.record(dossier, fact, by=office.officer, check=False)
    allowed = OWN[kind] | EVERYWHERE | BASIS.get(kind, set())
    seen = {"receipt": str([act.document for act in Act.objects.filter(dossier_ref=dossier.number)])}
    for day in ("2026-12-02 09:00", "2027-06-01 09:00"):
        with simulated(at(day)):
            for french in (False, True):
                reader = Resident(office, french=french)
                reader.post("follow/", {"number": dossier.number, "code": filed.code})
                place = address(office.council, "office-dossier", dossier.number, french=french)
                seen[f"follow {day} {french}"] = text(reader.get(f"follow/{dossier.number}/"))
                seen[f"office {day} {french}"] = text(sign_in(office.officer).get(place))
                seen[f"sheet {day} {french}"] = text(reader.get(f"services/{SHEETS[kind]}/"))
    assert all(seen.values())
    for where, said in seen.items():
        assert cited(said) <= allowed, (where, cited(said) - allowed)
