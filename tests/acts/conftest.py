"""A council with a president, a vice-president with a delegation, and somebody without power; a seal key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tadbir.acts.documents import canonical, cose, pdf, pki, seal

MOMENT = datetime(2026, 12, 1, 9, 42, 10, tzinfo=UTC)
BASE = "https://nakhil.example.ma/nakhil"


@dataclass
class Chain:
    """A seal key and what verifiers know of it."""

    key: pki.SealKey
    known: pki.KnownKey

    def message(self, document: dict[str, Any]) -> bytes:
        """The COSE seal of a document."""
        return cose.sign(cose.claims_of(document, canonical.digest(document)), self.key.private)

    def render(self, document: dict[str, Any], paper: str = "a4") -> bytes:
        """The unsealed PDF."""
        return pdf.render(document, message=self.message(document), base=BASE, paper=paper)

    def sealed(self, document: dict[str, Any], paper: str = "a4") -> bytes:
        """The sealed PDF."""
        return seal.seal(self.render(document, paper), self.key, MOMENT)


def known_key(folder: Path, key: pki.SealKey, council: str = "OED") -> pki.KnownKey:
    """The public line of a key, through JSON as the verifier reads it."""
    line = pki.KnownKey(
        key.kid, council, (folder / f"seal-{key.kid}.cert.pem").read_text(), (folder / "root.cert.pem").read_text()
    )
    return pki.KnownKey.from_json(line.to_json())


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    """A demonstration key."""
    folder = tmp_path_factory.mktemp("keys") / "nakhil"
    made = pki.make_keys(folder, "Conseil provincial de Nakhil", datetime(2026, 11, 1, tzinfo=UTC), demo=True)
    return Chain(made, known_key(folder, pki.load_key(folder, made.kid)))


@dataclass
class People:
    """Who may sign what."""

    council: Any
    president: Any
    deputy: Any  # a vice-president with a delegation for letters, 1 January to 30 June 2026 and from 1 November
    clerk: Any


@pytest.fixture
def people(db: None, tmp_path: Path, settings: Any) -> Iterator[People]:
    """The council at 1 December 2026."""
    from tadbir.councils import actions as councils
    from tadbir.councils.clock import simulated
    from tadbir.councils.models import Quality
    from tadbir.councils.scope import council_scope

    settings.HOME = tmp_path
    since = date(2026, 1, 1)
    with simulated(MOMENT):
        council = councils.create_council("12.391", demo=True)
        with council_scope(council):

            def person(ar: str, fr: str, quality: str) -> Any:
                made = councils.create_person(ar, fr)
                councils.give_role(made, quality, since)
                return made

            made = People(
                council,
                person("سعاد المنصوري", "Souad Mansouri", Quality.PRESIDENT),
                person("يوسف العلمي", "Youssef El Alami", Quality.VICE_PRESIDENT),
                person("خديجة أمزيل", "Khadija Amzil", Quality.CLERK),
            )
            councils.delegate(made.president, made.deputy, ["letter"], "3/2026", since, date(2026, 6, 30))
            councils.delegate(made.president, made.deputy, ["letter"], "9/2026", date(2026, 11, 1))
            yield made
