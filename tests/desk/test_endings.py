"""Every verb that closes a dossier, of every domain: its page says what it does, asks why, and does it once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tadbir import law
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Draft
from tadbir.councils.clock import simulated
from tadbir.councils.models import Person
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.endings import ending_by
from tadbir.desk.matter import matters
from tadbir.desk.offers import verbs_of
from tadbir.desk.verbs import ends
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.procedures.models import Sheet
from tadbir.services import actions
from tests.at_once import taken
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing
from tests.visits.house import asked as visit_asked

TODAY, LATER, SILENT = "2026-12-01 10:00", "2027-01-15 09:00", "2027-02-03 09:00"


def loan(office: Office) -> Dossier:
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def twice(office: Office) -> Dossier:
    filing = loan_filing(adopted_loan(office))
    return [actions.file_request(filing).dossier for _both in range(2)][1]


def incomplete(office: Office) -> Dossier:
    return actions.file_request(loan_filing(adopted_loan(office), brought=())).dossier


def data(office: Office, right: str = "access") -> Dossier:
    known = Sheet.objects.filter(code="personal-data-rights").first()
    sheet = known or take_from_catalogue("personal-data-rights", office.unit)
    answers = {"right": right} if right else {}
    return actions.file_request(loan_filing(sheet, brought=(), answers=answers)).dossier


def reasons(office: Office) -> Dossier:
    dossier = loan(office)
    with simulated(at(SILENT)):
        record_lapses(date(2027, 2, 3))
        actions.ask_reasons(dossier)
    return dossier


def first(dossier: Dossier) -> dict[str, Any]:
    return {"original": Dossier.objects.order_by("pk")[0].number}


def asked(dossier: Dossier) -> dict[str, Any]:
    return {"asked": str(Fact.objects.get(dossier=dossier, kind="reasons_asked").pk)}


@dataclass(frozen=True)
class Case:
    """How a verb is done: in which dossier, by whom, when, with what."""

    make: Callable[[Office], Dossier]
    who: str
    typed: dict[str, Any]
    when: str = TODAY
    found: Callable[[Dossier], dict[str, Any]] = lambda _dossier: {}

    def data(self, dossier: Dossier) -> dict[str, Any]:
        return {"key": "one-key", **self.typed, **self.found(dossier)}


CASES = {
    "withdraw": Case(loan, "clerk", {"how": "said", "on": "2026-12-01", "reason": "لم يعد يحتاج الخيام"}),
    "misdirected": Case(loan, "officer", {"to": "جماعة النخلة", "explanation": "الرخصة من اختصاص الجماعة"}),
    "duplicate": Case(twice, "officer", {}, found=first),
    "return": Case(incomplete, "officer", {"ground": "missing"}, LATER),
    "conclude": Case(data, "officer", {"kind": "access_given", "note": "سُلمت نسخة من المعطيات"}),
    "give-reasons": Case(reasons, "officer", {"reasons": "الآلية كانت معطلة"}, SILENT, asked),
    "confirm-visit": Case(visit_asked, "head", {"on": "2026-12-15"}),
}
KEPT = {"withdraw": "reason", "misdirected": "to", "conclude": "kind"}


def ending(office: Office, dossier: Dossier) -> set[str]:
    """The verbs of a dossier whose fact closes it."""
    desk = Desk(dossier, office.director, frozenset({"director"}))
    return {verb.code for verb in verbs_of(desk) if ends(verb.fact_in(desk))}


def test_every_ending_is_tried_here(office: Office) -> None:
    declared = {verb.code for matter in matters() for verb in matter.verbs if ends(verb.fact)}
    found = {code for case in CASES.values() for code in ending(office, case.make(office))}
    assert declared | found == set(CASES)


def _both_signing_pages_say_what_ends(office: Office, person: Person, letter: Draft) -> None:
    """Where it is recorded as signed by hand, and where the president signs it: what this very letter ends."""
    told = ending_by(Desk(Dossier.objects.get(number=letter.dossier_ref), person), letter)
    assert told is not None
    assert told.stops
    by_hand = address(office.council, "office-letter", letter.dossier_ref, letter.pk)
    in_session = address(office.council, "office-signing-letter", letter.pk)
    for who, where in ((person, by_hand), (office.president, in_session)):
        html = sign_in(who).get(where).content.decode()
        assert ("ما يترتب على تبليغها" if told.notified else "ما يترتب على إمضائها") in html
        for words in (told.name, *(clock.label for clock in (*told.stops, *told.begins)), str(told.undone)):
            assert words in html


@pytest.mark.parametrize("code", CASES)
def test_its_page_says_what_it_does_asks_why_and_does_it_once(office: Office, code: str) -> None:
    case, dossier = CASES[code], CASES[code].make(office)
    with simulated(at(case.when)):
        person: Person = getattr(office, case.who)
        client, where = sign_in(person), address(office.council, "office-do", dossier.number, code)
        before = dossier.facts.count()
        page = client.get(where)
        html = page.content.decode()
        assert (page.status_code, "ما يترتب على ذلك" in html, 'name="shown"' in html) == (200, True, True)
        desk = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
        assert (f'href="{where}"' in desk, f'action="{where}"' in desk) == (True, False)
        partly = {name: value for name, value in case.data(dossier).items() if name in ("key", KEPT.get(code))}
        partly |= {KEPT[code]: "خ"} if code == "withdraw" else {}
        refused = client.post(where, partly)
        assert (refused.status_code, dossier.facts.count()) == (422, before)
        html = refused.content.decode()
        assert 'class="errorlist"' in html
        assert all(str(value) in html for value in partly.values())
        sent = case.data(dossier) | {"shown": client.read(where)}  # type: ignore[attr-defined]
        assert [client.post(where, sent).status_code for _twice in range(2)] == [302, 302]
        letter = next(iter(papers.unsigned(dossier)), None)
        assert ("لا يقع هذا كله" in page.content.decode()) is (letter is not None)
        if letter is not None:  # it ends by its letter, once that is signed
            dossier.refresh_from_db()
            assert (dossier.facts.count(), dossier.closed_at) == (before, None)
            _both_signing_pages_say_what_ends(office, person, letter)
            taken(letter)
        served = letter is not None and kind_of(letter.kind).notified  # its signature is recorded too
        assert dossier.facts.count() == before + (2 if served else 1)
        fact = dossier.facts.latest("pk")
        assert law.FACTS[fact.kind].closes
        assert fact.by == (office.president if letter and not served else person)
        dossier.refresh_from_db()
        assert dossier.closed_at is not None or law.FACTS[fact.kind].closes == "again"
        assert Notice.objects.filter(key__endswith=f":{fact.pk}", dossier_ref=dossier.number).count() == 1


def test_the_page_describes_each_kind_of_end_and_then_the_chosen_one(office: Office) -> None:
    """Of a request that says which right it uses, only what gives that one."""
    dossier = data(office, right="")
    client, where = sign_in(office.officer), address(office.council, "office-do", dossier.number, "conclude")
    names = {kind: f"باسم: {law.FACTS[kind].ar}" for kind in ("rectified", "access_given")}
    html = client.get(where).content.decode()
    assert all(name in html for name in names.values())
    for kind, name in names.items():
        again = client.post(where, {"key": "k", "kind": kind, "note": ""})
        assert again.status_code == 422
        assert [one for one in names.values() if one in again.content.decode()] == [name]
    for right, gives in (("access", "access_given"), ("rectification", "rectified"), ("objection", "rectified")):
        one = data(office, right=right)
        html = client.get(address(office.council, "office-do", one.number, "conclude")).content.decode()
        assert [kind for kind, name in names.items() if name in html] == [gives]


@pytest.mark.parametrize("on", ["2026-11-30", "2026-12-02"])
def test_a_withdrawal_is_dated_between_the_filing_and_today(office: Office, on: str) -> None:
    dossier = loan(office)
    client, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, "withdraw")
    assert client.post(where, CASES["withdraw"].data(dossier) | {"on": on}).status_code == 422
    assert not dossier.facts.filter(kind="withdrawn").exists()


def test_a_written_withdrawal_is_a_document_whose_scan_may_come_later(office: Office) -> None:
    dossier = loan(office)
    client, where = sign_in(office.clerk), address(office.council, "office-do", dossier.number, "withdraw")
    assert client.post(where, CASES["withdraw"].data(dossier) | {"how": "written"}).status_code == 302
    paper = dossier.documents.get(requirement="withdrawal")
    fact = dossier.facts.get(kind="withdrawn")
    assert (paper.file, fact.data, fact.words["reason"]) == (None, {"how": "written"}, "لم يعد يحتاج الخيام")
    page = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
    for words in ("سحب مكتوب للطلب", "كتابة", "لم يعد يحتاج الخيام", str(office.clerk)):
        assert words in page


def test_what_is_not_for_the_council_is_explained(office: Office) -> None:
    dossier = loan(office)
    client, where = sign_in(office.officer), address(office.council, "office-do", dossier.number, "misdirected")
    for told in ({"explanation": "x"}, {"explanation": ""}, {"to": "ا"}):
        refused = client.post(where, CASES["misdirected"].data(dossier) | told)
        assert (refused.status_code, dossier.facts.filter(kind="misdirected").exists()) == (422, False)


def test_the_page_names_the_clocks_that_stop(office: Office) -> None:
    dossier = loan(office)
    where = address(office.council, "office-do", dossier.number, "withdraw", french=True)
    html = sign_in(office.clerk).get(where).content.decode()
    assert law.RULES["PROC-DECIDE"].label.fr in html
    assert "1er février 2027" in html


def test_a_right_that_is_over_is_not_named_and_what_is_late_is(office: Office) -> None:
    dossier = loan(office)
    with simulated(at(SILENT)):
        where = address(office.council, "office-do", dossier.number, "withdraw", french=True)
        html = sign_in(office.clerk).get(where).content.decode()
    assert law.RULES["PROC-DECIDE"].label.fr in html
    assert law.RULES["PROC-ASK"].label.fr not in html


def test_what_may_not_be_done_says_why_and_a_verb_without_page_leads_to_the_dossier(office: Office) -> None:
    dossier = loan(office)
    client = sign_in(office.officer)
    assert client.get(address(office.council, "office-do", dossier.number, "return")).status_code == 409
    led = client.get(address(office.council, "office-do", dossier.number, "ask-opinion"))
    assert (led.status_code, led["Location"].endswith("#do-ask-opinion")) == (302, True)
    assert (
        sign_in(office.president).get(address(office.council, "office-do", dossier.number, "withdraw")).status_code
        == 403
    )
