"""A machine that cannot write says so, to the person and to whoever watches it."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client

from tadbir.site import queries
from tests.factories import Office


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OperationalError("database or disk is full"), 503, "لا يستطيع حاسوب المجلس التسجيل الآن"),
        (OSError(28, "No space left on device"), 503, "La machine du conseil ne peut rien enregistrer pour l’instant"),
        (OperationalError("no such table: dossiers_fact"), 500, ""),
        (KeyError("x"), 500, ""),
    ],
)
def test_a_full_disk_is_no_fault_of_the_program(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, said: str
) -> None:
    def broken(*_words: object) -> None:
        raise error

    monkeypatch.setattr("tadbir.site.public.services_named", broken)
    answer = Client(raise_request_exception=False).get(f"/{office.council.slug}/")
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("300" if status == 503 else None)
    if status == 503:
        assert said in answer.content.decode()
    assert "No space" not in answer.content.decode()


def test_health_says_when_nothing_could_be_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/health").json() == {"status": "ok"}
    monkeypatch.setattr(queries.shutil, "disk_usage", lambda _where: SimpleNamespace(free=1000))
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "disk"})
    monkeypatch.undo()

    def refused(**_words: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(queries.tempfile, "TemporaryFile", refused)
    assert Client().get("/health").status_code == 503
