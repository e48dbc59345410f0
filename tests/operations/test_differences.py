"""What a proof found is said in the language of the reader: each sentence that a proof can say."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

import tadbir
from tadbir.operations.differences import in_words

LINES = {
    "act R-2026-00066: stands under no link": "acte R-2026-00066: n’a aucun maillon",
    "role 5: quality is 'director', the register says 'clerk' (link 12 of 2026-12-01 10:00)": (
        "qualité 5: la qualité est 'director', le registre dit 'clerk' "
        "(modifié après le maillon 12 du 2026-12-01 10:00)"
    ),
    "fact 7 of D-2026-00001 (filed): its words were changed": (
        "fait 7 de D-2026-00001 (filed): ses mots ont été changés"
    ),
    "dossier D-2026-00001: do_by of its duty PROC-ASK:1 is 2030-01-01, its facts give 2027-01-04": (
        "le dossier D-2026-00001: le dernier jour de son délai PROC-ASK:1 est 2030-01-01, ses faits donnent 2027-01-04"
    ),
    "witness of 2026-12-01: link 9 with head abc is not in the chain any more": (
        "témoin du 2026-12-01: le maillon 9 de tête abc n’est plus dans la chaîne"
    ),
    "series 5: colour is 1, the register says 2": "series 5: colour est 1, le registre dit 2",
    "something new: that nobody translated": "something new: that nobody translated",
    "no colon": "no colon",
}


@pytest.mark.parametrize("line", LINES)
def test_a_difference_is_said_in_french_and_in_arabic(line: str) -> None:
    with translation.override("fr"):
        assert in_words(line) == LINES[line]
    with translation.override("ar"):
        said = in_words(line)
    known = line != LINES[line]
    assert bool(re.search("[\u0621-\u064a]", said.partition(": ")[2])) is known
    assert all(value in said for value in re.findall(r"[A-Z]-?\d{4}-\d+|'\w+'", line)), "values stay as they are"


def test_what_a_proof_yields_of_a_few_words_is_known() -> None:
    """The sentences without values, read from the proofs themselves."""
    said = set()
    for path in Path(tadbir.__file__).parent.glob("*/proofs.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "differs" and len(node.args) > 1:
                why = node.args[1]
                if isinstance(why, ast.Constant):
                    said.add(why.value)
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Constant):
                said.add(node.value.value)
    assert len(said) > 12
    with translation.override("fr"):
        unknown = [why for why in sorted(said) if in_words(f"x 1: {why}") == f"x 1: {why}"]
    assert unknown == []
