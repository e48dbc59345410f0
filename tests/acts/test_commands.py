"""`tadbir verify` and `tadbir keys`, as typed."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from tadbir.acts import actions, commands, queries
from tadbir.acts.models import SealKey
from tests.acts.conftest import People
from tests.acts.made import issued


@pytest.fixture
def files(people: People, tmp_path: Path) -> dict[str, Path]:
    """A sealed receipt in its four forms, a changed one, and the council's key list."""
    act = issued(people)
    sealed = actions.pdf_of(act).path.read_bytes()
    picture = io.BytesIO()
    pypdfium2.PdfDocument(sealed)[0].render(scale=150 / 72).to_pil().save(picture, "PNG")
    made = {
        "pdf": sealed,
        "bad.pdf": sealed[:30_000] + bytes([sealed[30_000] ^ 1]) + sealed[30_001:],
        "png": picture.getvalue(),
        "json": act.json,
        "keys.json": json.dumps(queries.key_list()).encode(),
        "blank.png": b"\x89PNG\r\n",
    }
    paths = {}
    for name, content in made.items():
        paths[name] = tmp_path / f"act.{name}"
        paths[name].write_bytes(content)
    return paths


def test_verify_without_any_installation(files: dict[str, Path], capsys: Any) -> None:
    keys = ["--keys", str(files["keys.json"])]
    assert commands.main([str(files["pdf"]), *keys]) == 0
    assert "النتيجة: الوثيقة سليمة." in capsys.readouterr().out
    assert commands.main([str(files["png"]), "--language", "fr", *keys]) == 0
    assert "Sans connexion" in capsys.readouterr().out
    assert commands.main([str(files["pdf"])]) == 2  # no key to judge by
    assert commands.main([str(files["bad.pdf"]), *keys]) == 1
    assert commands.main([str(files["json"]), *keys]) == 1  # data alone carries no seal
    assert commands.main([str(files["pdf"]) + "x", *keys]) == 2
    assert commands.main([str(files["pdf"]), "--keys", str(files["json"])]) == 2
    assert commands.main([str(files["blank.png"]), *keys]) == 2


def test_verify_asks_the_register(files: dict[str, Path], capsys: Any, monkeypatch: Any) -> None:
    call_command("verify", str(files["pdf"]), "--language", "fr")
    assert "La tête imprimée est dans la chaîne" in capsys.readouterr().out
    monkeypatch.setattr(queries, "is_in_chain", lambda head: False)  # a register rewritten since then
    with pytest.raises(SystemExit):
        call_command("verify", str(files["pdf"]), "--language", "fr")
    assert "réécrit ou amputé" in capsys.readouterr().out


def test_keys(people: People, capsys: Any) -> None:
    slug = people.council.slug
    call_command("keys", slug, "--make", stdout=sys.stdout)
    kid = SealKey.objects.get().kid
    assert kid in capsys.readouterr().out
    with pytest.raises(CommandError, match="--reason"):
        call_command("keys", slug, "--revoke", kid)
    call_command("keys", slug, "--revoke", kid, "--reason", "ضياع", "--make", stdout=sys.stdout)
    assert SealKey.objects.count() == 2
    assert "سحب في" in capsys.readouterr().out
    with pytest.raises(CommandError, match="nowhere"):
        call_command("keys", "nowhere")


_LIGHT = """
import sys, tadbir, django
django.setup()
from tadbir.acts import actions, commands, keys, public, queries
heavy = {"typst", "pikepdf", "pyhanko", "zxingcpp", "asn1crypto", "cbor2"} & set(sys.modules)
print(sorted(heavy))
"""


def test_a_worker_at_rest_carries_no_heavy_library() -> None:
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE=os.environ.get("DJANGO_SETTINGS_MODULE", "tests.settings"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _LIGHT], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
