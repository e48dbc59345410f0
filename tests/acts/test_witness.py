"""What a printed head says of a register: under a seal that holds only, and not against one that was restored."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from tadbir.acts import actions
from tadbir.acts.documents import pdf, pki, verify
from tadbir.councils.clock import simulated
from tadbir.operations.actions import mark_restored
from tests.acts import samples
from tests.acts.conftest import MOMENT, Chain, People, known_key
from tests.acts.made import issued

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def sealed(chain: Chain) -> bytes:
    """A sealed receipt."""
    return chain.sealed(samples.receipt_complete(), "a5")


def test_a_head_witnesses_only_under_a_seal_that_holds(chain: Chain, sealed: bytes, tmp_path: Path) -> None:
    made = pki.make_keys(tmp_path / "k", "Conseil provincial de Rimal", MOMENT - timedelta(days=9), demo=False)
    borrowed = pki.KnownKey(chain.known.kid, "RIM", chain.known.certificate, chain.known.root)
    alone = pdf.attachments(sealed)["act.json"]
    for data, key in ((sealed, known_key(tmp_path / "k", made, "RIM")), (sealed, borrowed), (alone, chain.known)):
        report = verify.verify(data, [key], lambda head, claims: pytest.fail("a register was asked"))
        assert "réécrit" not in verify.as_text(report, "fr")
        assert "sous un cachet valide" in verify.as_text(report, "fr")


def test_an_unknown_key_leaves_nothing_of_the_library_on_the_terminal(
    sealed: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = pki.make_keys(tmp_path / "k", "Conseil provincial de Rimal", MOMENT - timedelta(days=9), demo=False)
    report = verify.verify(sealed, [known_key(tmp_path / "k", made, "RIM")])
    assert (report.undecided, caplog.records) == (True, [])


def test_a_paper_from_after_the_backup_is_no_forgery(chain: Chain, sealed: bytes) -> None:
    report = verify.verify(sealed, [chain.known], lambda head, claims: date(2026, 11, 3))
    assert report.good
    text = verify.as_text(report, "fr")
    assert "[?] Le registre a été restauré à partir de la sauvegarde du 2026-11-03" in text
    assert "réécrit" not in text
    assert "استُرجع السجل من النسخة الاحتياطية ليوم 2026-11-03" in verify.as_text(report, "ar")


class Lost(Exception):
    """What came after the backup is gone."""


def lost_paper(people: People, path: Path, hours: int) -> Path:
    """A genuine paper, issued so many hours later by a register that lost it, and its newest link, since."""
    with simulated(MOMENT + hours * HOUR):
        try:
            with transaction.atomic():
                issued(people)
                path.write_bytes(actions.pdf_of(issued(people)).path.read_bytes())
                raise Lost
        except Lost:
            return path


def test_the_register_tells_what_a_restore_lost_from_what_was_cut(
    people: People, tmp_path: Path, capsys: Any, settings: Any
) -> None:
    issued(people)
    between, after = lost_paper(people, tmp_path / "between.pdf", 2), lost_paper(people, tmp_path / "after.pdf", 6)
    for paper in (between, after):  # nobody restored anything: links were cut away
        with pytest.raises(SystemExit):
            call_command("verify", str(paper), "--language", "fr")
        assert "[X] La tête imprimée n’est plus dans la chaîne" in capsys.readouterr().out
    with simulated(MOMENT + 4 * HOUR):
        taken = (MOMENT + HOUR).isoformat()
        mark_restored(people.council, {"taken_at": taken, "signer": "x"})
    call_command("verify", str(between), "--language", "fr")
    text = capsys.readouterr().out
    assert f"restauré à partir de la sauvegarde du {MOMENT:%Y-%m-%d}" in text
    assert "le document est authentique" in text.splitlines()[-1]
    with pytest.raises(SystemExit):
        call_command("verify", str(after), "--language", "fr")
    assert "réécrit ou amputé" in capsys.readouterr().out
    settings.DRILL = True
    call_command("verify", str(after), "--language", "fr")
    assert "réécrit ou amputé" not in capsys.readouterr().out
