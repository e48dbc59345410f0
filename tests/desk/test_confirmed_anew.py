"""No confirmation survives a change of what is shown: its tick comes back off, whatever the page."""

import re
from collections.abc import Iterator

import pytest
from django.forms import BooleanField

from tadbir.councils.clock import simulated
from tadbir.councils.shown import Line, Shown
from tadbir.desk.papers import answer_being_prepared
from tadbir.desk.verbs import DeskForm
from tadbir.services.actions import file_request
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

#: Ticks that say what is so, and confirm nothing of what the page displays: typed once, they stay.
SAID = {"urgent", "unreasoned", "without_mail", "again", "early", "original"}


def kinds(of: type = ConfirmingForm) -> Iterator[type]:
    """Every form that confirms what its page displays."""
    for one in of.__subclasses__():
        yield one
        yield from kinds(one)


def test_every_tick_of_a_form_that_confirms_is_a_confirmation_or_says_what_is_so() -> None:
    found = {
        name: field
        for kind in kinds()
        if kind.__module__.startswith("tadbir.")
        for name, field in kind.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field, BooleanField)
    }
    assert {name for name, field in found.items() if not isinstance(field, forms.ConfirmField)} <= SAID
    assert {"read", "sure", "seen", "unread", "other_sense"} <= set(found)
    assert DeskForm in set(kinds())


class Order(ConfirmingForm):
    """A form with what confirms, and what does not."""

    read = forms.ConfirmField()
    answer = forms.ConfirmChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    early = forms.BooleanField(required=False)


@pytest.mark.parametrize("before", ["other", None])
def test_a_tick_comes_back_off_where_something_else_is_shown(before: str | None) -> None:
    now = Shown("letter", [Line("body", "The letter", "new")])
    old = Shown("letter", [Line("body", "The letter", before)]).token if before else ""
    form = Order({"read": "on", "answer": "yes", "early": "on", "shown": old}, shown=now)
    assert not form.is_valid()
    assert (form["read"].value(), form["answer"].value(), form["early"].value()) == (None, None, True)
    assert "checked" not in str(form["read"]) + str(form["answer"])
    assert 'data-confirms=""' in str(form["read"])  # the script of the page brings no tick back
    assert "data-confirms" not in str(form["early"])


def test_a_tick_stays_where_the_same_is_shown() -> None:
    now = Shown("letter", [Line("body", "The letter", "same")])
    form = Order({"read": "on", "answer": "", "shown": now.token}, shown=now)
    assert not form.is_valid()
    assert "checked" in str(form["read"])


def test_the_signatory_who_was_overtaken_ticks_again(office: Office) -> None:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    at_once.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "محجوزة.")
    draft = answer_being_prepared(dossier)
    assert draft
    president, page = sign_in(office.president), address(office.council, "office-signing-letter", draft.pk)
    read = president.read(page)  # type: ignore[attr-defined]
    with simulated(at("2026-12-01 11:20")):
        at_once.draft_outcome(dossier, office.head, "granted", "تعار الخيام.")
        refused = president.post(page, {"read": "on", "shown": read})
    tick = re.search(r'<input[^>]*name="read"[^>]*>', refused.content.decode())
    assert tick
    assert (refused.status_code, "checked" in tick[0]) == (409, False)
