"""`init` reads every answer when it is given: a wrong one is a sentence, and nothing is made."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tadbir.operations import answers, archive, certificates, installing, restoring
from tests.operations.installation import CODE, Installation, Server, free_port

MOMENT = datetime(2026, 12, 1, tzinfo=UTC)
WHO = ("--council", CODE, "--email", "admin@oed.example", "--name", "أنس الرامي")


@pytest.mark.parametrize(
    "words",
    [
        ("--host", "bad host/"),
        ("--host", "https://tadbir.example"),
        ("--host", "tadbir.example:8443"),
        ("--host", "tadbir.example", "--port", "0"),
        ("--host", "tadbir.example", "--port", "99999"),
        ("--host", "tadbir.example", "--port", "x"),
        ("--host", "tadbir.example", "--email", "admin"),
        ("--host", "tadbir.example", "--name", "12"),
        ("--host", "tadbir.example", "--council", "99.999"),
        ("--host", "tadbir.example", "--witness", "nobody"),
        ("--host", "tadbir.example", "--certificate", "/nothing.pem", "--key", "/nothing.pem"),
        ("--host", "tadbir.example", "--certificate", "text.txt"),
        ("--host", "tadbir.example", "--certificate", "text.txt", "--key", "text.txt"),
        ("--host", "tadbir.example", "--database-url", "postgresql://u:p@h:port/x"),
        ("--host", "tadbir.example", "--database-url", "sqlite"),
        ("--url", "tadbir.example"),
        ("--url", "https://tadbir.example/path"),
    ],
)
def test_a_wrong_answer_is_a_sentence_and_nothing_is_made(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TADBIR_HOME", "")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    (tmp_path / "text.txt").write_text("a text", "utf-8")
    with pytest.raises(SystemExit) as stopped:
        installing.main(["--folder", str(tmp_path / "made"), *WHO, *words])
    assert stopped.value.code == 2
    told = capsys.readouterr()
    assert told.err.strip()
    assert "Traceback" not in told.err
    assert not (tmp_path / "made").exists()


def test_on_a_terminal_a_wrong_answer_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["oued-ed-dahab", "admin", "admin@oed.example", "", "أنس الرامي", "bad host/", "tadbir.example"])
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    options = installing.parser().parse_args([])
    installing.ask(options)
    found = (options.council, options.email, options.name, options.host)
    assert found == (CODE, "admin@oed.example", "أنس الرامي", "tadbir.example")
    assert "bad host/" in capsys.readouterr().err
    assert next(typed, None) is None


def test_whoever_ends_the_questions_has_made_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(_question: str) -> str:
        raise EOFError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TADBIR_HOME", "")
    monkeypatch.setattr("builtins.input", ended)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as stopped:
        installing.main(["--folder", str(tmp_path / "made")])
    assert (stopped.value.code, "n’ont pas toutes" in capsys.readouterr().err) == (2, True)
    assert not (tmp_path / "made").exists()
    with pytest.raises(SystemExit) as stopped:
        restoring.believe("", "AAAA-BBBB")
    told = capsys.readouterr()
    assert (stopped.value.code, "--signer" in told.err, "AAAA" in told.err + told.out) == (2, True, False)


@pytest.mark.parametrize(("typed", "believed"), [("aaaa bbbb", True), ("", False), ("oui", False), ("BBBB", False)])
def test_the_line_of_a_backup_is_typed_and_not_nodded_at(
    monkeypatch: pytest.MonkeyPatch, typed: str, believed: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    if believed:
        restoring.believe("", "AAAA-BBBB")
    else:
        with pytest.raises((SystemExit, archive.Corrupted)) as refused:
            restoring.believe("", "AAAA-BBBB")
        assert "AAAA" not in str(refused.value)
    assert len(asked) == 1
    assert "AAAA" not in asked[0]


def test_a_certificate_must_be_one_that_browsers_take(tmp_path: Path) -> None:
    certificates.make_authority(tmp_path, "oued-ed-dahab", MOMENT)
    certificates.make_server_certificate(tmp_path, ["tadbir.example", "192.168.1.10"], MOMENT)
    certificate, key = tmp_path / "server.crt", tmp_path / "server.key"
    for host in ("tadbir.example", "192.168.1.10"):
        assert certificates.unfit(certificate, key, host, MOMENT) == ""
    for wrong, why in (
        ((certificate, tmp_path / "ca.key", "tadbir.example", MOMENT), "ca.key"),
        ((certificate, key, "other.example", MOMENT), "tadbir.example"),
        ((certificate, key, "tadbir.example", MOMENT + timedelta(days=900)), "2029"),
        ((key, key, "tadbir.example", MOMENT), "server.key"),
        ((certificate, certificate, "tadbir.example", MOMENT), "server.crt"),
    ):
        assert why in certificates.unfit(*wrong)


def test_serve_listens_where_init_was_told(tmp_path: Path) -> None:
    home, port = Installation(tmp_path / "home"), free_port()
    link = home.init("--no-https", "--port", str(port))
    assert link.startswith(f"http://localhost:{port}/")
    assert tomllib.loads((home.folder / "tadbir.toml").read_text("utf-8"))["port"] == port
    with Server(home, "--workers", "1", "--no-queue", port=port, said=False) as server:
        server.wait_ready()
        assert f"http://localhost:{port}/" in server.log.read_text("utf-8")
        assert server.stop() == 0


@pytest.mark.parametrize(
    ("words", "printed", "https", "port"),
    [
        ((), "https://tadbir.example:8443", True, 8443),
        (("--port", "443"), "https://tadbir.example", True, 443),
        (("--no-https",), "http://tadbir.example:8000", False, 8000),
        (("--no-https", "--port", "80"), "http://tadbir.example", False, 80),
        (("--url", "https://services.example"), "https://services.example", True, 8000),
    ],
)
def test_one_source_says_host_port_and_address(words: tuple[str, ...], printed: str, https: bool, port: int) -> None:
    options = installing.parser().parse_args(["--host", "tadbir.example", *words])
    own = installing.settings_of(options)
    assert (own["printed_base_url"], own["https"], own["port"]) == (printed, https, port)


@pytest.mark.parametrize("written", ["0", "-1", "65536", "8443a", "", "٨٤٤٣x"])
def test_ports(written: str) -> None:
    with pytest.raises(answers.Wrong):
        answers.port(written)
