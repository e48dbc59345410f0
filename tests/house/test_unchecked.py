"""What is recorded without asking the law says why, beside it."""

import re
from pathlib import Path

TADBIR = Path(__file__).parents[2] / "tadbir"
#: Of a program that is run, not of what is recorded.
RUN = {"reading/apart.py", "operations/restoring.py", "acts/documents/apart.py"}


def _unsaid(file: Path) -> list[str]:
    """The places of a file that skip the law, with no comment in the lines of their block above them."""
    lines = file.read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(lines):
        if re.search(r"\bcheck=False\b", line):
            block = [line]
            for above in reversed(lines[max(0, number - 6) : number]):
                block.append(above)
                if not above.strip() or "#" in above:
                    break
            if not any("#" in one for one in block):
                found.append(f"{file.name}:{number + 1}")
    return found


def test_whatever_is_recorded_without_the_law_says_why() -> None:
    files = {str(file.relative_to(TADBIR)): file for file in TADBIR.rglob("*.py")}
    unsaid = [one for name, file in files.items() if name not in RUN for one in _unsaid(file)]
    assert not unsaid, f"say in a comment why the law is not asked there: {unsaid}"
    assert any("check=False" in file.read_text() for name, file in files.items() if name not in RUN), "it reads them"
