"""The command `tadbir`: init, serve, check, tick, backup, restore, prove, verify, demo, law, and Django's own ones."""

import os
import sys
from collections.abc import Callable
from importlib import import_module

from tadbir.operations.telling import outliving_the_reader

#: Commands that begin before Django may read its settings, because they make or choose the folder; they load it
#: themselves where they need it. `law` needs neither folder nor database.
EARLY = {
    "init": "tadbir.operations.installing",
    "serve": "tadbir.operations.serving",
    "restore": "tadbir.operations.restoring",
    "demo": "tadbir.site.demo.command",
    "law": "tadbir.law.commands",
}


def main(argv: list[str] | None = None) -> None:
    """Run one command. Every command understands `--folder FOLDER` (else TADBIR_HOME, else ./data)."""
    os.umask(0o077)  # the database, its files and its keys are the service's alone
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help"):
        print((__doc__ or "").strip() + "\n\nEach command explains itself: tadbir COMMAND --help\n")
    if words[:1] in (["--version"], ["version"]):
        from tadbir import __version__

        print(__version__)
        return
    try:
        _run(words)
    except Exception as error:
        if "--traceback" in words or not (said := _trouble(error)):
            raise
        raise SystemExit(said) from error


def _run(words: list[str]) -> None:
    if words[:1] and words[0] in EARLY:
        run: Callable[[list[str]], int] = import_module(EARLY[words[0]]).main
        with outliving_the_reader():
            status = run([word for word in words[1:] if word != "--traceback"])  # `main` has read it
        raise SystemExit(status)
    words = _choose_folder(words)
    import tadbir  # noqa: F401  (puts the safe SQLite in place before Django loads the other one)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tadbir", *words])


def _trouble(error: Exception) -> str:
    """In a sentence, what the machine and not the program refused; nothing where it is a fault of ours."""
    from tadbir.database.trouble import refused_by_the_machine

    what = refused_by_the_machine(error)
    return what and (
        f"Stopped: {what}. Nothing is half done. Make room on the disk, or see that the database answers, "
        "and run the command again (--traceback shows where it stopped)."
    )


def _choose_folder(words: list[str]) -> list[str]:
    """Take `--folder X` out of the words and make it the folder of this process."""
    from tadbir.operations import home

    for rank, word in enumerate(words):
        if word == "--folder" and rank + 1 < len(words):
            home.choose(words[rank + 1])
            return words[:rank] + words[rank + 2 :]
        if word.startswith("--folder="):
            home.choose(word.partition("=")[2])
            return words[:rank] + words[rank + 1 :]
    return words


if __name__ == "__main__":
    main()
