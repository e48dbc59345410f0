"""The calendar page: an official date moves the open dossiers, and a mistaken one is refused with its reason."""

from datetime import date

from tadbir.dossiers.models import ClosedDay, Duty, Fact, Redating
from tadbir.services import actions
from tests.at_once import learn_closed_day
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

CLOSURE = {"kind": "closure", "feast": "", "day": "2027-02-01", "days": "1", "source": "منشور رقم 3/2026"}


def test_a_closure_dates_the_open_dossiers_anew(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    duty = Duty.objects.get(dossier=dossier, rule="PROC-DECIDE")
    assert duty.do_by == date(2027, 2, 1)
    page = address(office.council, "office-calendar")
    director = sign_in(office.director)
    assert sign_in(office.officer).post(page, CLOSURE).status_code == 403
    assert director.post(page, CLOSURE | {"source": ""}).status_code == 422
    assert director.post(page, CLOSURE | {"kind": "feast"}).status_code == 422  # which feast?
    assert director.post(page, CLOSURE | {"days": "40"}).status_code == 422
    assert not ClosedDay.objects.exists()
    assert director.post(page, CLOSURE).status_code == 302
    duty.refresh_from_db()
    assert duty.do_by == date(2027, 2, 2)
    assert Fact.objects.filter(dossier=dossier, kind="dated_anew").count() == 1
    assert director.post(page, CLOSURE).status_code == 422  # already recorded
    assert "منشور رقم 3/2026" in sign_in(office.clerk).get(page).content.decode()


def test_an_official_feast_replaces_its_estimate(office: Office) -> None:
    page = address(office.council, "office-calendar")
    client = sign_in(office.director)
    assert 'datetime="2027-03-10"' in client.get(page).content.decode()  # an estimate
    feast = {"kind": "feast", "feast": "fitr", "day": "2027-03-11", "days": "2", "source": "بلاغ وزارة الأوقاف"}
    assert client.post(page, feast).status_code == 302
    after = client.get(page).content.decode()
    assert 'datetime="2027-03-10"' not in after
    assert 'datetime="2027-03-12"' in after


def test_a_day_of_which_nobody_said_how_long_it_lasts_is_listed(office: Office) -> None:
    learn_closed_day(office.director, "closure", date(2027, 2, 1), "بلاغ رئيس الحكومة")
    answer = sign_in(office.director).get(address(office.council, "office-calendar"))
    assert answer.status_code == 200
    assert "بلاغ رئيس الحكومة" in answer.content.decode()


def test_the_page_says_how_far_dating_anew_has_come(office: Office) -> None:
    director = sign_in(office.director)
    pages = [address(office.council, name) for name in ("office-calendar", "office-definitions")]
    assert all("<progress" not in director.get(page).content.decode() for page in pages)
    rows = [
        Redating.objects.create(source="calendar", asked_at=at("2026-12-01 09:30"), total=200, done=50),
        Redating.objects.create(source="definitions", asked_at=at("2026-12-01 09:45"), total=40, done=0),
    ]
    for page in pages:
        text = director.get(page).content.decode()
        assert '<progress max="240" value="50"' in text
        assert ": \u206850\u2069 من \u2068240\u2069" in text
        assert "09:30" in text
    french = director.get(address(office.council, "office-calendar", french=True)).content.decode()
    assert "\u206850\u2069 sur \u2068240\u2069" in french
    Redating.objects.filter(pk__in=[row.pk for row in rows]).update(finished_at=at("2026-12-01 10:00"))
    assert all("<progress" not in director.get(page).content.decode() for page in pages)


def test_a_day_is_added_to_the_calendar_that_was_read(office: Office) -> None:
    """Two type the same feast of two days in: the second sees the first's, and counts nothing twice."""
    page, president = address(office.council, "office-calendar"), sign_in(office.president)
    read = president.read(page)  # type: ignore[attr-defined]
    learn_closed_day(office.director, "feast", date(2027, 3, 10), "بلاغ الأوقاف", 2, "fitr")
    told = {"kind": "feast", "feast": "fitr", "day": "2027-03-11", "days": "2", "source": "بلاغ"}
    refused = president.post(page, told | {"shown": read})
    assert (refused.status_code, ClosedDay.objects.count()) == (409, 1)
    assert "بلاغ الأوقاف" in refused.content.decode()


def test_a_month_of_closed_days_is_asked_twice(office: Office) -> None:
    page, director = address(office.council, "office-calendar"), sign_in(office.director)
    typed = CLOSURE | {"days": "31"}
    asked = director.post(page, typed)
    assert asked.status_code == 422
    assert 'name="sure"' in asked.content.decode()
    assert "31 يوما" in asked.content.decode()
    assert not ClosedDay.objects.exists()
    assert 'name="sure"' not in director.get(page).content.decode(), "a usual closure asks nothing more"
    assert director.post(page, typed | {"sure": "on"}).status_code == 302
    row = ClosedDay.objects.get()
    there = address(office.council, "office-closed-day", row.pk)
    less = {"what": "change", "day": "2027-02-01", "days": "10", "source": row.source, "reason": "كُتب خطأ"}
    assert director.post(there, less).status_code == 302, "fewer than before is no new risk"
