"""A remedy that its person takes back alone: recorded at the counter in his words, told to him, answered no more."""

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.services import actions
from tadbir.services.actions import Told
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH
from tests.services.residents import Resident, text
from tests.services.test_remedy_documents import SENT, refused

SAID = {"how": "said", "on": "2026-12-03", "reason": "لم أعد أريد هذا الطعن"}
LATER = "2026-12-03 10:00"


@pytest.fixture
def number(resident: Resident) -> str:
    """A refused request of which the appeal waits."""
    found = refused(resident)
    assert resident.post(f"follow/{found}/remedies/appeal_filed/", SENT).status_code == 302
    return found


def test_it_is_given_up_at_the_counter_and_its_person_is_told(resident: Resident, number: str) -> None:
    office, appeal = resident.office, Fact.objects.get(kind="appeal_filed")
    dossier = Dossier.objects.get()
    assert dossier.closed_at is None, "the appeal opened it again"
    with simulated(at(LATER)):
        client, where = sign_in(office.clerk), address(office.council, "office-do", number, "withdraw-remedy")
        page = text(client.get(address(office.council, "office-dossier", number)))
        assert "كأن الطعن لم يُقدم" in page
        assert client.post(where, SAID | {"asked": appeal.pk, "key": "k", "reason": ""}).status_code == 422
        assert client.post(where, SAID | {"asked": appeal.pk, "key": "k"}).status_code == 302
        fact = Fact.objects.get(kind="remedy_withdrawn")
        assert (fact.data, fact.by) == ({"asked": str(appeal.pk), "how": "said"}, office.clerk)
        assert fact.words["reason"] == SAID["reason"]
        assert not Duty.objects.filter(dossier=dossier, rule="PROC-APPEAL-ANS", over_on=None).exists()
        right = Duty.objects.get(dossier=dossier, rule="PROC-APPEAL")
        assert right.over_on is None, "as before it came"
        dossier.refresh_from_db()
        assert (dossier.closed_by_kind, dossier.closed_at is None) == ("notified", False)
        assert Notice.objects.filter(code="remedy_withdrawn", dossier_ref=number).count() == 1
        page = text(resident.get(f"follow/{number}/"))
        assert "سُحب، ولن يُجاب عنه" in page
        again = resident.post(f"follow/{number}/remedies/appeal_filed/", SENT | {"key": "c" * 32, "text": "غيرت رأيي"})
        assert again.status_code == 302, "in its time, it may come anew"
        dossier.refresh_from_db()
        assert dossier.closed_at is None


def test_it_says_in_whose_words(resident: Resident, number: str) -> None:
    appeal, dossier = Fact.objects.get(kind="appeal_filed"), Dossier.objects.get()
    with simulated(at(LATER)), pytest.raises(ValidationError):
        actions.withdraw_remedy(dossier, resident.office.clerk, appeal, Told("said", "خ"))
    assert not Fact.objects.filter(kind="remedy_withdrawn").exists()


def test_every_page_and_paper_says_which_remedy_was_taken_back(resident: Resident, number: str) -> None:
    office, appeal = resident.office, Fact.objects.get(kind="appeal_filed")
    own = f"follow/{number}/remedies/appeal_filed/"
    alone = "يمكن أيضا سحب الطعن أو الشكاية أو التظلم وحده"
    assert alone in text(resident.get(own)), "where it waits, how it is taken back"
    assert "سُحب، ولن يُجاب عنه" not in text(resident.get(own))
    with simulated(at(LATER)):
        actions.withdraw_remedy(Dossier.objects.get(), office.clerk, appeal, Told("said", SAID["reason"]))
        page = text(resident.get(own))
        assert "سُحب، ولن يُجاب عنه" in page
        assert alone not in page, "nothing waits any more"
        history = text(resident.get(f"follow/{number}/"))
        assert "سُحب: الطعن أمام رئيس المجلس، تاريخ تقديمه" in history
        receipt = Act.objects.filter(kind="receipt").latest("pk").content.body["receipt"]
        assert "سحب: الطعن أمام رئيس المجلس، المقدم بتاريخ" in receipt["subject_ar"]
        assert "dépôt le" in receipt["subject_fr"]
        assert resident.post(own, SENT | {"key": "d" * 32, "text": "غيرت رأيي"}).status_code == 302
        again = text(resident.get(own))
        assert again.count("سُحب، ولن يُجاب عنه") == 1, "the one that stands is told from the one that does not"


def test_the_page_that_takes_the_request_back_says_that_a_remedy_alone_may_be(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    page, alone = f"follow/{number}/withdraw/", "يمكن أيضا سحب الطعن أو الشكاية أو التظلم وحده"
    assert alone not in text(resident.get(page))
    assert resident.post(f"follow/{number}/remedies/appeal_filed/", SENT).status_code == 302
    assert alone in text(resident.get(page))
