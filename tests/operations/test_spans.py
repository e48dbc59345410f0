"""How long until something, or since: words, in the language of the terminal, and never a count below nothing."""

import pytest
from django.utils.translation import override

from tadbir.operations import spans


@pytest.mark.parametrize(
    ("days", "arabic", "french"),
    [
        (0, "الانتهاء اليوم", "expire aujourd’hui"),
        (2, "الانتهاء بعد يومين", "expire dans 2 jours"),
        (1095, "الانتهاء بعد 1095 يوما", "expire dans 1095 jours"),
        (-1, "انتهت المدة منذ يوم واحد", "expiré depuis 1 jour"),
        (-366, "انتهت المدة منذ 366 يوما", "expiré depuis 366 jours"),
    ],
)
def test_what_ends_or_ended(days: int, arabic: str, french: str) -> None:
    with override("ar"):
        assert spans.until(days) == arabic
    with override("fr"):
        assert spans.until(days) == french


@pytest.mark.parametrize(
    ("seconds", "arabic", "french"),
    [
        (95, "منذ دقيقة واحدة", "il y a 1 minute"),
        (180, "منذ 3 دقائق", "il y a 3 minutes"),
        (3 * spans.HOUR, "منذ 3 ساعات", "il y a 3 heures"),
        (2 * spans.DAY + 5, "منذ يومين", "il y a 2 jours"),
        (1461 * spans.DAY, "منذ 1461 يوما", "il y a 1461 jours"),
    ],
)
def test_how_long_ago(seconds: float, arabic: str, french: str) -> None:
    with override("ar"):
        assert spans.ago(seconds) == arabic
    with override("fr"):
        assert spans.ago(seconds) == french
