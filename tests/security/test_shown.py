"""Every address that writes confirms what its page displayed, or stands here with the reason why it need not."""

import copy

import pytest
from django.db import transaction
from django.urls import reverse, set_script_prefix
from django.utils.translation import gettext as _

from tadbir.councils.rights import Right
from tadbir.desk.matter import matters
from tadbir.desk.verbs import DeskForm
from tadbir.ui.confirming import ConfirmingForm
from tests.security.door import HELD, Door, Key
from tests.security.doors import ACCOUNTS, ANYBODYS, OFFICE
from tests.security.world import World

#: Why an address that writes says nothing of what its page displayed.
UNBOUND = {
    "office-reach": "acts on one notice by its row; one that reached its person meanwhile refuses it",
    "office-opinion": "answers one question by its row, which never changes; a question struck out refuses it",
    "office-scan": "adds a file to one document by its row; a document that has one refuses it",
    "office-answer-scan": "adds the scan of one act, once; its text never changes",
    "office-letter-drop": "gives up one draft with a reason; one that was signed meanwhile refuses it",
    "office-do": "the engine of the verbs: each of their forms is bound (the test below)",
    "office-blocks": "numbers a new block; nothing that stood before changes",
    "office-block": "names each unused number with its reason; another one used meanwhile makes the form invalid",
    "office-register-print": "adds a scan beside the others to a print whose lines never change",
    "office-register-scan-withdraw": "takes one scan away with a reason; one that was taken away meanwhile refuses it",
    "office-new-person": "adds somebody; nothing that stood before changes",
    "office-close-account": "ends every session, whichever the page knew of; a new link undoes it",
    "office-enrolment": "makes a link that ends the older ones, whatever the page says",
    "office-units": "adds a unit; nothing that stood before changes",
    "office-sheets": "takes a sheet that the council does not have; one it has refuses it",
    "verify": "reads a number and a code",
    "request-resume": "reads the code of a draft",
    "request-documents": "adds documents to a draft; the last step displays them all, and is bound",
    "request-attach": "adds one document to a draft; the last step displays them all, and is bound",
    "request-remove": "takes one document out of a draft; the last step displays what is left, and is bound",
    "request-close": "keeps what was typed in the first step, bound as there, and changes the code of the draft",
    "follow": "reads a number and a code",
    "follow-close": "closes what this browser opened, once it is known what becomes of what was typed",
    "dossier-supply": "adds the one document that is waited for",
    "dossier-answer": "answers the one question that waits; none refuses it",
    "dossier-remedy": "a right of the person, whatever happened meanwhile: the law alone says whether it is open",
    "dossier-support": "adds a document to the remedy that waits",
    "dossier-reasons": "a right of the person, whatever happened meanwhile: the law alone says whether it is open",
    "api:follow": "reads a number and a code",
}
#: Where a form that says nothing needs its other fields first: what they are.
NEEDED = {
    "office-registers": {"register": "requests", "year": "2026", "part": "year"},
    "office-answer": {"sense": "granted"},
}


def writing() -> list[tuple[str, Door]]:
    """Every address that takes what somebody sends, of those that exist."""
    found = [(name, door) for name, door in (*OFFICE, *ANYBODYS) if door.write and door.post not in (404, 410)]
    return [*found, ("office-do", dict(OFFICE)["office-do"])]


BOUND = [(name, door) for name, door in writing() if name not in UNBOUND]


def test_every_address_that_writes_is_bound_or_says_why_not() -> None:
    names = {name for name, _door in writing()}
    assert set(UNBOUND) <= names, "a reason for an address that writes no more"
    assert len(BOUND) > 20
    assert not {name for name, _door in ACCOUNTS} & names  # pages of one's own account: nobody else changes them


def _who(door: Door) -> str:
    """Somebody who may write there."""
    if isinstance(door.write, Right):
        return next(who for who in HELD[door.write].split() if who not in door.beyond)
    return {Key.AGENT: "officer", Key.CODE: "holder"}.get(door.write, "visitor")  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "door"), BOUND, ids=[name for name, _door in BOUND])
def test_what_does_not_say_what_it_displayed_does_nothing(world: World, name: str, door: Door, quiet: None) -> None:
    set_script_prefix("/")
    browser = world.browsers[_who(door)]
    path = (
        f"/{world.office.council.slug}{reverse(name, args=[world.values.get(one, one) for one in door.args.split()])}"
    )
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        answer = browser.post(path, {"shown": "", **NEEDED.get(name, {})})
        html = answer.content.decode()
        transaction.set_rollback(True)
    browser.cookies = cookies
    said = _("This page did not say what it displayed: read it again, then confirm.")
    assert (answer.status_code, said in html, 'name="shown"' in html) == (422, True, True)


def test_every_verb_is_bound_to_its_dossier() -> None:
    forms = {verb.code: verb.form for matter in matters() for verb in matter.verbs}
    assert len(forms) > 15
    assert [code for code, form in forms.items() if not issubclass(form, DeskForm)] == []
    assert issubclass(DeskForm, ConfirmingForm)
