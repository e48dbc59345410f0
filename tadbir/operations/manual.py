"""`tadbir docs`: the manual that came with the program, and the list of packages that it was tested with."""

import argparse
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tadbir.operations.words import _, stop

#: Where a package keeps its manual and its list, beside Python's own files.
DOCS, LOCK = "share/tadbir/docs/operations.md", "share/tadbir/requirements/run.lock"
SOURCE = Path(__file__).resolve().parents[2]
FIRST = "operations"


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    made = argparse.ArgumentParser(prog="tadbir docs", description=_("The manual that came with the program."))
    made.add_argument("page", nargs="?", help=_("one page, to read here"))
    made.add_argument("--lock", action="store_true", help=_("where the list of tested packages is (pip install -r)"))
    return made


def main(argv: list[str]) -> int:
    """Run the command. Returns the exit status."""
    options = parser().parse_args(argv)
    if options.lock:
        print(lock())
    elif options.page:
        path = folder() / f"{options.page.removesuffix('.md')}.md"
        if path.parent != folder() or not path.is_file():
            stop(_("there is no page “%(page)s”: “tadbir docs” lists them.") % {"page": options.page})
        print(path.read_text("utf-8"))
    else:
        print(
            _("The manual is in %(folder)s; to read a page here: tadbir docs %(page)s")
            % {"folder": folder(), "page": FIRST}
        )
        for path in sorted(folder().glob("*.md")):
            print(f"  {path.stem:<14}{path.read_text('utf-8').partition(chr(10))[0].lstrip('# ')}")
    return 0


def folder() -> Path:
    """The folder of the manual: that of the package, or of the source."""
    return (_installed(DOCS) or SOURCE / "docs" / "operations.md").parent


def lock() -> Path:
    """The list of packages, each with its hash."""
    return _installed(LOCK) or SOURCE / "requirements" / "run.lock"


def _installed(wanted: str) -> Path | None:
    try:
        kept = distribution("tadbir").files or []
    except PackageNotFoundError:
        return None
    found = next((path for path in kept if path.as_posix().endswith(wanted)), None)
    return Path(str(found.locate())).resolve() if found else None
