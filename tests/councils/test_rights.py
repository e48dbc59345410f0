"""Every right has somebody who holds it and something that asks for it, and qualities are weighed nowhere else."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from tadbir.councils.models import Quality
from tadbir.councils.rights import RIGHTS, Right, held_by, holders, table, words
from tadbir.law import REGIMES

TADBIR = Path(__file__).parents[2] / "tadbir"
#: Where a quality is named outside councils/, and why that is no right of its own.
SAID_OF_A_QUALITY = {
    "acts/power_proof.py": "by which power a paper was signed: the president by his own, any other under an order",
    "acts/signing.py": "what stands under a signature, by quality",
    "desk/actions/powers.py": "the president: his own orders wait for nobody, every change of powers is told him",
    "desk/forms/people.py": "which qualities belong to a unit, in the form of a role",
    "desk/office/delegations.py": "who is president today, whose orders the page records",
    "operations/actions.py": "the first role of an installation",
    "site/demo/people.py": "the invented people of a demonstration",
    "site/demo/stories/others.py": "the quality that waits for a second person in a demonstration",
}


def sources() -> dict[str, str]:
    """The code of Tadbir outside councils/rights.py, by path."""
    found = {str(path.relative_to(TADBIR)): path.read_text(encoding="utf-8") for path in TADBIR.rglob("*.py")}
    del found["councils/rights.py"]
    return found


def test_every_right_has_holders_and_no_holder_is_unknown() -> None:
    assert set(RIGHTS) == set(Right)
    for right in Right:
        assert holders(right), right
        assert holders(right) <= set(Quality), right


def test_every_right_is_asked_for_and_every_one_asked_for_exists() -> None:
    asked = {name for text in sources().values() for name in re.findall(r"\bRight\.([A-Z_]+)\b", text)}
    asked |= {regime.handled_by.upper() for regime in REGIMES.values() if regime.handled_by}
    assert asked == {right.name for right in Right}


def test_qualities_are_named_in_councils_and_where_the_list_says_why() -> None:
    named = {path for path, text in sources().items() if re.search(r"\bQuality\.[A-Z]", text)}
    outside = {path for path in named if not path.startswith("councils/")}
    assert outside == set(SAID_OF_A_QUALITY)


@pytest.mark.parametrize("quality", list(Quality))
def test_somebody_holds_the_rights_of_all_his_qualities(quality: Quality) -> None:
    assert held_by([]) == frozenset()
    assert held_by([quality]) == {right for right in Right if quality in holders(right)}
    assert held_by([quality, Quality.CLERK]) == held_by([quality]) | held_by([Quality.CLERK])
    assert held_by([str(quality)]) == held_by([quality])  # as a role keeps it


def test_every_right_has_words_of_its_own_in_both_languages() -> None:
    said = {}
    for language in ("ar", "fr"):
        with override(language):
            said[language] = [words(right) for right in Right]
        assert len(set(said[language])) == len(Right)
    assert all(re.search("[\u0621-\u064a]", text) for text in said["ar"])
    assert set(said["fr"]) & set(said["ar"]) == set()


def test_the_table_has_a_row_for_each_right_and_a_column_for_each_quality() -> None:
    rows = {row.right: row for row in table()}
    assert set(rows) == set(Right)
    clerk = list(Quality).index(Quality.CLERK)
    assert rows[Right.FILE_AT_COUNTER].held[clerk]
    assert not rows[Right.OVERSEE].held[clerk]
    for row in rows.values():
        assert [quality for quality, held in zip(Quality, row.held, strict=True) if held] == [
            quality for quality in Quality if quality in holders(row.right)
        ]
