"""A council words notices in its own way: same places, same length, and what people are owed is never stopped."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.desk.queries.wordings import upgrade_of
from tadbir.dossiers.actions.definitions import Ground
from tadbir.notify import own, wordings
from tadbir.notify.actions import queue
from tadbir.notify.models import Notice
from tadbir.notify.ways import Way
from tadbir.notify.wordings import catalogue
from tadbir.services import actions as services
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing, make_office

pytestmark = pytest.mark.postgres
GROUND = Ground("لغة أبسط", "langue plus simple", "مذكرة 5/2026", date(2026, 12, 1))
OURS = {"ar": "جوابكم عن الملف {number} جاهز: {address}"}


def told(code: str, key: str, language: str = "ar") -> str:
    values = {"number": "D-2026-00001", "address": "https://x.example", "late": "1", "soon": "2", "more": ""}
    notice = queue(code, to=[Way("mail", "a@b.example")], language=language, values=values, key=key)
    return "" if notice is None else notice.body.replace("\u2068", "").replace("\u2069", "")


def test_a_wording_is_used_from_its_day_to_its_end(office: Office) -> None:
    later = Ground(GROUND.reason_ar, GROUND.reason_fr, GROUND.source, date(2026, 12, 3))
    row = at_once.change_wording(office.director, "outcome", later, OURS)
    assert told("outcome", "1").startswith("صدر الجواب")
    with simulated(at("2026-12-03 10:00")):
        assert told("outcome", "2") == "جوابكم عن الملف D-2026-00001 جاهز: https://x.example"
        assert told("outcome", "3", "fr").startswith("La réponse à votre dossier")  # the other language is not touched
        at_once.end_change(office.director, row, date(2026, 12, 4), "انتهى")
        assert told("outcome", "4").startswith("جوابكم")
    with simulated(at("2026-12-04 10:00")):
        assert told("outcome", "5").startswith("صدر الجواب")


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("ar", "جوابكم جاهز: {address}"),
        ("ar", "جوابكم {number} {address} {minister}"),
        ("ar", "{number} {address}"),
        ("ar", "جوابكم {number} {address} {X}"),
        ("ar", "جوابكم {number} {address} {"),
        ("ar", "ا" * 130 + " {number} {address}"),
        ("ar", "Votre réponse {number} {address}"),
        ("fr", "جوابكم {number} {address}"),
        ("ar", "جوابكم {number}\n{address}"),
        ("ar", "جوابكم \u202e {number} {address}"),
        ("subject_ar", "جوابكم"),
        ("subject_ar", "جواب " * 30 + "{number}"),
        ("needs", "x"),
        ("fr", "Votre réponse est prête et vous pouvez la chercher : ê " * 3 + "{number} {address}"),
    ],
)
def test_a_wording_that_would_break_a_notice_is_refused(office: Office, part: str, text: str) -> None:
    with pytest.raises(ValidationError):
        at_once.change_wording(office.director, "outcome", GROUND, {part: text})
    assert own.problems("outcome", OURS) == {}
    assert at_once.change_wording(office.director, "outcome", GROUND, OURS)


def test_only_what_tells_agents_may_be_stopped(office: Office) -> None:
    stopped = {code for code in catalogue() if own.may_stop(code)}
    assert stopped == {
        "duties",
        "letter_sent_back",
        "dossier_sent_back",
        "asked_back",
        "opinion_returned",
        "letter_fell",
        "letter_unsignable",
        "person_added",
        "remedy_came",
    }
    for code in set(catalogue()) - stopped:
        with pytest.raises(ValidationError):
            at_once.change_wording(office.director, code, GROUND, {}, off=True)
    row = at_once.change_wording(office.director, "duties", GROUND, {}, off=True)
    assert told("duties", "1") == ""
    assert not Notice.objects.exists()
    at_once.end_change(office.director, row, date(2026, 12, 1), "مفيد")
    assert "1" in told("duties", "1")
    with pytest.raises(PermissionDenied):
        at_once.change_wording(office.officer, "duties", GROUND, {}, off=True)
    with pytest.raises(ValidationError):
        at_once.change_wording(office.director, "no-such", GROUND, OURS)


def test_the_receipt_in_the_councils_words_carries_its_code(office: Office) -> None:
    text = {"ar": "سجلنا طلبكم {number}، {answer} الرمز {follow_code}. {address}"}
    at_once.change_wording(office.director, "receipt", GROUND, text)
    services.file_request(loan_filing(adopted_loan(office)))
    assert Notice.objects.get(code="receipt").body.startswith(
        "سجلنا طلبكم \u2068D-2026-00001\u2069، \u2068الجواب إلى غاية"
    )


def test_two_councils_word_it_each_in_its_way(office: Office) -> None:
    at_once.change_wording(office.director, "outcome", GROUND, OURS)
    other = make_office("01.405", "other")
    with council_scope(other.council):
        assert told("outcome", "1").startswith("صدر الجواب")
    assert told("outcome", "1").startswith("جوابكم")


def test_a_text_shipped_later_is_shown_and_changes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    row = at_once.change_wording(office.director, "outcome", GROUND, OURS)
    assert own.waiting() == []
    newer = {**catalogue(), "outcome": catalogue()["outcome"] | {"ar": "الجواب عن {number} صدر: {address}"}}
    for module in (own, wordings):
        monkeypatch.setattr(module, "catalogue", lambda: newer)
    assert own.waiting() == ["outcome"]
    assert [change.key for change in upgrade_of(row)] == ["ar"]
    assert told("outcome", "1").startswith("جوابكم")
    at_once.change_wording(office.director, "outcome", GROUND, OURS)  # ours again, on the new text
    assert own.waiting() == []


# --- pages -------------------------------------------------------------------------------------------------


@pytest.fixture
def director(office: Office) -> Client:
    return sign_in(office.director)


def post(client: Client, office: Office, code: str = "outcome", **changes: str) -> Any:
    ground = {"since": "2026-12-01", "reason_ar": "لغة أبسط", "reason_fr": "plus simple", "source": "مذكرة 5/2026"}
    return client.post(address(office.council, "office-wording", code), own.shipped(code) | ground | changes)


def test_the_pages_show_record_and_end(director: Client, office: Office) -> None:
    listed = director.get(address(office.council, "office-wordings"))
    assert listed.status_code == 200
    assert listed.content.decode().count("/office/wordings/") > len(catalogue())
    assert post(director, office).status_code == 422  # nothing differs
    refused = post(director, office, ar="جوابكم جاهز")
    assert refused.status_code == 422
    assert "{address} {number}" in refused.content.decode()
    assert "جوابكم جاهز" in refused.content.decode()
    assert post(director, office, ar=OURS["ar"], source="").status_code == 422
    assert post(director, office, ar=OURS["ar"]).status_code == 302
    assert "بصيغة المجلس" in director.get(address(office.council, "office-wordings")).content.decode()
    page = director.get(address(office.council, "office-wording", "outcome")).content.decode()
    assert "مذكرة 5/2026" in page
    end = address(office.council, "office-wording-end", "outcome")
    assert director.post(end, {"over_from": "2026-12-01", "reason": ""}).status_code == 422
    assert director.post(end, {"over_from": "2026-12-01", "reason": "رجوع"}).status_code == 302
    assert "بصيغة المجلس" not in director.get(address(office.council, "office-wordings")).content.decode()
    assert post(director, office, "duties", what="off").status_code == 302
    assert post(director, office, "outcome", what="off").status_code == 422
    assert director.get(address(office.council, "office-wording", "no-such")).status_code == 404
    assert director.get(address(office.council, "office-wordings", french=True)).status_code == 200
    assert sign_in(office.head).get(address(office.council, "office-wordings")).status_code == 403
