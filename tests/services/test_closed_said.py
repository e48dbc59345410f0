"""Whoever closes a dossier reads that it is closed; whoever is asked for its code again reads the true reason."""

from tadbir.desk import actions as desk_actions
from tadbir.dossiers.models import Dossier
from tests.factories import BOTH
from tests.services.residents import Resident, text


def test_a_closed_dossier_is_said_to_be_closed_and_why_its_code_is_asked(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    copy = Resident(resident.office)
    assert copy.post("follow/", {"number": number, "code": code}).status_code == 302
    stranger = Resident(resident.office)
    assert "ساعتين" in text(stranger.get(f"follow/{number}/"))
    closed = resident.post("follow/close/")
    assert "أُغلق ما كان مفتوحا هنا" in text(resident.get(closed["Location"]))
    assert "أُغلق ما كان مفتوحا هنا" not in text(resident.get("follow/"))
    again = text(resident.get(f"follow/{number}/"))
    assert ("هذا الهاتف أو الحاسوب أُغلق" in again, "ساعتين" in again) == (True, False)
    dossier = Dossier.objects.get()
    desk_actions.change_code(dossier, resident.office.clerk, "known", "passport")
    changed = text(copy.get(f"follow/{number}/"))
    assert ("غُيّر رمز هذا الملف" in changed, "ساعتين" in changed) == (True, False)
