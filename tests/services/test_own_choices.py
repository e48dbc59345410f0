"""An answer chosen in a question of the council's own is shown in words wherever it is read again."""

from typing import Any

import pytest
from django.db import DatabaseError

from tadbir.dossiers.models import Dossier
from tadbir.procedures.queries import current_sheet
from tadbir.services.forms import chosen
from tadbir.ui.typed import Typed
from tests import at_once as desk
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH
from tests.services.residents import LOAN, Resident, text

SEASON = {
    "code": "season",
    "type": "choice",
    "ar": "الفصل",
    "fr": "Saison",
    "choices": [{"code": "s1", "ar": "الصيف", "fr": "Été"}, {"code": "s2", "ar": "الشتاء", "fr": "Hiver"}],
}


@pytest.fixture
def asking(resident: Resident) -> Resident:
    """A council whose loan asks for a season, in words that no shipped sheet has."""
    office = resident.office
    sheet = current_sheet("equipment-loan")
    assert sheet is not None
    table: dict[str, Any] = {**sheet.body, "questions": [*sheet.body["questions"], SEASON]}
    draft = desk.correct_sheet(office.director, sheet, table)
    desk.adopt(
        office.president,
        draft,
        reference="مقرر رقم 13/2026",
        adopted_on=sheet.adopted_on,
        delay_days=60,
        cndp_reference="D-DEMO-1/2026",
    )
    return resident


@pytest.mark.parametrize("french", [False, True])
def test_in_what_was_typed_in_the_check_and_in_the_dossier(asking: Resident, french: bool) -> None:
    asking.french = french
    words = "Été" if french else "الصيف"
    draft = asking.begin(data=LOAN | {"q_season": "s1"})
    assert words in text(asking.get(f"request/{draft}/check/"))
    for code in BOTH:
        asking.attach(draft, code)
    shown = asking.client.read(asking.full(f"request/{draft}/check/"))  # type: ignore[attr-defined]
    asking.post(f"request/{draft}/", LOAN | {"q_season": "s2"})
    changed = asking.post(f"request/{draft}/check/", {"shown": shown})
    assert changed.status_code == 409
    assert words in text(changed)
    assert asking.send(draft).status_code == 302
    page = sign_in(asking.office.officer).get(
        address(asking.office.council, "office-dossier", Dossier.objects.get().number)
    )
    assert "الشتاء" in text(page)


def test_in_the_page_of_an_error_even_where_nothing_can_be_read(
    asking: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = Typed("/x/", [("q_season", "s1"), ("q_equipment", "tents")], [])
    assert typed.texts == ["الصيف", "خيام"]

    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(chosen, "_own", broken)
    assert typed.texts == ["s1", "خيام"], "a code is better than nothing"
