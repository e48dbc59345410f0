"""What the repository says of itself: reasons of dependencies, commands that exist, no trace of a machine."""

from __future__ import annotations

import re
import subprocess

from tests.house.reading import ROOT

MOST_PACKAGES = 60
COMMAND = re.compile(r"\bmake ([a-z][a-z-]+)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)|<img [^>]*src=\"([^\"]+)\"")
# Where a line of the repository could only come from the machine or the way it was written on.
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|tmp|home/\w+|Users/\w+)/")
WRITTEN_BY = re.compile(r"\b(?:Claude|Anthropic|ChatGPT|Copilot|LLM|Co-Authored-By)\b", re.IGNORECASE)
ADDRESS = re.compile(r"\b(?:https?|git\+\w+|file)://(?!localhost|127\.0\.0\.1|\[::1\])", re.IGNORECASE)
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|--registry")


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def requirements(text: str) -> list[str]:
    """The lines of a requirements file that name a package."""
    return [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]


def without_reason(text: str) -> list[str]:
    return [line for line in requirements(text) if not re.search(r"\s#\s+\S+\s+\S+", line)]


def kept() -> list[str]:
    """The files git keeps, as it lists them."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def texts(*suffixes: str) -> dict[str, str]:
    """The texts git keeps with one of these endings; this file apart, which must name what it forbids."""
    here = "tests/house/test_repository.py"
    return {path: read(path) for path in kept() if path.endswith(suffixes) and path != here}


def test_each_direct_dependency_says_why_it_is_here() -> None:
    for path in ("requirements/run.in", "requirements/test.in", "requirements/build.in"):
        assert requirements(read(path)), path
        assert without_reason(read(path)) == [], path
    assert without_reason("Django>=5\nPillow  # checks on pictures") == ["Django>=5"]


def test_the_run_time_lock_stays_small_and_hashed() -> None:
    for path in ("requirements/run.lock", "requirements/test.lock", "requirements/build.lock"):
        blocks = re.split(r"\n(?=[a-z0-9])", "\n" + read(path))[1:]
        assert blocks
        assert [block.split()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []
    assert len(requirements(read("requirements/run.lock"))) <= MOST_PACKAGES


def test_commands_and_links_of_the_texts_exist() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))
    assert {"env", "demo", "test", "proof"} <= targets
    pages = texts(".md")
    assert len(pages) > 20
    for path, text in pages.items():
        named = set(COMMAND.findall("\n".join(re.findall(r"`[^`]*`|^    .*$|^make .*$", text, re.MULTILINE))))
        assert named - targets == set(), path
        for link in {first or second for first, second in LINK.findall(text)}:
            if "://" not in link and not link.startswith("mailto:"):
                assert ((ROOT / path).parent / link).exists(), f"{path} links to {link}"
    assert "make demo" in read("README.md")
    assert "make test" in read("README.md")


def test_no_text_speaks_of_the_machine_it_was_written_on() -> None:
    found = {
        path: sorted({*MACHINE.findall(text), *WRITTEN_BY.findall(text)})
        for path, text in texts(".md", ".py", ".html", ".toml", ".in", ".sh", "Makefile", ".ci/run", ".po").items()
        if MACHINE.search(text) or WRITTEN_BY.search(text)
    }
    assert found == {}
    assert MACHINE.search("see /work/notes")
    assert not MACHINE.search("net/work/notes at https://example.org/home/")


def test_what_installs_names_no_outside_address() -> None:
    found = [
        f"{path}: {line}"
        for path, text in texts(".in", ".lock", ".sh", "Makefile", ".ci/run").items()
        for line in text.splitlines()
        if ADDRESS.search(line) or INDEX.search(line)
    ]
    assert found == []
    assert ADDRESS.search("pip install git+https://example.org/x")
    assert INDEX.search("pip install --index-url=x")
    assert not INDEX.search("uv pip compile --no-emit-index-url")
