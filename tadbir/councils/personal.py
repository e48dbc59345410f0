"""Which columns can hold a person's data, and what an erasure (law 09-08, articles 3 and 8) leaves in each.

Each model says it where it stands, of every column of text, JSON or bytes and of every file it names: `personal` with
what is left after an erasure, or `plain` with the reason why nothing of a person who asked the council for something
stands there. `tests/desk/test_personal_columns.py` walks the models: a column that says neither fails, and each
personal one is filled, erased and looked at.
"""

from enum import StrEnum


class Erased(StrEnum):
    """What an erasure leaves in a personal column of the rows of the dossier."""

    EMPTIED = "nothing: empty text, no body, no date"
    WITHHELD = "a dash where something stood"
    GONE = "no row"
    REMADE = "what is made again of the dossier without its people"
    UNLINKED = "the row; the bytes of the file are deleted"

    def of(self, *columns: str) -> dict[str, "Erased"]:
        """The same for several columns."""
        return dict.fromkeys(columns, self)


class Plain(StrEnum):
    """Why a column holds nothing of the people of a dossier."""

    CODE = "a code of the program, the law or a sheet; nothing is typed there"
    NUMBER = "an official number, which stays: a paper in somebody's hand can still be checked"
    DIGEST = "a hash, a key or a seal"
    AGENT = "who acted for the council, or his own means to sign in; it stays, as what he did stays"
    HOUSE = "the council's own words about itself, its rules or its papers"
    TYPED_FACT = "small typed fields that enter the chain, never a name"
    GROUND = "a few words of law"

    def of(self, *columns: str) -> dict[str, str]:
        """The same for several columns."""
        return dict.fromkeys(columns, self.value)


#: Tables of the libraries, by column: they say nothing of themselves.
FOREIGN: dict[str, str] = {
    **Plain.CODE.of(
        *("auth.Permission.name", "auth.Permission.codename", "auth.Group.name"),
        *("contenttypes.ContentType.app_label", "contenttypes.ContentType.model"),
        *(f"django_q.Schedule.{one}" for one in ("name", "func", "hook", "args", "kwargs", "cron", "task", "cluster")),
        "django_q.Schedule.intended_date_kwarg",
        *(f"django_q.Task.{one}" for one in ("id", "name", "func", "hook", "group", "cluster")),
        "django_q.OrmQ.key",
    ),
    **Plain.AGENT.of(
        *("account.EmailAddress.email", "account.EmailConfirmation.key", "mfa.Authenticator.data"),
        *(f"usersessions.UserSession.{one}" for one in ("ip", "session_key", "user_agent", "data")),
    ),
    "sessions.Session.session_key": Plain.DIGEST.value,
    "sessions.Session.session_data": "an agent's session; a form kept over a new sign-in leaves with the session",
    "django_q.OrmQ.payload": "the path of a job and the keys of rows; it leaves with the job",
}
