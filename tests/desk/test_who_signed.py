"""Who signed a letter that takes a step, in what quality and how, and who recorded it: side by side everywhere."""

import json
import re
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.test import Client

from tadbir.acts.models import Act
from tadbir.ledgers.periods import Period
from tadbir.services.actions import ask_information, file_request
from tests.at_once import print_register, sign_outcome
from tests.desk.office_desk import address
from tests.factories import Office, adopted_loan, loan_filing, sign_in
from tests.ledgers.test_registers import ACTS, table

SAID = "مصرح بأنها ممضاة بخط اليد"


class Signed(NamedTuple):
    """A question that the officer recorded as signed by the president's hand, and the code of its dossier."""

    act: Act
    code: str

    @property
    def words(self) -> tuple[str, ...]:
        """What is said of its signature."""
        return str(self.act.signed_by), "رئيس المجلس", "2026", SAID, str(self.act.recorded_by)


@pytest.fixture
def signed(office: Office) -> Signed:
    cache.clear()
    filed = file_request(loan_filing(adopted_loan(office)))
    letter = ask_information(filed.dossier, office.officer, "كم عدد الخيام؟")
    act = sign_outcome(letter, filed.dossier, office.officer, office.president, means="wet_ink")
    return Signed(act, filed.code)


def told(html: str, signed: Signed) -> bool:
    """Whether a page says all of it in this order, in one place."""
    side_by_side = ".{1,80}?".join(re.escape(word) for word in signed.words)
    read = re.sub(r"<[^>]+>", "", html)
    return re.search(f"{signed.act.number}.{{1,150}}?{side_by_side}", read, re.DOTALL) is not None


def test_on_the_page_of_the_person(office: Office, signed: Signed, client: Client) -> None:
    client.post(address(office.council, "follow"), {"number": signed.act.dossier_ref, "code": signed.code})
    page = client.get(address(office.council, "dossier", signed.act.dossier_ref)).content.decode()
    assert told(page[page.index("<h2>الوثائق") :], signed)


def test_in_the_register_and_in_what_is_printed_of_it(office: Office, signed: Signed, client: Client) -> None:
    sign_in(client, office.director)
    page = client.get(address(office.council, "office-register"), {"kind": "act_issued"}).content.decode()
    assert told(page, signed)
    (printed,) = print_register(office.director, ACTS, Period(2026, "year"))
    [line] = [row for row in table(printed) if row[1] == signed.act.number]
    assert all(word in line[5] for word in signed.words)


def test_to_machines(office: Office, signed: Signed, client: Client) -> None:
    sent = json.dumps({"number": signed.act.dossier_ref, "code": signed.code})
    answer: Any = client.post(f"/{office.council.slug}/api/follow", sent, content_type="application/json").json()
    [paper] = [one for one in answer["papers"] if one["number"] == signed.act.number]
    assert paper == {
        "number": signed.act.number,
        "kind": "applicant_notice",
        "issued_on": "2026-12-01",
        "signed_by": str(office.president),
        "signed_quality": "president",
        "signed_on": "2026-12-01",
        "signed": "said",
        "recorded_by": str(office.officer),
    }
    [receipt] = [one for one in answer["papers"] if one["kind"] == "receipt"]
    assert (receipt["signed"], receipt["signed_by"], receipt["recorded_by"]) == ("", "", "")


def test_by_the_verifier_which_names_who_recorded_it(office: Office, signed: Signed, client: Client) -> None:
    verify = address(office.council, "verify")
    typed = {"number": signed.act.number, "code": signed.act.check_code}
    page = client.post(verify, typed).content.decode()
    assert all(word in page for word in signed.words[1:])
    assert office.officer.name_fr in page
    status = client.get(address(office.council, "verify-status"), {"sha256": signed.act.sha256}).json()
    assert status["recorded_by"] == [office.officer.name_ar, office.officer.name_fr]


def test_the_verifier_names_nobody_beside_a_signature_of_ones_own(office: Office, client: Client) -> None:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    letter = ask_information(dossier, office.officer, "كم؟")
    act = sign_outcome(letter, dossier, office.president, office.president, means="session")
    status = client.get(address(office.council, "verify-status"), {"sha256": act.sha256}).json()
    assert (status["signed"], status["recorded_by"]) == ("session", None)
