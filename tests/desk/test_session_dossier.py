"""A dossier that no domain has declared: a session, opened through the ground alone, has pages that make sense."""

import re

import pytest

from tadbir.councils.clock import simulated
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office
from tests.services.residents import text

#: Words of requests: none belongs on the page of a session.
OF_A_REQUEST = ("الطلب", "صاحب", "المعني", "الجواب", "الوصل", "رمز", "سحب", "طعن", "demandeur", "demande", "réponse")


@pytest.fixture
def session(office: Office) -> Dossier:
    """The ordinary session of January, scheduled on 1 December."""
    dossier = dossiers.open_dossier(number="S-2026-00001", kind="session", unit=office.unit)
    dossiers.record(dossier, "scheduled", by=office.director, data={"date": "2027-01-11", "type": "ordinary"})
    return dossier


def main_of(office: Office, person: str, name: str, *args: object, french: bool = False) -> str:
    """What a page says between its menu and its foot."""
    client = sign_in(getattr(office, person))
    answer = client.get(address(office.council, name, *args, french=french))
    assert answer.status_code == 200
    return re.split(r"<footer|</main", re.split(r"<main[^>]*>", answer.content.decode())[1])[0]


@pytest.mark.parametrize(
    ("french", "words"),
    [
        (
            False,
            (
                "دورة المجلس",
                "تبليغ جدول الأعمال إلى العامل",
                "بقي 20 يوما",
                "استدعاء الأعضاء للدورة",
                "لماذا هذا التاريخ؟",
                "المادة",
                "تحديد تاريخ الدورة",
                "كريم العلوي",
                "إسناد إلى شخص آخر",
                "تصحيح تقييد",
            ),
        ),
        (
            True,
            (
                "Session du conseil",
                "Notifier l’ordre du jour au gouverneur",
                "il reste 20 jours",
                "Pourquoi cette date ?",
                "article",
                "Fixation de la date de la session",
                "Karim Alaoui",
                "Confier à quelqu’un d’autre",
            ),
        ),
    ],
)
def test_its_page_says_its_kind_its_clock_and_what_happened(
    office: Office, session: Dossier, french: bool, words: tuple[str, ...]
) -> None:
    page = main_of(office, "director", "office-dossier", session.number, french=french)
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert [word for word in words if word not in shown] == []
    assert [word for word in OF_A_REQUEST if word in shown] == []
    assert len(re.findall(r'href="[^"]*/answer/', page)) == 0


def test_what_may_not_be_done_says_why(office: Office, session: Dossier) -> None:
    page = main_of(office, "officer", "office-dossier", session.number)
    assert 'id="do-reassign"' in page
    assert 'id="do-correct"' not in page
    assert "لا تقييد هنا يرجع إليكم تصحيحه" in page
    assert 'id="do-correct"' in main_of(office, "director", "office-dossier", session.number)
    client = sign_in(office.officer)
    fact = Fact.objects.get()
    typed = {"key": "k", "fact": str(fact.pk), "reason": "خطأ"}
    assert client.post(address(office.council, "office-do", session.number, "correct"), typed).status_code == 409
    assert client.post(address(office.council, "office-do", session.number, "supply"), typed).status_code == 404
    stranger = sign_in(office.stranger).get(address(office.council, "office-dossier", session.number))
    assert stranger.status_code == 404


def test_it_stands_in_the_inbox_and_the_lists_under_its_name(office: Office, session: Dossier) -> None:
    for name in ("office-home", "office-search"):
        assert "دورة المجلس" in main_of(office, "director", name)
        assert "Session du conseil" in main_of(office, "director", name, french=True)
    found = sign_in(office.director).get(address(office.council, "office-search"), {"q": "s-2026-00001"})
    assert found["Location"] == address(office.council, "office-dossier", session.number)
    with simulated(at("2026-12-28 10:00")):
        assert "دورة المجلس" in text(sign_in(office.director).get(address(office.council, "office-late")))


def test_its_law_goes_on_as_it_happens(office: Office, session: Dossier) -> None:
    with pytest.raises(dossiers.Refused):
        dossiers.record(session, "closed", by=office.director)
    dossiers.record(session, "agenda_sent", by=office.director)
    page = main_of(office, "director", "office-dossier", session.number)
    assert page.index("استدعاء الأعضاء للدورة") < page.index("ما وقع")
    dossiers.reassign(session, office.director, office.officer, office.unit)
    assert "يونس بناني" in main_of(office, "director", "office-dossier", session.number)
