"""A domain that is only declared, walked whole through real requests: docs/desk.md shows its parts."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tadbir.acts.models import Act
from tadbir.dossiers.models import Dossier, Duty
from tadbir.ledgers.models import RegisterPrint
from tadbir.notify.models import Notice
from tests.browser import shown_on
from tests.desk.office_desk import address, sign_in
from tests.factories import Office
from tests.house.reading import ROOT, files, name
from tests.services.residents import Resident, text
from tests.visits import actions
from tests.visits.house import SCHOOL, asked, do, get, kinds, page
from tools.messages.__main__ import main as messages


@pytest.fixture
def visit(office: Office) -> Dossier:
    return asked(office)


def test_nothing_above_or_beside_names_it() -> None:
    """It is in the settings of the tests and nowhere in Tadbir."""
    written = [path for folder in ("tadbir", "tools") for path in files(folder, ".py", ".html", ".toml")]
    assert [name(path) for path in written if "tests.visits" in path.read_text("utf-8")] == []
    assert "tests.visits" in (ROOT / "tests" / "settings.py").read_text("utf-8")
    assert messages(["--check", "--package", str(Path(__file__).parents[1]), "visits"]) == 0


def test_a_clerk_enters_a_visit_and_reads_out_its_code(office: Office) -> None:
    clerk = sign_in(office.clerk)
    where = address(office.council, "office-visits")
    typed = {"key": "k1", "school": SCHOOL, "phone": "0612345678", "pupils": "30", "on": "2026-12-15"}
    assert clerk.post(where, typed | {"pupils": "0"}).status_code == 422
    assert sign_in(office.president).post(where, typed).status_code == 403
    made = [clerk.post(where, typed) for _twice in range(2)]
    visit = Dossier.objects.get()
    assert {answer["Location"] for answer in made} == {address(office.council, "office-receipt", visit.number)}
    receipt = text(clerk.get(made[0]["Location"]))
    assert re.search(r"\d{4}-\d{4}", receipt)
    assert f'href="{where}"' in clerk.get(made[0]["Location"]).content.decode(), "the next visitor is of this domain"
    assert visit.number in get(office, office.clerk, "office-visits")


def test_its_duty_stands_in_the_inbox_with_its_clock_and_its_reasons(office: Office, visit: Dossier) -> None:
    duty = Duty.objects.get()
    assert (duty.rule, str(duty.do_by)) == ("VISIT-ANSWER", "2026-12-11")
    for person in (office.officer, office.director):
        inbox = get(office, person, "office-home")
        assert visit.number in inbox
        assert "جواب المؤسسة بيوم الزيارة" in inbox
    assert visit.number not in get(office, office.stranger, "office-home")
    shown = page(office, visit, office.officer)
    assert "لماذا هذا التاريخ؟" in shown
    assert "ميثاق الزيارات" in shown
    french = page(office, visit, office.officer, french=True)
    assert "la charte des visites" in french
    assert "Dire à l’école le jour de la visite" in french


def test_its_page_says_who_what_and_what_may_be_done(office: Office, visit: Dossier) -> None:
    shown = page(office, visit, office.head)
    for words in ("زيارة مدرسية للمجلس", SCHOOL, "30 تلميذا", "15 دجنبر 2026", "طلب زيارة", 'id="do-confirm-visit"'):
        assert words in shown, words
    assert "المادة" in shown, "what may be done has its article"
    officer = page(office, visit, office.officer)
    assert 'id="do-confirm-visit"' not in officer
    assert "تأكيد الزيارة" in officer, "and says why not"
    french = page(office, visit, office.head, french=True)
    assert "Visite scolaire au conseil" in french
    assert "30 élèves" in french
    assert sign_in(office.stranger).get(address(office.council, "office-dossier", visit.number)).status_code == 404


def test_the_verb_is_done_once_by_who_may_and_then_no_more(office: Office, visit: Dossier) -> None:
    head = sign_in(office.head)
    assert do(sign_in(office.officer), office, visit).status_code == 403
    assert do(sign_in(office.stranger), office, visit).status_code == 404
    late = do(head, office, visit, on="2026-11-01")
    assert late.status_code == 422
    assert "هذا اليوم قد مضى" in late.content.decode()
    assert kinds(visit) == ["visit_asked"]
    read = head.read(address(office.council, "office-do", visit.number, "confirm-visit"))
    assert [do(head, office, visit, shown=read).status_code for _twice in range(2)] == [302, 302]
    assert kinds(visit) == ["visit_asked", "visit_confirmed"]
    again = do(head, office, visit, key="another")
    assert again.status_code == 409
    assert "مرة واحدة" in text(again), "the law's reason"
    assert kinds(visit).count("visit_confirmed") == Act.objects.count() == 1
    assert Duty.objects.get().discharged_on is not None
    with pytest.raises(PermissionDenied):
        actions.confirm_visit(visit, office.officer, Dossier.objects.get().opened_on)


def test_its_letter_is_sealed_told_and_verified(office: Office, visit: Dossier) -> None:
    do(sign_in(office.head), office, visit)
    letter = Act.objects.get()
    assert letter.number in page(office, visit, office.officer)
    pdf = sign_in(office.officer).get(address(office.council, "office-paper", visit.number, letter.number))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    verifier = f"/{office.council.slug}/v"
    answer = text(Client().post(verifier, {"number": letter.number, "code": letter.check_code}))
    assert "رسالة تأكيد زيارة" in answer
    assert "رسالة تأكيد زيارة" not in text(Client().post(verifier, {"number": letter.number, "code": "x"}))
    assert "15 دجنبر 2026" in Notice.objects.get(code="visit_confirmed").body


def test_it_is_found_under_its_own_words_and_lies_in_its_tray(office: Office, visit: Dossier) -> None:
    for words in ("مدرسية", "scolaire", "الأمل", visit.number.lower()):
        found = sign_in(office.officer).get(address(office.council, "office-search"), {"q": words}, follow=True)
        assert visit.number in found.content.decode(), words
    assert (
        visit.number
        not in sign_in(office.stranger).get(address(office.council, "office-search"), {"q": "مدرسية"}).content.decode()
    )
    assert "زيارات في انتظار التأكيد" in get(office, office.officer, "office-home")
    assert visit.number in get(office, office.officer, "office-tray", "visits")
    do(sign_in(office.head), office, visit)
    assert visit.number not in get(office, office.officer, "office-tray", "visits")


def test_it_stands_in_its_menu_for_those_with_the_right(office: Office) -> None:
    where = address(office.council, "office-visits")
    assert f'href="{where}"' in get(office, office.clerk, "office-home")
    assert f'href="{where}"' not in get(office, office.president, "office-home")


def test_its_register_is_printed(office: Office, visit: Dossier) -> None:
    do(sign_in(office.head), office, visit)
    director = sign_in(office.director)
    asked_for = {"register": "visits", "year": "2026", "part": "m12"}
    registers = address(office.council, "office-registers")
    assert "سجل الزيارات" in director.get(registers).content.decode()
    read = {"shown": shown_on(director.get(registers, asked_for).content.decode(), registers)}
    assert director.post(registers, asked_for | read).status_code == 302
    printed = RegisterPrint.objects.get()
    pages = str(printed.act.document)
    for words in (visit.number, SCHOOL, "سجل الزيارات", "15/12/2026"):
        assert words in pages, words
    assert sign_in(office.clerk).post(registers, asked_for).status_code == 403


def test_it_is_followed_with_its_number_and_code_on_the_page_of_every_dossier(office: Office, visit: Dossier) -> None:
    from tadbir.desk.codes import follow_code
    from tadbir.dossiers.actions import reassign

    reassign(visit, office.head, office.officer, office.unit)
    do(sign_in(office.head), office, visit)
    school, letter = Resident(office), Act.objects.get()
    assert school.get(f"follow/{visit.number}/").status_code == 403
    assert school.post("follow/", {"number": visit.number, "code": "0"}).status_code == 422
    assert school.post("follow/", {"number": visit.number, "code": follow_code(visit)}).status_code == 302
    shown = text(school.get(f"follow/{visit.number}/"))
    for words in ("زيارة مدرسية للمجلس", "طلب زيارة", "تأكيد الزيارة"):
        assert words in shown, words
    assert "إسناد الملف" not in shown, "what the office says to itself"
    assert letter.number in shown
    pdf = school.get(f"follow/{visit.number}/papers/{letter.number}/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    answer = school.post(
        "/api/follow".replace("/api", f"/{office.council.slug}/api"),
        {"number": visit.number, "code": follow_code(visit)},
        content_type="application/json",
    )
    assert [step["title"] for step in answer.json()["history"]] == ["طلب زيارة", "تأكيد الزيارة"]
    assert answer.json()["state"] == "closed"


def test_anybody_reads_when_schools_come(office: Office, visit: Dossier) -> None:
    anybody, api = Resident(office), f"/{office.council.slug}/api/visits"
    assert "لا زيارة مبرمجة" in text(anybody.get("visits/"))
    assert anybody.get(api).json() == []
    do(sign_in(office.head), office, visit)
    assert "30 تلميذا" in text(anybody.get("visits/"))
    assert SCHOOL not in text(anybody.get("visits/"))
    assert "30 élèves" in text(Resident(office, french=True).get("visits/"))
    assert anybody.get(api).json() == [{"on": "2026-12-15", "pupils": 30}]


def test_its_people_are_erased_with_everything_it_keeps(office: Office, visit: Dossier) -> None:
    director, head = sign_in(office.director), sign_in(office.head)
    typed = {"ground": "order", "reason": "قرار قضائي", "number": visit.number}
    assert do(director, office, visit, "erase", **typed).status_code == 409
    do(head, office, visit)
    registers, asked_for = (
        address(office.council, "office-registers"),
        {"register": "visits", "year": "2026", "part": "m12"},
    )
    read = {"shown": shown_on(director.get(registers, asked_for).content.decode(), registers)}
    director.post(registers, asked_for | read)
    assert do(director, office, visit, "erase", **typed | {"key": "erase"}).status_code == 302
    visit.refresh_from_db()
    assert visit.erased_at is not None
    shown = page(office, visit, office.director)
    assert SCHOOL not in shown
    assert RegisterPrint.objects.get().act.number in shown, "the pages that still name the school"
    assert (
        sign_in(office.officer)
        .get(address(office.council, "office-search"), {"q": "الأمل"})
        .content.decode()
        .count(visit.number)
        == 0
    )
