"""The command `tadbir`: init, serve, check, tick, backup, restore, demo, law, verify, and Django's own commands."""

import os
import sys


def main(argv: list[str] | None = None) -> None:
    """Run one command. `law` and `verify` need no installation and no database."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["law"]:
        from tadbir.law.commands import main as law_main

        raise SystemExit(law_main(words[1:]))
    import tadbir  # noqa: F401  (puts the safe SQLite in place before Django loads the other one)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tadbir", *words])


if __name__ == "__main__":
    main()
