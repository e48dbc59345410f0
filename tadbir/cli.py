"""The command `tadbir`: chooses the folder, refuses one that is none, and runs a command in the terminal's language."""

import argparse
import os
import sys
from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any

from tadbir.operations import commands, home
from tadbir.operations.commands import Command, Needs
from tadbir.operations.telling import outliving_the_reader
from tadbir.operations.words import speak, speak_there_too, stop

HELP = {"-h", "--help"}
#: What Django adds to each of its commands, in English and for developers: taken, and not shown.
DJANGOS = {
    *("--version", "--verbosity", "--settings", "--pythonpath"),
    *("--traceback", "--no-color", "--force-color", "--skip-checks"),
}


def main(argv: list[str] | None = None) -> None:
    """Run one command. Every command understands `--folder FOLDER` (else TADBIR_HOME, else ./data)."""
    os.umask(0o077)  # the database, its files and its keys are the service's alone
    words = list(sys.argv[1:] if argv is None else argv)
    speak()
    with outliving_the_reader():
        try:
            _run(words)
        except KeyboardInterrupt:
            raise SystemExit(130) from None
        except Exception as error:
            if "--traceback" in words or not (said := _trouble(error)):
                raise
            raise SystemExit(said) from error


def _run(words: list[str]) -> None:
    if not words or words[0] in {*HELP, "help"}:
        print(commands.all_in_a_list())
    elif words[0] in {"--version", "version"}:
        from tadbir import __version__

        print(__version__)
    else:
        name, rest = words[0], [word for word in words[1:] if word != "--traceback"]  # `main` has read it
        command = commands.of(name)
        if name not in ("init", "demo"):  # these make the folder, and say where
            rest = _choose_folder(rest)
        why = "" if HELP & set(rest) else home.trouble_with(home.folder())
        if why and command.needs is not Needs.NOTHING and name in commands.commands():
            stop(why)
        early = command.early or (command.elsewhere if why else "")
        if early:
            run: Callable[[list[str]], int] = import_module(early).main
            raise SystemExit(run(rest))
        try:
            _load_django()
        except (OSError, ValueError):  # settings that cannot be read
            stop(why)
        if name not in _known():
            stop(commands.unknown(name))
        if why:
            stop(why)
        _with_django(name, command, rest)


def _load_django() -> None:
    import tadbir  # noqa: F401  (puts the safe SQLite in place before Django loads the other one)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    import django

    django.setup()
    speak_there_too()


def _known() -> Collection[str]:
    from django.core.management import get_commands

    return get_commands()


def _with_django(name: str, command: Command, words: list[str]) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import BaseCommand, CommandError, execute_from_command_line

    from tadbir.register.actions import Drill

    if command.line:  # one that an operator is told of: what every command of Django takes is a developer's
        BaseCommand.suppressed_base_arguments = DJANGOS
        _hide_what_django_adds(BaseCommand)
    if not HELP & set(words):
        from tadbir.operations.start import refuse_database

        try:
            doubt = refuse_database(
                tables=command.needs in (Needs.TABLES, Needs.RECORDS), records=command.needs is Needs.RECORDS
            )
            if doubt:
                print(doubt, file=sys.stderr)
        except ImproperlyConfigured as error:
            stop(str(error))
    try:
        execute_from_command_line(["tadbir", name, *words, "--traceback"])  # what it refuses is told here
    except CommandError as error:
        stop(str(error), error.returncode)
    except Drill as error:  # migrate, link, keys: whatever records
        stop(str(error))


def _hide_what_django_adds(base: Any) -> None:
    """One word of Django's passes by its list of words that are not shown."""
    made = base.create_parser

    def create_parser(self: Any, *words: str, **more: Any) -> Any:
        parser = made(self, *words, **more)
        for action in parser._actions:
            if DJANGOS.intersection(action.option_strings):
                action.help = argparse.SUPPRESS
        return parser

    base.create_parser = create_parser


def _trouble(error: Exception) -> str:
    """In a sentence, what the machine and not the program refused; nothing where it is a fault of ours."""
    from tadbir.database.trouble import refused_by_the_machine
    from tadbir.operations.refusals import why

    return commands.stopped(why(error)) if refused_by_the_machine(error) else ""


def _choose_folder(words: list[str]) -> list[str]:
    """Take `--folder X` out of the words and make it the folder of this process."""
    for rank, word in enumerate(words):
        if word == "--folder":
            if rank + 1 == len(words):
                stop(commands.no_folder_named())
            home.choose(words[rank + 1])
            return words[:rank] + words[rank + 2 :]
        if word.startswith("--folder="):
            home.choose(word.partition("=")[2])
            return words[:rank] + words[rank + 1 :]
    return words


if __name__ == "__main__":
    main()
