"""A council with something behind every address, and a browser for everybody who may stand before one."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from django.test import Client

from tadbir.acts import actions as acts
from tadbir.acts.models import Act, Draft
from tadbir.councils import actions as councils
from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Quality
from tadbir.desk.actions import powers
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import Dossier, Fact
from tadbir.ledgers import actions as ledgers
from tadbir.ledgers.periods import Period
from tadbir.procedures.actions import take_from_catalogue
from tadbir.procedures.models import Sheet
from tadbir.services import actions
from tadbir.services.requests import Applicant
from tests import at_once
from tests import at_once as desk
from tests.desk.office_desk import sign_in
from tests.factories import BOTH, PNG, SINCE, Office, adopted_loan, loan_filing, make_office
from tests.services.residents import Resident


@dataclass(frozen=True)
class World:
    """The browsers by who sits before them, and what stands in the addresses."""

    office: Office
    browsers: dict[str, Client]
    values: dict[str, str]


def everybody(office: Office) -> dict[str, Person]:
    """One person of each quality, in the unit of the loan where a unit is needed."""
    held = {
        "president": office.president,
        "director": office.director,
        "head": office.head,
        "officer": office.officer,
        "clerk": office.clerk,
    }
    for rank, quality in enumerate(sorted(set(Quality.values) - set(held))):
        held[quality] = councils.create_person(f"شخص {rank}", f"Personne {rank}", f"{quality}@oed.example")
        councils.give_role(held[quality], quality, SINCE)
    return held


def outsiders() -> dict[str, Person]:
    """Three who sign in and hold no role here today: never one, one that ended, one in another council."""
    nobody = councils.create_person("بلا صفة", "Sans qualité", "nobody@oed.example")
    ended = councils.create_person("انتهت صفته", "Rôle terminé", "ended@oed.example")
    councils.give_role(ended, Quality.DIRECTOR, date(2025, 1, 1), ends_on=date(2025, 12, 31))
    return {"nobody": nobody, "ended": ended, "elsewhere": make_office("01.405", "other").director}


def make_world(office: Office) -> World:
    """Everything that an address may speak of, made by the real actions."""
    agents = everybody(office)
    sheet = adopted_loan(office)
    take_from_catalogue("road-damage", office.unit)
    resident = Resident(office)
    sent, number, _code = resident.file(*BOTH)
    open_draft = Resident(office).begin()
    dossier = Dossier.objects.get(number=number)
    dossiers.record(dossier, "court_seised", by=office.officer)  # an entry that whoever works on it may correct
    values = {"dossier": number, "sent": sent, "draft": open_draft, **_answers(office, sheet), **_papers(office)}
    document, receipt = dossier.documents.first(), Act.objects.get(number=f"R{number[1:]}")
    assert document is not None
    values |= {"document": str(document.pk), "receipt": receipt.number, "opinion": _opinion(office, sheet)}
    values["given"] = Fact.objects.get(pk=int(values["opinion"])).dossier.number
    values |= {"person": str(office.officer.pk), "role": str(office.officer.roles.get().pk)}
    values["enrolment"] = make_enrolment(office.clerk, by=office.director)
    assert office.president.account is not None
    office.president.account.set_password("quatre mots bien differents")
    office.president.account.save()
    make_enrolment(office.head, by=office.director)  # it waits for a second person
    values["signing_person"] = str(office.head.pk)
    asked = powers.give_role(office.officer, Quality.HEAD, today(), office.unit, None, by=office.director)
    assert asked is not None
    values["power"] = str(asked.pk)
    ground = Ground("تنظيم العمل", "organisation du travail", "مذكرة 3/2026", SINCE)
    desk.change_rule(office.director, "PROC-DECIDE", ground, {"owner": "unit"})
    desk.change_wording(office.director, "outcome", ground, {"ar": "جوابكم عن الملف {number} جاهز: {address}"})
    order = councils.delegate(office.president, office.director, ["*"], "7/2026", date(2026, 2, 1))
    values |= {"delegation": str(order.pk), "tray": "person", "unreached": _unreached(sheet)}
    closed = at_once.learn_closed_day(office.director, "closure", date(2027, 5, 3), "منشور 5/2026")
    values |= {"closed_day": str(closed.pk), "unit": str(office.unit.pk)}
    browsers = {who: sign_in(person) for who, person in (agents | outsiders()).items()}
    browsers |= {"visitor": Client(), "holder": resident.client}
    return World(office, browsers, values)


def _answers(office: Office, sheet: Sheet) -> dict[str, str]:
    """A dossier whose answer is written, one whose answer is signed, and one whose answer was handed over."""
    found = {}
    for name in ("written", "told", "signed"):
        filed = actions.file_request(loan_filing(sheet))
        draft = desk.draft_outcome(filed.dossier, office.officer, "granted", "تعار الخيام.", "", "")
        found[name] = filed.dossier.number
        if name == "told":
            told = desk.sign_outcome(
                draft, filed.dossier, office.officer, office.president, means="wet_ink", on=today()
            )
            slip = {"how": "in_hand", "on": today(), "proof": "توقيع على النسخة", "file": PNG}
            desk.notify_outcome(told, filed.dossier, office.officer, **slip)
            found["told_act"] = told.number
    act = desk.sign_outcome(draft, filed.dossier, office.officer, office.president, means="wet_ink", on=today())
    acts.attach_scan(act, PNG, office.officer)  # no code can be read on it
    letter = Draft.objects.get(dossier_ref=found["written"])
    asked = actions.file_request(loan_filing(sheet)).dossier
    step = actions.ask_information(asked, office.officer, "كم عدد الخيام؟")
    found |= {"asked": asked.number, "question": str(step.pk)}
    return found | {"answer": act.number, "letter": str(letter.pk), "signed_scan": str(act.scans.get().pk)}


def _unreached(sheet: Sheet) -> str:
    """A notice that could not leave: the person left a fixed line."""
    applicant = Applicant("جمعية آفاق النخلة", kind="association", phone="0528000000")
    filed = actions.file_request(loan_filing(sheet, applicant=applicant))
    return filed.dossier.number


def _opinion(office: Office, sheet: Sheet) -> str:
    """An opinion that another unit asks of the unit of the loan."""
    filed = actions.file_request(loan_filing(sheet))
    dossiers.reassign(filed.dossier, office.head, None, office.other_unit)
    filed.dossier.refresh_from_db()
    return str(desk.ask_opinion(filed.dossier, office.stranger, office.unit, "هل الخيام متوفرة؟").pk)


def _papers(office: Office) -> dict[str, str]:
    """A block of receipts and a printed register with a scan of its signed pages."""
    block, _paper = actions.print_block(office.clerk, office.unit, 10)
    (printed,) = at_once.print_register(office.president, "requests", Period(2026, "year"))
    scan = ledgers.keep_signed_pages(printed, office.director, office.president, today(), io.BytesIO(PNG), len(PNG))
    return {"block": block.code, "print": printed.act.number, "scan": str(scan.pk)}
