"""make messages, make check-messages."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.french import unlike
from tools.messages import catalogue, checks
from tools.messages.extract import Problem, extract

NOT_APPS = {"locale", "templates", "static", "__pycache__"}


def apps_of(package: Path) -> list[Path]:
    """The folders that keep their own texts: each app, and the package itself for what stands beside them."""
    inside = [path for path in sorted(package.iterdir()) if path.is_dir() and path.name not in NOT_APPS]
    return [package, *inside]


def update(apps: list[Path], everything: set[Path], root: Path) -> list[Problem]:
    """Merges and compiles every catalogue; returns what only a person can mend."""
    problems: list[Problem] = []
    for app in apps:
        messages, found = extract(app, everything, root)
        problems += found
        for language in catalogue.LANGUAGES:
            path = catalogue.path_of(app, language)
            if not messages and not path.exists():
                continue
            merged = catalogue.merge(messages, catalogue.read(path), language)
            changed = catalogue.write(merged, path)
            left = len(merged.untranslated_entries()) + len(merged.fuzzy_entries())
            if changed or left:
                print(f"{path.relative_to(root)}: {len(merged)} texts, {left} to translate")
    return problems


def check(apps: list[Path], everything: set[Path], root: Path) -> list[Problem]:
    """Everything that would show a reader a text in the wrong language, or none."""
    problems: list[Problem] = []
    for app in apps:
        messages, found = extract(app, everything, root)
        problems += found
        for language in catalogue.LANGUAGES:
            problems += checks.of_file(messages, catalogue.path_of(app, language), language, root)
    return problems + list(checks.of_house(apps, root))


def french(folders: list[Path], package: Path, write: bool) -> list[Problem]:
    """The spaces of the French that data and code of some apps hold: written, or told where they are wrong."""
    found = [one for folder in folders for one in unlike(folder)]
    for path, right in found if write else ():
        path.write_text(right, encoding="utf-8")
    wrong = [] if write else [path.relative_to(package.parent).as_posix() for path, _right in found]
    return [Problem(where, "spaces of French; run make messages") for where in wrong]


def main(arguments: list[str] | None = None) -> int:
    """Updates the catalogues, or with --check only looks. 1 where something is left to mend."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on anything missing")
    parser.add_argument("--package", type=Path, default=Path("tadbir"), help="the package to read")
    parser.add_argument("apps", nargs="*", help="only these apps, by name")
    options = parser.parse_args(arguments)
    package = options.package.resolve()
    everything = apps_of(package)
    apps = [app for app in everything if not options.apps or app.name in options.apps]
    problems = (check if options.check else update)(apps, set(everything), package.parent)
    problems += french(apps if options.apps else [package], package, write=not options.check)
    for problem in problems:
        print(problem, file=sys.stderr)
    if options.check:
        print(f"{len(apps)} apps read, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
