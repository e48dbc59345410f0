"""The commands of `tadbir`: what each is for, in a line, and what must be there before it may work."""

import difflib
from dataclasses import dataclass
from enum import Enum

from tadbir.operations.words import _


class Needs(Enum):
    """What stands in the folder of a command."""

    NOTHING = "nothing"  # it makes the folder, or needs none
    FOLDER = "folder"  # an installation, of this user
    TABLES = "tables"  # and its database is of this version
    RECORDS = "records"  # and it is the one this folder worked with last, by a clock that is right: it writes


@dataclass(frozen=True)
class Command:
    """One command."""

    line: str
    needs: Needs = Needs.TABLES
    #: A function `main` that Django's settings need not be there for; else a command of Django.
    early: str = ""
    #: The same, where there is no installation to ask.
    elsewhere: str = ""


def commands() -> dict[str, Command]:
    """Every command that an operator is told of, in the order of a life."""
    nothing, folder, records = Needs.NOTHING, Needs.FOLDER, Needs.RECORDS
    return {
        "demo": Command(_("two fictional councils, and a server for them"), nothing, "tadbir.site.demo.command"),
        "init": Command(_("sets a council up in a new folder"), nothing, "tadbir.operations.installing"),
        "serve": Command(_("the web server, the queue and the round"), folder, "tadbir.operations.serving"),
        "check": Command(_("the health of the installation, and what the laws ask of the council"), folder),
        "backup": Command(_("writes everything into one file, while the server runs"), folder),
        "restore": Command(_("puts a backup into a new folder"), nothing, "tadbir.operations.restoring"),
        "prove": Command(_("proves the whole register and what stands under it")),
        "verify": Command(
            _("looks at one paper: whether it is the council’s"), nothing, elsewhere="tadbir.acts.commands"
        ),
        "migrate": Command(_("brings the database to this version, after an upgrade"), folder),
        "tick": Command(_("the round now: delays that ran out, messages, what is old"), records),
        "link": Command(_("makes a one-use sign-in link for an agent"), records),
        "keys": Command(_("the seal keys of a council: lists, makes, revokes"), records),
        "bounced": Command(_("takes in, from the mail server, a letter that came back"), records),
        "law": Command(_("the rules, and why a date is what it is"), nothing, "tadbir.law.commands"),
        "docs": Command(_("the manual: its folder, or one page"), nothing, "tadbir.operations.manual"),
    }


def of(name: str) -> Command:
    """A command by its name; one of Django's own, or one that only `serve` calls, works inside an installation."""
    return commands().get(name) or Command("", Needs.FOLDER)


def all_in_a_list() -> str:
    """What `tadbir --help` says."""
    known = commands()
    width = max(map(len, known))
    return "\n".join(
        (
            _("Tadbir: the digital administration of a prefectural or provincial council."),
            "",
            *(f"  tadbir {name:<{width}}  {command.line}" for name, command in known.items()),
            "",
            _("Every command takes --folder FOLDER (else TADBIR_HOME, else ./data) and explains itself:"),
            f"  tadbir {_('COMMAND')} --help",
            "",
        )
    )


def unknown(name: str) -> str:
    """What somebody is told who typed a command that there is not."""
    close = difflib.get_close_matches(name, commands(), 1)
    told = _("there is no command “%(name)s”: “tadbir --help” lists them.") % {"name": name}
    return told + (" " + _("Did you mean “%(name)s”?") % {"name": close[0]} if close else "")


def stopped(what: str) -> str:
    """What somebody is told whose command the machine stopped."""
    text = _(
        "Stopped: %(what)s. Nothing is half done. Put that right and run the command again (--traceback shows where "
        "it stopped)."
    )
    return text % {"what": what}


def no_folder_named() -> str:
    """What somebody is told who wrote --folder and nothing after it."""
    return _("--folder needs the name of a folder.")
