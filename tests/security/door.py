"""One door of the house: who may stand before it, what opens it, and what it answers to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from tadbir.councils.rights import Right

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
#: Who stands before a door: the nine qualities, and five who hold no role here.
QUALITIES = (
    *("president", "vice_president", "secretary", "director", "head"),
    *("officer", "clerk", "information_officer", "admin"),
)
VISITORS = ("visitor", "holder")  # nobody signed in; the second has opened his dossier with its code
OUTSIDERS = ("nobody", "ended", "elsewhere")  # signed in: no role, a role that ended, a role in another council

#: The qualities of each right that a door asks for, typed here a second time on purpose.
HELD: Mapping[Right, str] = {
    Right.FILE_AT_COUNTER: "clerk officer head director information_officer",
    Right.SERVE_AT_COUNTER: "clerk officer head director",
    Right.REACH_PEOPLE: "clerk officer head director information_officer",
    Right.GIVE_CODE: "clerk officer head",
    Right.PRINT_BLOCKS: "clerk head director",
    Right.OVERSEE: "president director head",
    Right.SIGN: "president vice_president director head",
    Right.ANSWER_FOR_ALL: "president director",
    Right.ERASE_PERSONAL_DATA: "president director",
    Right.READ_REGISTER: "president director",
    Right.PRINT_REGISTERS: "president director",
    Right.SEE_PEOPLE: "president director secretary admin",
    Right.WRITE_PEOPLE: "director admin",
    Right.CONFIRM_POWERS: "president director admin",
    Right.RECORD_ABSENCE: "president director admin",
    Right.RECORD_DELEGATIONS: "president director",
    Right.SEE_SHEETS: "president director secretary admin head",
    Right.KEEP_SHEETS: "director admin",
    Right.CORRECT_SHEETS: "president director admin",
    Right.ADOPT_SHEETS: "president director",
    Right.LEARN_CLOSED_DAYS: "president director admin",
    Right.CHANGE_DEFINITIONS: "director admin",
}


class Key(Enum):
    """What opens a door besides a right."""

    AGENT = "a role in this council today"
    AGENT_OF_API = "the same, for a machine"
    ANYBODY = "nothing"
    CODE = "the number and the code of the dossier"
    ACCOUNT = "an account, whatever its roles"
    SIGNED_OUT = "nobody is signed in yet"


@dataclass(frozen=True)
class Door:
    """What it takes to read and to write (None: that method is not taken), and the answer to whoever may.

    `args`: what stands in the address, by the names of the world. `beyond`: qualities that the guard lets in and that
    are refused further on, because of the dossier. `answers`: all five, where they follow no rule of ours; `visitors`:
    those to whoever has not signed in.
    """

    read: Right | Key | None = None
    write: Right | Key | None = None
    args: str = ""
    get: int = 200
    post: int = 422
    head: bool = True
    beyond: Mapping[str, int] = field(default_factory=dict)
    answers: str = ""
    visitors: str = "302 302 302 302 302"

    @property
    def key(self) -> Right | Key:
        """What the guard asks of every method."""
        found = self.read or self.write
        assert found is not None
        return found

    def to_whoever_may(self, method: str) -> int:
        """The answer when nothing stands against it."""
        if self.answers:
            return int(self.answers.split()[METHODS.index(method)])
        taken = {"GET": self.get} if self.read else {}
        taken |= {"HEAD": self.get} if self.read and self.head else {}
        taken |= {"POST": self.post} if self.write else {}
        return taken.get(method, self.not_taken(method))

    def not_taken(self, method: str) -> int:
        """The answer to a method that the address does not take: a form's address leads to its page."""
        return 302 if method in ("GET", "HEAD") and not self.read else 405

    def takes(self, method: str) -> bool:
        """Whether the address takes the method."""
        return bool(self.write if method == "POST" else self.read and method in ("GET", *["HEAD"][: self.head]))

    def answer(self, who: str, method: str) -> int:
        """What this door answers to somebody."""
        answer = self.to_whoever_may(method)
        if self.key is Key.ANYBODY:
            return answer
        if self.key is Key.CODE:
            return answer if who == "holder" or not self.takes(method) else 403
        if self.key is Key.ACCOUNT:
            return int(self.visitors.split()[METHODS.index(method)]) if who in VISITORS else answer
        if self.key is Key.SIGNED_OUT:
            return answer if who in VISITORS else 302
        if who not in QUALITIES:
            return self._to_a_stranger(who, method, answer)
        asked = (self.key, self.write) if method == "POST" else (self.key,)
        if any(isinstance(right, Right) and who not in HELD[right].split() for right in asked):
            return 403
        return self.beyond.get(who, answer) if self.takes(method) else answer

    def _to_a_stranger(self, who: str, method: str, answer: int) -> int:
        if self.key is Key.AGENT_OF_API:
            return 401 if self.takes(method) else answer
        return 302 if who in VISITORS else 403
