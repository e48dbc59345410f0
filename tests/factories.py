"""Small makers of fictional councils, people and filings, for tests. They call the real actions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.test import Client

from tadbir.councils import actions as councils
from tadbir.councils.clock import CASABLANCA, simulated
from tadbir.councils.models import Council, Person, Quality, Unit
from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Dossier
from tadbir.procedures import actions as procedures
from tadbir.procedures.models import Sheet
from tadbir.register.actions import keep_file
from tadbir.services import actions as services
from tadbir.services.requests import Applicant, Filing, Piece
from tests import at_once

SINCE = date(2026, 1, 1)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


@dataclass
class Office:
    """A council with the people that most tests need."""

    council: Council
    unit: Unit
    other_unit: Unit
    president: Person
    director: Person
    head: Person
    officer: Person
    clerk: Person
    stranger: Person  # an officer of the other unit


def a_council(slug: str = "odd", **changed: Any) -> Council:
    """A row of the table of councils and nothing else: no key, no unit, nobody."""
    plain = {
        "code": slug[:8],
        "kind": "province",
        "name_ar": "إقليم تجريبي",
        "name_fr": f"Province {slug}",
        "region_ar": "جهة",
        "region_fr": "Région",
        "seats": 11,
        "vice_presidents": 3,
    }
    return Council.objects.create(slug=slug, **plain | changed)


def make_office(code: str = "12.391", mail: str = "oed") -> Office:
    """Set up one council with two units and the usual roles since 1 January 2026."""
    council = councils.create_council(code)
    with council_scope(council):
        unit = councils.create_unit("equipment", "قسم التجهيز", "Division de l’équipement")
        other = councils.create_unit("social", "قسم العمل الاجتماعي", "Division sociale")

        def person(ar: str, fr: str, name: str, quality: str, where: Unit | None = None) -> Person:
            made = councils.create_person(ar, fr, f"{name}@{mail}.example")
            councils.give_role(made, quality, SINCE, where)
            return made

        return Office(
            council,
            unit,
            other,
            president=person("سعاد المنصوري", "Souad Mansouri", "president", Quality.PRESIDENT),
            director=person("كريم العلوي", "Karim Alaoui", "director", Quality.DIRECTOR),
            head=person("نادية الإدريسي", "Nadia Idrissi", "head", Quality.HEAD, unit),
            officer=person("يونس بناني", "Younes Bennani", "officer", Quality.OFFICER, unit),
            clerk=person("خديجة أمزيل", "Khadija Amzil", "clerk", Quality.CLERK),
            stranger=person("رشيد الوالي", "Rachid Ouali", "stranger", Quality.OFFICER, other),
        )


def adopted_loan(office: Office, delay_days: int = 60) -> Sheet:
    """The loan of equipment, adopted with a delay."""
    return adopted(office, "equipment-loan", delay_days)


def adopted(office: Office, service: str, delay_days: int | None = None) -> Sheet:
    """A service of the catalogue, adopted; without a delay where its law sets it."""
    return at_once.adopt(
        office.president,
        procedures.take_from_catalogue(service, office.unit),
        reference="مقرر رقم 12/2026",
        adopted_on=date(2026, 6, 9),
        delay_days=delay_days,
        cndp_reference="D-DEMO-1/2026",
    )


ANSWERS = {"equipment": "tents", "from": "2026-12-20", "days": "3", "place": "دوار النخلة", "purpose": "حفل مدرسي"}
BOTH = ("signed-request", "liability")


def loan_filing(sheet: Sheet, brought: tuple[str, ...] = BOTH, **changes: Any) -> Filing:
    """A request for tents with the documents named in `brought`."""
    file = keep_file(PNG, "image/png") if brought else None
    values: dict[str, Any] = {
        "sheet": sheet,
        "subject": "إعارة خيام لحفل مدرسي",
        "answers": ANSWERS,
        "applicant": Applicant("جمعية آفاق النخلة", kind="association", phone="0612345678"),
        "pieces": tuple(Piece(code, f"{code}.png", file) for code in brought),
    }
    return Filing(**(values | changes))


def sign_in(client: Client, person: Person) -> None:
    """Sign a person in as if the second factor had been seen."""
    assert person.account is not None
    client.force_login(person.account)
    session = client.session
    session["second_factor_of"] = person.account.pk
    session.save()


def contested_loan(office: Office) -> Dossier:
    """A loan that was refused on 1 December 2026; its appeal came on the 3rd."""
    dossier = services.file_request(loan_filing(adopted_loan(office))).dossier
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    at_once.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    with simulated(datetime(2026, 12, 3, 10, tzinfo=CASABLANCA)):
        services.file_appeal(dossier, "الآلية كانت متوفرة", "appeal")
    dossier.refresh_from_db()
    return dossier
