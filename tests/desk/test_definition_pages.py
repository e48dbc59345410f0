"""The pages of a council's own definitions: who opens them, one change, its end, what an upgrade brought."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tadbir import law
from tadbir.councils.actions import renew_stamp
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import DefinitionChange, Duty
from tadbir.law import overlaid
from tadbir.law.parse import parse_rule
from tadbir.services import actions as services
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

DECIDE = law.RULES["PROC-DECIDE"]
GOOD = {
    "since": "2026-11-01",
    "reason_ar": "تنظيم العمل",
    "reason_fr": "organisation du travail",
    "source": "مذكرة 3/2026",
    "owner": "unit",
    "sentence_ar": DECIDE.sentence.ar,
    "sentence_fr": DECIDE.sentence.fr,
}


@pytest.fixture
def director(office: Office) -> Client:
    return sign_in(office.director)


def post(client: Client, office: Office, code: str = "PROC-DECIDE", **changes: str) -> Any:
    return client.post(address(office.council, "office-definition", code), GOOD | changes)


def test_the_list_reads_in_both_languages_and_pages(director: Client, office: Office) -> None:
    seen: set[str] = set()
    for start in (0, 50, 100, 150):
        page = director.get(address(office.council, "office-definitions"), {"from": start}).content.decode()
        seen |= set(re.findall(r"/office/definitions/([A-Z0-9-]+)/", page))
    assert seen == {rule.id for rule in law.RULES}
    french = director.get(address(office.council, "office-definitions", french=True), {"show": "applied"})
    assert french.status_code == 200
    first = director.get(address(office.council, "office-definitions")).content.decode()
    assert "القواعد كما يعمل بها المجلس" in first
    applied = director.get(address(office.council, "office-definitions"), {"show": "applied"}).content.decode()
    assert "غير مطبقة بعد" not in applied
    assert "غير مطبقة بعد" in first
    calendar = director.get(address(office.council, "office-calendar")).content.decode()
    assert address(office.council, "office-definitions") in calendar
    assert (
        address(office.council, "office-definitions")
        not in sign_in(office.clerk).get(address(office.council, "office-calendar")).content.decode()
    )


def test_one_change_is_recorded_with_its_ground_and_shown(director: Client, office: Office) -> None:
    filed = services.file_request(loan_filing(adopted_loan(office)))
    for missing in ("reason_ar", "reason_fr", "source", "since"):
        refused = post(director, office, **{missing: ""})
        assert refused.status_code == 422
        assert ("تنظيم العمل" in refused.content.decode()) is (missing != "reason_ar")  # what was typed stays
    assert post(director, office, owner="administration").status_code == 422  # nothing differs
    assert post(director, office, owner="governor").status_code == 422
    assert post(director, office, sentence_fr="Réponse sous 500 jours").status_code == 422
    assert post(director, office, what="off").status_code == 302  # a field that is not offered is not read
    assert DefinitionChange.objects.get().off is False
    assert Duty.objects.get(dossier=filed.dossier, rule="PROC-DECIDE").owner == "unit"
    page = director.get(address(office.council, "office-definition", "PROC-DECIDE")).content.decode()
    for said in ("عدلها المجلس", "تنظيم العمل", "مذكرة 3/2026", "المصلحة المكلفة"):
        assert said in page
    listed = director.get(address(office.council, "office-definitions"), {"show": "changed"}).content.decode()
    assert listed.count("PROC-DECIDE") >= 1
    assert "DEC-POST" not in listed
    assert post(director, office).status_code == 422  # the same again
    why = director.get(address(office.council, "office-dossier", filed.dossier.number)).content.decode()
    assert "عدل المجلس هذه القاعدة" in why


def test_it_ends_with_a_reason(director: Client, office: Office) -> None:
    end = address(office.council, "office-definition-end", "PROC-DECIDE")
    assert director.post(end, {"over_from": "2026-12-02", "reason": "x"}).status_code == 404
    assert post(director, office).status_code == 302
    assert director.post(end, {"over_from": "2026-12-02", "reason": ""}).status_code == 422
    assert director.post(end, {"over_from": "2026-12-02", "reason": "انتهى"}).status_code == 302
    assert DefinitionChange.objects.get().over_from == date(2026, 12, 2)
    page = director.get(address(office.council, "office-definition", "PROC-DECIDE")).content.decode()
    assert "انتهى" in page
    assert director.post(end, {"over_from": "2026-12-02", "reason": "مرة ثانية"}).status_code == 404


def test_a_rule_is_stopped_only_where_that_is_offered(director: Client, office: Office) -> None:
    page = director.get(address(office.council, "office-definition", "DEC-POST")).content.decode()
    assert 'name="what"' in page
    assert (
        'name="what"' not in director.get(address(office.council, "office-definition", "PROC-DECIDE")).content.decode()
    )
    rule = law.RULES["DEC-POST"]
    same = {"sentence_ar": rule.sentence.ar, "sentence_fr": rule.sentence.fr, "owner": rule.owner, "max": "10"}
    assert post(director, office, "DEC-POST", **same, what="change").status_code == 422
    assert post(director, office, "DEC-POST", **same | {"max": "20"}, what="change").status_code == 422
    assert post(director, office, "DEC-POST", **same, what="off").status_code == 302
    assert "أوقفها المجلس" in director.get(address(office.council, "office-definition", "DEC-POST")).content.decode()


def test_a_rule_that_is_not_applied_is_only_read(director: Client, office: Office) -> None:
    page = director.get(address(office.council, "office-definition", "OPP-JUDGE"))
    assert page.status_code == 200
    assert 'name="reason_ar"' not in page.content.decode()
    post(director, office, "OPP-JUDGE")
    assert not DefinitionChange.objects.exists()
    for code in ("NO-SUCH", "x", "%00", "PROC-DECIDE'"):
        assert director.get(address(office.council, "office-definition", code)).status_code == 404


def test_only_the_director_and_the_administrator(office: Office) -> None:
    for person in (office.president, office.head, office.officer, office.clerk):
        client = sign_in(person)
        assert client.get(address(office.council, "office-definitions")).status_code == 403
        assert post(client, office).status_code == 403
    assert not DefinitionChange.objects.exists()


def test_an_upgrade_shows_what_differs_until_it_is_settled(
    director: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post(director, office).status_code == 302
    newer = parse_rule(DECIDE.text.replace("cap = 60", "cap = 40"), DECIDE.file)
    monkeypatch.setattr(law, "RULES", law.RuleBook([*(one for one in law.RULES if one.id != DECIDE.id), newer]))
    renew_stamp()  # a new version is a new process
    listed = director.get(address(office.council, "office-definitions")).content.decode()
    assert "تعديل واحد ينتظر قرارا" in listed
    page = director.get(address(office.council, "office-definition", "PROC-DECIDE")).content.decode()
    assert "<del><bdi>60</bdi></del>" in page
    assert "<ins><bdi>40</bdi></ins>" in page
    assert 'value="مذكرة 3/2026"' in page  # the form begins with the ground of the change that waits
    assert post(director, office, since="2026-12-01").status_code == 302  # ours, on the new text
    listed = director.get(address(office.council, "office-definitions")).content.decode()
    assert "ينتظر قرارا" not in listed


def test_a_rule_that_is_shipped_no_more_can_still_be_ended(
    director: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = law.RULES["DEC-POST"]
    said = {"sentence_ar": rule.sentence.ar, "sentence_fr": rule.sentence.fr, "max": "10"}
    assert post(director, office, "DEC-POST", **said, what="change").status_code == 302
    monkeypatch.setattr(law, "RULES", law.RuleBook([one for one in law.RULES if one.id != "DEC-POST"]))
    page, listed = (
        address(office.council, *args) for args in (("office-definition", "DEC-POST"), ("office-definitions",))
    )
    for readable in (True, False):
        if not readable:  # nor can the text that was kept be read any more
            monkeypatch.setattr(overlaid, "parse_rule", refuse)
        renew_stamp()
        assert "DEC-POST" in director.get(listed, {"show": "conflict"}).content.decode()
        text = director.get(page).content.decode()
        assert (f"<h1>{rule.sentence.ar}" in text) is readable
        assert 'name="reason_ar"' not in text
    ending = {"over_from": "2026-12-01", "reason": "لم تعد موجودة"}
    assert director.post(address(office.council, "office-definition-end", "DEC-POST"), ending).status_code == 302
    assert director.get(page).status_code == 404
    assert "DEC-POST" not in director.get(listed).content.decode()


def refuse(*_args: Any, **_options: Any) -> None:
    raise law.LawError("DEC-POST", "not readable")


def test_the_pages_ask_little(director: Client, office: Office) -> None:
    post(director, office)
    for name, args in (("office-definitions", ()), ("office-definition", ("PROC-DECIDE",))):
        page = address(office.council, name, *args)
        director.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert director.get(page).status_code == 200
        assert len(asked) <= 12


def test_a_change_is_made_over_the_one_that_was_read(office: Office) -> None:
    """Two directors open one rule; the second is shown what the first changed, and ends nothing unseen."""
    page = address(office.council, "office-definition", "PROC-DECIDE")
    director = sign_in(office.director)
    read = director.read(page)  # type: ignore[attr-defined]
    ground = Ground("تنظيم العمل", "organisation", "مذكرة 3/2026", date(2026, 12, 1))
    at_once.change_rule(office.director, "PROC-DECIDE", ground, {"owner": "unit"})
    told = {"owner": "bureau", "since": "2026-12-01", "reason_ar": "آخر", "reason_fr": "autre", "source": "مذكرة 4"}
    refused = director.post(page, told | {"shown": read})
    html = refused.content.decode()
    assert refused.status_code == 409
    assert '<ins dir="auto">مذكرة 3/2026</ins>' in html
    assert 'value="مذكرة 4"' in html
    assert DefinitionChange.objects.get().keys == {"owner": "unit"}
    ending = address(office.council, "office-definition-end", "PROC-DECIDE")
    last = {"over_from": "2026-12-01", "reason": "انتهى", "shown": read}
    assert director.post(ending, last).status_code == 409
    assert DefinitionChange.objects.get().over_from is None
    assert director.post(ending, {"over_from": "2026-12-01", "reason": "انتهى"}).status_code == 302
