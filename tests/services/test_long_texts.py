"""What is too long is refused in words and stays as it was typed: nothing a person writes is cut."""

import copy
import html

import pytest
from django.core.exceptions import ValidationError

from tadbir.councils.actions.correcting import require_reason
from tadbir.councils.shown import Shown
from tadbir.desk.forms.letters import WordsForm
from tadbir.dossiers.models import Fact
from tadbir.services.forms.residents import LONGEST_KEPT
from tadbir.services.models import Draft
from tadbir.ui import forms
from tests.services.residents import LOAN, Resident, text
from tests.services.test_remedies import GRIEVANCE, refused

LONG = "لم يصلنا شيء " * 500


def test_a_remedy_that_is_too_long_is_not_recorded_and_comes_back_whole(resident: Resident) -> None:
    number, _code = refused(resident)
    address = f"follow/{number}/{GRIEVANCE}"
    page = resident.get(address)
    assert "أقصى عدد للحروف: 3000" in text(page)
    assert "maxlength" not in page.content.decode()
    sent = resident.post(address, {"key": "a" * 32, "text": LONG})
    assert sent.status_code == 422
    assert LONG in html.unescape(sent.content.decode())
    assert "هذا النص طويل جدا" in text(sent)
    assert not Fact.objects.filter(kind="grievance_filed").exists()
    fits = ("لم يصلنا شيء " * 230).strip()
    assert resident.post(address, {"key": "a" * 32, "text": fits}).status_code == 302
    assert Fact.objects.get(kind="grievance_filed").words["text"] == fits, "whole"


@pytest.mark.parametrize("begun", [False, True])
def test_a_request_keeps_what_is_too_long_for_its_field_and_refuses_what_no_draft_takes(
    resident: Resident, begun: bool
) -> None:
    address = f"request/{resident.begin()}/" if begun else "services/equipment-loan/request/"
    kept = resident.post(address, LOAN | {"q_purpose": LONG})
    assert kept.status_code == 302
    assert LONG in html.unescape(resident.get(kept["Location"]).content.decode())
    draft = Draft.objects.latest("pk")
    huge = "x" * (LONGEST_KEPT + 1)
    for more in ({}, {"in": "fr"}):
        page = resident.post(kept["Location"].partition("?")[0], LOAN | {"q_purpose": huge} | more)
        assert page.status_code == 422
        assert huge in page.content.decode()
    draft.refresh_from_db()
    assert draft.answers["q_purpose"] == LONG, "what is not kept changes nothing"
    fresh = resident.post("services/equipment-loan/request/", LOAN | {"q_purpose": huge})
    assert (fresh.status_code, huge in fresh.content.decode()) == (422, True)
    assert Draft.objects.count() == 1


def test_the_reason_of_a_correction_is_kept_whole_or_refused() -> None:
    assert require_reason(f" {'x' * 300} ") == "x" * 300
    with pytest.raises(ValidationError):
        require_reason("x" * 301)


def test_no_field_of_any_form_cuts_what_is_written_in_it() -> None:
    """Every form of the house, as its page draws it; what a form makes for itself passes the same place."""
    made = [one for one in _forms(forms.Form) if one.__module__.startswith("tadbir.")]
    assert len(made) > 40
    for one in made:
        for name, field in one.base_fields.items():
            if isinstance(field, forms.CharField):
                probe = forms.Form()
                probe.add(name, copy.deepcopy(field))
                assert "maxlength" not in str(probe[name]), f"{one.__name__}.{name}"
    letter = WordsForm(shown=Shown("", ()), words={"reason": "x", "to": "y"})
    assert "maxlength" not in str(letter)


def _forms(root: type[forms.Form]) -> list[type[forms.Form]]:
    return [one for child in root.__subclasses__() for one in (child, *_forms(child))]
