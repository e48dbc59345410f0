"""What a remedy granted is given by the next answer, and refused by none: whoever writes it and whoever signs it read
the letter that granted it."""

from datetime import date

import pytest

from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.codes import follow_code
from tadbir.desk.dossier import Desk
from tadbir.desk.followed import Followed
from tadbir.desk.next import next_of
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions import Refused
from tadbir.dossiers.models import Dossier, Duty
from tadbir.services import actions
from tadbir.services.registers import REQUESTS
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, contested_loan, loan_filing
from tests.services.residents import Resident, text


def contested(office: Office, sense: str) -> Dossier:
    """A request that was refused on 1 December 2026; its appeal of 3 December was answered so on the 7th."""
    dossier = contested_loan(office)
    with simulated(at("2026-12-07 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, sense, "قررنا إعارتكم خيمتين", "السبب قائم")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    dossier.refresh_from_db()
    return dossier


def owed(dossier: Dossier) -> Duty:
    return Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-DO")


def test_what_was_granted_is_not_refused_and_its_letter_names_the_one_that_granted_it(office: Office) -> None:
    dossier = contested(office, "granted")
    grant = Act.objects.get(kind="appeal_answer")
    with simulated(at("2026-12-08 10:00")):
        for sense in ("refused", "partial"):
            with pytest.raises(Refused, match="ينفذ ما استُجيب له"):
                desk.draft_outcome(dossier, office.officer, sense, "لا", "السبب")
        draft = desk.draft_outcome(dossier, office.officer, "granted", "نعيركم خيمتين")
        assert f"وجوابنا رقم {grant.number} بتاريخ 7 دجنبر 2026 (الطعن أمام رئيس المجلس)" in draft.body["reference_ar"]
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        assert papers.outdated(dossier, act) == []
        assert owed(dossier).over_on is None
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    assert owed(dossier).over_on == date(2026, 12, 8)
    assert papers.granted_in(dossier) is None


def test_the_part_that_was_not_granted_may_be_refused(office: Office) -> None:
    dossier = contested(office, "partial")
    with simulated(at("2026-12-08 10:00")):
        with pytest.raises(Refused, match="ينفذ ما استُجيب له"):
            desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
        draft = desk.draft_outcome(dossier, office.officer, "partial", "نعيركم خيمة واحدة", "لم يبق غيرها")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    assert owed(dossier).over_on == date(2026, 12, 8)


def test_the_writer_and_the_signatory_read_what_was_granted(office: Office) -> None:
    dossier = contested(office, "granted")
    grant, council = Act.objects.get(kind="appeal_answer"), office.council
    with simulated(at("2026-12-08 10:00")):
        write = address(council, "office-answer", dossier.number)
        page = sign_in(office.officer).get(write).content.decode()
        assert (grant.number in page, "قررنا إعارتكم خيمتين" in page) == (True, True)
        assert ("sense=granted" in page, "sense=refused" in page, "sense=partial" in page) == (True, False, False)
        assert 'name="body_ar"' not in sign_in(office.officer).get(f"{write}?sense=refused").content.decode()
        desk.draft_outcome(dossier, office.officer, "granted", "نعيركم خيمتين")
        pk = Draft.objects.latest("pk").pk
        for person, name, args in (
            (office.president, "office-signing-letter", [pk]),
            (office.officer, "office-answer-sign", [dossier.number]),
        ):
            page = sign_in(person).get(address(council, name, *args)).content.decode()
            assert grant.number in page
            assert "قررنا إعارتكم خيمتين" in page


def test_a_refusal_written_before_it_was_granted_is_not_signed(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    with simulated(at("2027-02-05 10:00")):
        dossiers.record_lapses()
        actions.file_appeal(dossier, "لم يصلني أي جواب", "appeal")
        draft = desk.draft_outcome(dossier, office.officer, "granted", "قررنا إعارتكم خيمتين")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
        waits = papers.answer_being_prepared(dossier)
        assert waits
        with pytest.raises(Refused, match="ينفذ ما استُجيب له"):
            desk.sign_outcome(waits, dossier, office.officer, office.president, means="wet_ink")


def test_after_an_appeal_granted_against_a_silence_no_page_calls_a_past_day_the_last(office: Office) -> None:
    """The request was not answered in time; what the appeal granted is left to give, and no text sets a day for it."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2027-02-10 10:00")):
        dossiers.record_lapses()
        actions.file_appeal(dossier, "تأخرتم عن الجواب", "silence")
        desk.answer_appeal(dossier, office.officer, office.president, "granted", "")
        dossier.refresh_from_db()
        assert dossier.closed_at is None
        followed = Followed(dossier)
        assert followed.clock is None
        assert next_of(Desk(dossier, office.officer)).by is None  # type: ignore[union-attr]
        person = Resident(office)
        person.post("follow/", {"number": dossier.number, "code": follow_code(dossier)})
        page = text(person.get(f"follow/{dossier.number}/"))
        assert "الجواب" in page
        assert "متأخر" not in page
        [cells] = REQUESTS.cells([dossier])
        assert "الطعن أمام رئيس المجلس: استجابة، والجواب عن الطلب لم يصدر بعد" in cells
        draft = desk.draft_outcome(dossier, office.officer, "granted", "نعيركم خيمتين")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
        dossier.refresh_from_db()
        [cells] = REQUESTS.cells([dossier])
        assert "الاستجابة للطلب" in cells
