"""The page that writes an answer says what it answers: a text typed against the request never becomes the answer to an
appeal that came meanwhile, nor the other way round; the words of a letter that fell are not lost; and a refusal after a
silence prints the right that it opens itself."""

import re

import pytest
from django.utils.translation import override

from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.actions import correct_entry
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.services import actions
from tests import at_once as desk
from tests.browser import Browser
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

TYPED = {"sense": "refused", "body_ar": "تعذرت الاستجابة لطلبكم.", "reasons_ar": "الآلية محجوزة."}


@pytest.fixture
def silent(office: Office) -> Dossier:
    """A complete request of 1 December 2026 that nobody answered: the silence of February 2027."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2027-02-05 10:00")):
        dossiers.record_lapses()
    dossier.refresh_from_db()
    return dossier


def written(dossier: Dossier) -> list[Draft]:
    return list(Draft.objects.filter(kind__in=papers.KINDS, dossier_ref=dossier.number, act__isnull=True))


def opened(browser: Browser, page: str) -> str:
    shown = browser.read(page)
    assert shown
    return shown


def test_a_text_for_the_request_does_not_become_the_answer_to_an_appeal(office: Office, silent: Dossier) -> None:
    officer = sign_in(office.officer)
    page = address(office.council, "office-answer", silent.number, french=True) + "?sense=refused"
    with simulated(at("2027-02-08 10:00")):
        read = opened(officer, page)
        actions.file_appeal(silent, "لم يصلني أي جواب", "appeal")
        refused = officer.post(page, {**TYPED, "shown": read})
        text = refused.content.decode()
        assert (refused.status_code, written(silent)) == (409, [])
        assert "la demande elle-même" in text
        assert re.search(r'<ins dir="auto">Recours devant le président du conseil( ·|<).*?8 février 2027', text)
        assert "le demandeur" in text
        assert TYPED["reasons_ar"] in text, "what he typed is kept"
        assert officer.post(page, TYPED).status_code == 302, "once he read that, his answer is to the appeal"
        assert [draft.kind for draft in written(silent)] == [papers.APPEAL_ANSWER]


def test_the_answer_to_an_appeal_that_was_struck_does_not_answer_the_request(office: Office, silent: Dossier) -> None:
    officer = sign_in(office.officer)
    page = address(office.council, "office-answer", silent.number, french=True) + "?sense=refused"
    with simulated(at("2027-02-08 10:00")):
        desk.draft_outcome(silent, office.officer, "refused", "نص الجواب الأول", "سبب")
        actions.file_appeal(silent, "لم يصلني أي جواب", "appeal")
        read = opened(officer, page)
        appeal = Fact.objects.get(dossier=silent, kind="appeal_filed")
        correct_entry(appeal, office.director, "يخص ملفا آخر")
        refused = officer.post(page, {**TYPED, "shown": read})
        text = refused.content.decode()
        assert refused.status_code == 409
        assert re.search(r'<del dir="auto">Recours devant le président du conseil( ·|<).*?8 février 2027', text)
        assert office.director.name_fr in text
        assert papers.texts_of(written(silent)[0])["body_ar"] == "نص الجواب الأول"


def test_the_words_of_a_letter_that_fell_are_read_and_offered_again(office: Office, silent: Dossier) -> None:
    officer = sign_in(office.officer)
    with simulated(at("2027-02-08 10:00")):
        actions.file_appeal(silent, "لم يصلني أي جواب", "appeal")
        desk.draft_outcome(silent, office.officer, "refused", TYPED["body_ar"], TYPED["reasons_ar"])
        appeal = Fact.objects.get(dossier=silent, kind="appeal_filed")
        correct_entry(appeal, office.director, "يخص ملفا آخر")
        assert written(silent) == []
        folder = officer.get(address(office.council, "office-dossier", silent.number)).content.decode()
        assert TYPED["body_ar"] in folder
        page = address(office.council, "office-answer", silent.number, french=True)
        again = officer.get(page + "?sense=refused").content.decode()
        assert f">\n{TYPED['body_ar']}</textarea>" in again
        assert f">\n{TYPED['reasons_ar']}</textarea>" in again
        said = re.sub(r"</?bdi[^>]*>|[\u2068\u2069]", "", again).replace("\xa0", " ")
        assert f"{office.director.name_fr} a rayé le" in said
        assert "Ce à quoi elle répondait : Recours devant le président du conseil" in said, "not the request"
        assert "dans ce sens : défavorable" in said
        desk.draft_outcome(silent, office.officer, "refused", "نص جديد", "سبب جديد")
        anew = officer.get(page + "?sense=refused").content.decode()
        assert TYPED["reasons_ar"] not in anew, "the letter that is there comes first"


def test_a_letter_given_up_by_hand_is_read_and_not_offered(office: Office, silent: Dossier) -> None:
    officer = sign_in(office.officer)
    with simulated(at("2027-02-08 10:00")):
        draft = desk.draft_outcome(silent, office.officer, "refused", TYPED["body_ar"], TYPED["reasons_ar"])
        desk.drop_letter(draft, silent, office.head, "كتبت خطأ في هذا الملف")
        assert (
            TYPED["body_ar"] in officer.get(address(office.council, "office-dossier", silent.number)).content.decode()
        )
        page = address(office.council, "office-answer", silent.number) + "?sense=refused"
        assert TYPED["reasons_ar"] not in officer.get(page).content.decode()


def test_a_refusal_after_a_silence_prints_the_right_that_it_opens(office: Office, silent: Dossier) -> None:
    """The appeal against the silence ends on 5 March; that against a refusal received on 8 February, on the 10th."""
    with simulated(at("2027-02-08 10:00")):
        silences = Duty.objects.get(dossier=silent, rule="PROC-APPEAL")
        officer = sign_in(office.officer)
        draft = desk.draft_outcome(silent, office.officer, "refused", TYPED["body_ar"], TYPED["reasons_ar"])
        page = address(office.council, "office-answer-sign", silent.number, french=True)
        with override("fr"):
            signing = papers.shown_to_sign(silent, draft).told["remedies"][0]
        act = desk.sign_outcome(draft, silent, office.officer, office.president, means="wet_ink")
        first = act.document["remedies"][0]
        desk.notify_outcome(act, silent, office.officer, how="in_hand", on=act.date, proof="توقيع")
        mine = Duty.objects.filter(dossier=silent, rule="PROC-APPEAL").exclude(pk=silences.pk).get()
        assert mine.file_before != silences.file_before
        assert (first["file_before"], first["if_received"]) == (str(mine.file_before), "2027-02-08")
        assert "le délai court du jour où vous recevez cette lettre" in signing  # in the very words of the paper
        assert officer.get(page).status_code in (302, 404)
        assert Act.objects.filter(kind="outcome").count() == 1


def test_a_loan_of_days_that_are_past_is_not_granted_unseen(office: Office) -> None:
    """The tents were asked from 20 December."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    officer, president = sign_in(office.officer), sign_in(office.president)
    write = address(office.council, "office-answer", dossier.number)
    draft = desk.draft_outcome(dossier, office.officer, "granted", "نعيركم الخيام.")
    pages = [
        (officer, f"{write}?sense=granted"),
        (officer, address(office.council, "office-answer-sign", dossier.number)),
        (president, address(office.council, "office-signing-letter", draft.pk)),
    ]
    for day, past in (("2026-12-19 10:00", False), ("2026-12-21 10:00", True)):
        with simulated(at(day)):
            for client, page in pages:
                assert ("هذا الجواب يحدد يوما مضى" in client.get(page).content.decode()) is past
            assert "هذا الجواب يحدد" not in officer.get(f"{write}?sense=refused").content.decode()
