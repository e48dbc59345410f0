"""A letter that a signatory sends back: nobody signs it, by any means, before it is written or submitted again."""

import re

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts import actions as acts
from tadbir.acts.models import Act, Draft
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.desk import papers
from tadbir.desk.actions import leave_folders
from tadbir.desk.dossier import Desk
from tadbir.desk.next import next_of
from tadbir.dossiers.models import Dossier, Fact
from tadbir.services import actions
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office, adopted_loan, loan_filing

WHY = "اذكروا تاريخ الحجز."


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December, whose letters the head of its unit signs too."""
    councils.delegate(office.president, office.head, ["outcome", "appeal_answer", "applicant_notice"], "8/2026", SINCE)
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def refusal(office: Office, dossier: Dossier) -> Draft:
    return at_once.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")


def in_folder(office: Office, letter: Draft) -> list[bool]:
    """Whether the president and the head find a letter in their folders, and the officer in his tray."""
    one, folder = address(office.council, "office-signing-letter", letter.pk), address(office.council, "office-signing")
    found = [one in sign_in(who).get(folder).content.decode() for who in (office.president, office.head)]
    tray = sign_in(office.officer).get(address(office.council, "office-tray", "signature")).content.decode()
    return [*found, letter.dossier_ref in tray]


def sent_back(office: Office, letter: Draft) -> None:
    back = address(office.council, "office-signing-return", letter.pk)
    assert sign_in(office.head).post(back, {"reason": WHY}).status_code == 302


def told(text: str) -> bool:
    """Whether a page says who sent the letter back, when and why."""
    return bool(re.search(r"أرجعها دون إمضاء \u2068?[^<]*فاتح دجنبر 2026[^<]*" + re.escape(WHY), text))


def by_hand(office: Office) -> dict[str, object]:
    return {"signatory": office.president.pk, "on": "2026-12-01", "means": "wet_ink", "seen": "on"}


def test_an_answer_sent_back_leaves_every_folder_until_it_is_submitted_again(office: Office, dossier: Dossier) -> None:
    letter = refusal(office, dossier)
    assert in_folder(office, letter) == [True, True, True]
    sent_back(office, letter)
    assert in_folder(office, letter) == [False, False, False]
    assert Fact.objects.get(kind="letter_sent_back").data == {"draft": str(letter.pk)}
    now = next_of(Desk(dossier, office.officer))
    write, officer = address(office.council, "office-answer", dossier.number), sign_in(office.officer)
    assert now
    assert (write.endswith(now.url), told(" ".join(now.why))) == (True, True)
    assert told(officer.get(address(office.council, "office-dossier", dossier.number)).content.decode())
    page = officer.get(write).content.decode()
    assert (told(page), "إعادة عرضها للإمضاء" in page) == (True, True)
    typed = {"sense": "refused", "body_ar": "تعذرت الاستجابة.", "reasons_ar": "الخيام محجوزة."}
    assert officer.post(f"{write}?sense=refused", typed).status_code == 302  # the same words, submitted again
    assert in_folder(office, letter) == [True, True, True]
    assert not told(officer.get(write).content.decode())
    where = address(office.council, "office-signing-letter", letter.pk)
    assert sign_in(office.president).post(where, {"read": "on"}).status_code == 302
    assert Act.objects.get(kind="outcome").signed_by == office.president


def test_whoever_had_it_open_is_told_and_signs_nothing(office: Office, dossier: Dossier) -> None:
    letter = refusal(office, dossier)
    president, where = sign_in(office.president), address(office.council, "office-signing-letter", letter.pk)
    officer, sign = sign_in(office.officer), address(office.council, "office-answer-sign", dossier.number)
    write = f"{address(office.council, 'office-answer', dossier.number)}?sense=refused"
    opened = [client.read(page) for client, page in ((president, where), (officer, sign), (officer, write))]
    sent_back(office, letter)
    typed = {"sense": "refused", "body_ar": "تعذرت.", "reasons_ar": "الخيام محجوزة.", "shown": opened[2]}
    for client, page, form in (
        (president, where, {"read": "on", "shown": opened[0]}),
        (officer, sign, by_hand(office) | {"shown": opened[1]}),
        (officer, write, typed),  # nor is it submitted again by somebody who did not read why
    ):
        answer = client.post(page, form)
        assert (answer.status_code, told(answer.content.decode())) == (409, True)
        assert str(office.head) in answer.content.decode()
    for client, page, form in ((president, where, {"read": "on"}), (officer, sign, by_hand(office))):
        answer = client.post(page, form)  # who opened it since finds no form, and what he sends signs nothing
        assert (answer.status_code, told(answer.content.decode())) == (422, True)
    again = president.post(address(office.council, "office-signing-return", letter.pk), {"reason": WHY})
    assert (again.status_code, Fact.objects.filter(kind="letter_sent_back").count()) == (422, 1)
    letter.refresh_from_db()
    with pytest.raises(ValidationError):
        acts.sign(letter, office.president, by=office.president, means="session", unit=dossier.unit)
    assert not Act.objects.filter(kind="outcome").exists()


def test_what_puts_the_dossier_right_does_not_submit_its_letter_again(office: Office, dossier: Dossier) -> None:
    letter = refusal(office, dossier)
    sent_back(office, letter)
    letter.refresh_from_db()
    body = letter.body | {"recipient": {**letter.body["recipient"], "name_ar": "اسم آخر"}}
    Draft.objects.filter(pk=letter.pk).update(body=body)
    letter.refresh_from_db()
    assert papers.renew(dossier, letter)
    assert in_folder(office, letter) == [False, False, False]


def test_a_letter_of_procedure_is_submitted_again(office: Office, dossier: Dossier) -> None:
    letter = actions.ask_information(dossier, office.officer, "كم عدد الخيام؟")
    sent_back(office, letter)
    assert in_folder(office, letter) == [False, False, False]
    page = address(office.council, "office-letter", dossier.number, letter.pk)
    words = address(office.council, "office-letter-words", dossier.number, letter.pk)
    officer, now = sign_in(office.officer), next_of(Desk(dossier, office.officer))
    assert now
    assert (words.endswith(now.url), told(" ".join(now.why))) == (True, True)
    with pytest.raises(ValidationError, match="أُرجعت رسالة مثلها"):  # nor is a second one written beside it
        actions.ask_information(dossier, office.officer, "سؤال آخر")
    text = officer.get(page).content.decode()
    assert (told(text), words in text, 'name="signatory"' in text) == (True, True, False)
    assert officer.post(page, by_hand(office)).status_code == 422
    assert told(officer.get(words).content.decode())
    assert officer.post(words, {"reason": "كم عدد الخيام؟"}).status_code == 302
    assert in_folder(office, letter) == [True, True, True]
    assert officer.post(page, by_hand(office)).status_code == 302
    assert Act.objects.filter(kind="applicant_notice").exists()


def test_the_answer_to_an_appeal_is_sent_back_alike(office: Office, dossier: Dossier) -> None:
    act = at_once.sign_outcome(refusal(office, dossier), dossier, office.president, office.president, means="session")
    at_once.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    actions.file_appeal(dossier, "الآلية كانت متوفرة", "appeal")
    dossier.refresh_from_db()
    letter = at_once.draft_outcome(dossier, office.officer, "granted", "قررنا الاستجابة لطعنكم.")
    assert in_folder(office, letter) == [True, True, True]
    sent_back(office, letter)
    assert in_folder(office, letter) == [False, False, False]
    with pytest.raises(ValidationError):
        at_once.sign_outcome(letter, dossier, office.president, office.president, means="session")
    letter = at_once.draft_outcome(dossier, office.officer, "granted", "قررنا الاستجابة لطعنكم.")
    assert at_once.sign_outcome(letter, dossier, office.president, office.president, means="session").number


def test_a_letter_sent_back_before_it_left_the_folders_leaves_them_with_the_next_round(
    office: Office, dossier: Dossier
) -> None:
    letter = refusal(office, dossier)
    sent_back(office, letter)
    Draft.objects.filter(pk=letter.pk).update(sent_back_at=None)  # as an older version left it
    assert in_folder(office, letter) == [True, True, True]
    assert leave_folders() == 1
    assert in_folder(office, letter) == [False, False, False]
    letter.refresh_from_db()
    assert letter.sent_back_at == Fact.objects.get(kind="letter_sent_back").recorded_at
    with simulated(at("2026-12-01 12:00")):
        refusal(office, dossier)  # written again
        assert (leave_folders(), in_folder(office, letter)) == (0, [True, True, True])


def test_it_is_sent_back_as_it_was_read(office: Office, dossier: Dossier) -> None:
    letter, head = refusal(office, dossier), sign_in(office.head)
    page = address(office.council, "office-signing-letter", letter.pk)
    back, read = address(office.council, "office-signing-return", letter.pk), head.read(page)  # type: ignore[attr-defined]
    at_once.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام في الإصلاح.")
    changed = head.post(back, {"reason": WHY, "shown": read})
    assert (changed.status_code, Fact.objects.filter(kind="letter_sent_back").exists()) == (409, False)
    assert "الإصلاح" in changed.content.decode()
    assert head.post(back, {"reason": WHY}).status_code == 302
