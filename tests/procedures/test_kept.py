"""A version of a service that a process read once is the one that stands: whatever changes it is seen at once."""

import pytest

from tadbir.councils import actions as councils
from tadbir.councils.powers import unit_shown
from tadbir.procedures.queries import kept_version
from tests import at_once
from tests.factories import Office, adopted_loan

pytestmark = pytest.mark.postgres


def test_what_changes_a_sheet_or_its_unit_is_seen_where_it_is_kept(office: Office) -> None:
    sheet = adopted_loan(office)
    kept = kept_version(sheet.pk)
    assert kept is not None
    assert kept is kept_version(sheet.pk)
    assert (kept.status, kept.unit.name_ar) == ("adopted", sheet.unit.name_ar)
    shown = unit_shown(sheet.unit).token
    councils.rename_unit(sheet.unit, "مصلحة أخرى", "Autre service", None, "خطأ", by=office.director, shown=shown)
    renamed = kept_version(sheet.pk)
    assert renamed is not None
    assert renamed.unit.name_ar == "مصلحة أخرى"
    draft = at_once.correct_sheet(office.director, sheet, sheet.body)
    found = kept_version(draft.pk)
    assert found is not None
    assert (found.status, found.version) == ("draft", draft.version)
    assert kept_version(None) is None
