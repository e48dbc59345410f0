"""A code that is changed: the old one, its cookies and every grant stop at once, here; the new one is on a paper."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tadbir.acts.models import Act
from tadbir.acts.queries import status_by_code
from tadbir.councils.clock import simulated
from tadbir.desk import actions
from tadbir.desk.codes import code_of_number, draw_version, follow_code
from tadbir.desk.public import access
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.models import Notice
from tests.conftest import at
from tests.desk.erased import bureau
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted_loan
from tests.register.tampering import proved, sql
from tests.services.residents import LOAN, Resident, text

__all__ = ["bureau"]  # the fixture of this file


@pytest.fixture
def resident(office: Office) -> Resident:
    adopted_loan(office)
    return Resident(office)


def change(resident: Resident, number: str, key: str = "k" * 32, **data: str) -> Any:
    page = f"follow/{number}/code/"
    if "shown" not in data and resident.get(page).status_code == 200:  # it shows the new code
        data["shown"] = resident.client.read(resident.address(f"{page}?another")) or ""  # type: ignore[attr-defined]
    return resident.post(page, {"key": key, **data})


@pytest.mark.postgres
def test_the_person_changes_his_code_and_everything_opened_before_is_shut(resident: Resident) -> None:
    draft, number, old = resident.file(*BOTH)
    stranger = Resident(resident.office)
    assert stranger.post("follow/", {"number": number, "code": old}).status_code == 302
    copied = resident.client.cookies[access.COOKIE].value
    assert f"follow/{number}/code/" in resident.get(f"follow/{number}/").content.decode()
    asked = resident.get(f"follow/{number}/code/")
    assert (asked.status_code, Fact.objects.filter(kind="code_renewed").exists()) == (200, False)
    given = change(resident, number)
    dossier = Dossier.objects.get()
    new = follow_code(dossier)
    assert (given.status_code, new in text(given), new != old) == (200, True, True)
    assert given["Cache-Control"].startswith("max-age=0") or "no-store" in given["Cache-Control"]
    # whoever had it open, by a cookie, by the address of the draft, by the old code, from a machine
    assert stranger.get(f"follow/{number}/").status_code == 403
    assert stranger.get(f"request/{draft}/").status_code == 403
    assert stranger.post("follow/", {"number": number, "code": old}).status_code == 422
    machine = stranger.client.post(
        stranger.address("api/follow"), {"number": number, "code": old}, content_type="application/json"
    )
    assert machine.status_code == 404
    copy = Resident(resident.office)
    copy.client.cookies[access.COOKIE] = copied
    assert copy.get(f"follow/{number}/").status_code == 403
    assert copy.post(f"follow/{number}/code/", {"key": "z" * 32, "shown": "x"}).status_code == 403
    # he goes on, and the new code opens
    assert resident.get(f"follow/{number}/").status_code == 200
    assert "رمز تتبع جديد" in text(resident.get(f"follow/{number}/"))
    assert new in text(resident.get(f"follow/{number}/receipt/"))
    assert stranger.post("follow/", {"number": number, "code": new}).status_code == 302
    fact = Fact.objects.get(kind="code_renewed")
    assert fact.data == {"code_version": dossier.code_version, "reason": "person"}
    assert (fact.by, fact.source) == (None, "online")


def test_the_answer_that_the_line_lost_is_given_again(resident: Resident) -> None:
    _draft, number, old = resident.file(*BOTH)
    before = resident.client.cookies[access.COOKIE].value
    page = resident.client.read(resident.address(f"follow/{number}/code/"))  # type: ignore[attr-defined]
    assert change(resident, number, shown=page or "").status_code == 200
    new = follow_code(Dossier.objects.get())
    lost = Resident(resident.office)
    lost.client.cookies[access.COOKIE] = before  # the answer, and the cookie in it, never arrived
    assert lost.get(f"follow/{number}/").status_code == 403
    assert change(lost, number, "y" * 32, shown=page or "").status_code == 403, "another form is another change"
    again = change(lost, number, shown=page or "")
    assert (again.status_code, new in text(again)) == (200, True)
    assert lost.get(f"follow/{number}/").status_code == 200
    stranger = Resident(resident.office)
    assert change(stranger, number, shown=page or "").status_code == 403, "the form alone opens nothing"
    late = Resident(resident.office)
    late.client.cookies[access.COOKIE] = before
    with simulated(at("2026-12-01 10:20")):
        assert change(late, number, shown=page or "").status_code == 403
    assert Fact.objects.filter(kind="code_renewed").count() == 1
    # the one before the last gives nothing: his form, sent again, does not show what somebody else got since
    assert change(resident, number, "second" * 5).status_code == 200
    assert change(late, number, shown=page or "").status_code == 403
    assert old not in (new, follow_code(Dossier.objects.get()))


def test_a_closed_visit_gets_no_answer_again(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    before = resident.client.cookies[access.COOKIE].value
    page = resident.client.read(resident.address(f"follow/{number}/code/"))  # type: ignore[attr-defined]
    assert change(resident, number, shown=page or "").status_code == 200
    assert resident.post("follow/close/").status_code == 302
    back = Resident(resident.office)
    back.client.cookies[access.COOKIE] = before
    assert change(back, number, shown=page or "").status_code == 403


def test_the_counter_changes_it_with_reason_and_identity(resident: Resident) -> None:
    _draft, number, old = resident.file(*BOTH)
    office = resident.office
    clerk, officer = sign_in(office.clerk), sign_in(office.officer)
    verb = address(office.council, "office-do", number, "new-code")
    receipt = address(office.council, "office-receipt", number)
    assert clerk.post(verb, {"key": "k1", "identity_kind": "", "reason": "known"}).status_code == 422
    assert clerk.post(verb, {"key": "k1", "identity_kind": "passport", "reason": ""}).status_code == 422
    assert follow_code(Dossier.objects.get()) == old
    assert clerk.post(verb, {"key": "k1", "identity_kind": "passport", "reason": "known"})["Location"] == receipt
    new = follow_code(Dossier.objects.get())
    shown = clerk.get(receipt).content.decode()
    paper = Act.objects.get(kind="new_code")
    assert (new in shown, old in shown, paper.number in shown) == (True, False, True)
    assert new not in officer.get(receipt).content.decode()
    assert Fact.objects.get(kind="code_renewed").data["seen"] == "passport"
    # "give again" gives the one of now; a code shown a moment ago is not the next one
    assert officer.post(verb, {"key": "k2", "identity_kind": "passport", "reason": "lost"}).status_code == 302
    third = follow_code(Dossier.objects.get())
    assert third not in clerk.get(receipt).content.decode()
    again = address(office.council, "office-do", number, "code")
    assert clerk.post(again, {"key": "k3", "identity_kind": "passport"}).status_code == 302
    assert third in clerk.get(receipt).content.decode()
    assert sign_in(office.president).post(verb, {"key": "k4", "identity_kind": "passport"}).status_code in (403, 404)


@pytest.mark.postgres
def test_papers_given_before_stay_what_they_were(resident: Resident) -> None:
    _draft, number, old = resident.file(*BOTH)
    first = Act.objects.get(kind="receipt")
    change(resident, number)
    paper = Act.objects.get(kind="new_code")
    assert paper.document["receipt"]["code"] == follow_code(Dossier.objects.get())
    assert first.document["receipt"]["code"] == old
    for act in (first, paper):
        assert status_by_code(act.number, act.check_code)["status"] == "valid"
        pdf = resident.get(f"follow/{number}/papers/{act.number}/")
        assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert status_by_code(first.number, old)["status"] == "tracking_code", "and it still says which code to type"


def test_no_notice_takes_the_new_code_along(resident: Resident) -> None:
    assert resident.send(resident.begin(data=LOAN | {"phone": "0612345678"})).status_code == 302
    dossier = Dossier.objects.get()
    number, old = dossier.number, follow_code(dossier)
    waiting = Notice.objects.get(code="receipt_incomplete")
    assert "{follow_code}" in waiting.body
    change(resident, number)
    new = follow_code(Dossier.objects.get())
    bodies = " ".join(Notice.objects.values_list("body", flat=True))
    assert "{follow_code}" not in bodies
    assert "على وصلكم الأخير" in bodies
    assert (new in bodies, old in bodies) == (False, False)
    told = Notice.objects.get(code="code_renewed")
    assert number in told.body
    with pytest.raises(ValueError, match="changed"):
        code_of_number(number)


def test_three_a_day_and_the_counter_goes_on(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    answers = [change(resident, number, f"{rank}" * 32).status_code for rank in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    actions.change_code(Dossier.objects.get(), resident.office.clerk, "known", "passport")
    assert Fact.objects.filter(kind="code_renewed").count() == 4


def test_a_version_is_drawn_and_never_comes_back(resident: Resident) -> None:
    _draft, _number, old = resident.file(*BOTH)
    dossier = Dossier.objects.get()
    drawn = {draw_version(dossier, [1]) for _draw in range(40)}
    assert len(drawn) > 35, "two machines restored from one backup do not draw the same"
    assert 1 not in drawn
    for version in drawn:
        dossier.code_version = version
        assert follow_code(dossier) != old


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_many_at_once_leave_one_code_and_the_register_holds(bureau: Office) -> None:
    adopted_loan(bureau)
    resident = Resident(bureau)
    _draft, number, _code = resident.file(*BOTH)
    dossier = Dossier.objects.get()

    def renew(rank: int) -> None:
        from tadbir.councils.scope import council_scope

        try:
            with council_scope(bureau.council), simulated(at("2026-12-01 10:00")):
                actions.change_code(Dossier.objects.get(pk=dossier.pk), bureau.clerk, "known", "passport")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(renew, range(4)))
    dossier.refresh_from_db()
    versions = [fact.data["code_version"] for fact in Fact.objects.filter(kind="code_renewed").order_by("pk")]
    assert (len(set(versions)), versions[-1]) == (4, dossier.code_version)
    assert Act.objects.filter(kind="new_code").latest("pk").document["receipt"]["code"] == follow_code(dossier)
    assert proved() == []
    sql("UPDATE dossiers_dossier SET code_version = 1 WHERE id = %s", dossier.pk)
    assert [line for line in proved() if f"dossier {number}: code_version is 1, the register says" in line]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_code_changed_by_hand_is_named(bureau: Office) -> None:
    adopted_loan(bureau)
    _draft, number, _code = Resident(bureau).file(*BOTH)
    assert proved() == []
    sql("UPDATE dossiers_dossier SET code_version = 77")
    assert [line for line in proved() if f"dossier {number}: code_version is 77, the register says 1" in line]


def test_its_page_shows_the_new_code_again_for_a_while_in_both_languages(resident: Resident) -> None:
    _draft, number, _old = resident.file(*BOTH)
    page = f"follow/{number}/code/"
    assert change(resident, number).status_code == 200
    new = follow_code(Dossier.objects.get())
    french = Resident(resident.office, french=True)
    french.client = resident.client
    for reader, said in ((resident, "غُيّر رمزكم"), (french, "Votre code a été changé")):
        again = text(reader.get(page))
        assert new in again
        assert said in again
    assert new not in text(resident.get(f"{page}?another")), "whoever was seen noting it changes it once more"
    assert Fact.objects.filter(kind="code_renewed").count() == 1
    stranger = Resident(resident.office)
    assert new not in text(stranger.get(page))
    with simulated(at("2026-12-01 10:20")):
        later = resident.get(page)
        assert (later.status_code, new in text(later)) == (200, False)


def test_a_code_that_the_counter_gave_is_not_shown_as_changed_by_the_person(resident: Resident) -> None:
    _draft, number, _old = resident.file(*BOTH)
    dossier = Dossier.objects.get()
    actions.change_code(dossier, resident.office.clerk, "known", "passport")
    new = follow_code(dossier)
    assert resident.post("follow/", {"number": number, "code": new}).status_code == 302
    assert new not in text(resident.get(f"follow/{number}/code/"))
