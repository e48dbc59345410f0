"""The president who signs letters and fetches their sealed PDFs over HTTP while the machine dies.

Run inside the installation before: `python -c "from tests.kill.signing import prepare; …"`.
"""

import hashlib
import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.urls import reverse, set_script_prefix

from tests.browser import shown_on
from tests.operations.installation import SLUG

TOKEN = "a" * 32  # cookie and header say the same
_ACT = re.compile(r"/papers/(L[^/\"]+)/")
#: A letter that waits: its place in the signing folder, and its dossier.
Letter = tuple[int, str]


def prepare(count: int) -> None:
    """File requests and write their answers; print how the president is known to the server, and the letters."""
    from tadbir.councils.models import Council, Person
    from tadbir.councils.scope import council_scope
    from tadbir.procedures.models import Sheet
    from tadbir.services.actions import file_request
    from tests import at_once as desk
    from tests.desk.office_desk import sign_in
    from tests.factories import loan_filing

    with council_scope(Council.objects.get()):
        president, letters = Person.objects.get(account__email="president@oed.example"), []
        for _letter in range(count):
            dossier = file_request(loan_filing(Sheet.objects.get(status="adopted"))).dossier
            draft = desk.draft_outcome(dossier, president, "granted", "تعار الخيام.", "", "")
            letters.append((draft.pk, dossier.number))
        session = sign_in(president).cookies["sessionid"].value
    print(json.dumps([session, letters]))


@dataclass
class Signer(threading.Thread):
    """Signs one letter after another and fetches its PDF, until the server is gone. What he has left to do and what
    he saw goes on with him to the next server."""

    session: str
    letters: list[Letter]  # a letter leaves it when its PDF was seen
    port: int = 0
    signed: set[int] = field(default_factory=set)  # letters whose signature was acknowledged
    seen: dict[str, str] = field(default_factory=dict)  # acts whose PDF arrived whole, each with its SHA-256
    sealed: dict[str, str] = field(default_factory=dict)  # those of this server
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.over, self.one_more = threading.Event(), threading.Event()

    def __hash__(self) -> int:
        return id(self)

    def at(self, port: int) -> "Signer":
        """The same president before a server that starts."""
        return replace(self, port=port, sealed={}, wrong=[])

    def run(self) -> None:
        """What was cut off is tried again, as by somebody who loads the page anew."""
        while self.letters and not self.wrong and not self.over.is_set():
            try:
                self.sign_next()
            except (OSError, http.client.HTTPException):
                self.over.wait(0.05)
        self.one_more.set()

    def wait(self) -> None:
        """Wait until one more is signed, and its paper is about to be made."""
        self.one_more.wait(15)

    def sign_next(self) -> None:
        """Read the first letter, sign it unless it was, and fetch its PDF twice at the same moment."""
        pk, number = self.letters[0]
        place = _address("office-signing-letter", pk)
        status, page = self._ask("GET", place)
        if status == 200:
            if pk in self.signed:
                self.wrong.append(f"{number}: signed, and asked for again")
            form = {"shown": shown_on(page.decode(), place) or "", "read": "on"}
            status, page = self._ask("POST", place, urlencode(form))
        if status != 302:
            self._say(f"{number}: {status} {page[-400:]!r}")
        self.signed.add(pk)
        self.one_more.set()
        _status, page = self._ask("GET", _address("office-dossier", number))
        acts = set(_ACT.findall(page.decode()))
        if len(acts) != 1:
            self._say(f"{number}: its letters are {acts}")
        self._fetch(number, acts.pop())
        self.letters.pop(0)

    def _fetch(self, number: str, act: str) -> None:
        with ExitStack() as open_lines:
            lines = [open_lines.enter_context(self._sent("GET", _address("office-paper", number, act))) for _ in "12"]
            answers = [(answer.status, answer.read()) for answer in (line.getresponse() for line in lines)]
        if answers[0] != answers[1] or answers[0][0] != 200 or not answers[0][1].startswith(b"%PDF"):
            self._say(f"{act}: {[(status, data[:60]) for status, data in answers]}")
        self.sealed[act] = self.seen[act] = hashlib.sha256(answers[0][1]).hexdigest()

    def _ask(self, method: str, place: str, body: str = "") -> tuple[int, bytes]:
        with self._sent(method, place, body) as line:
            answer = line.getresponse()
            return answer.status, answer.read()

    @contextmanager
    def _sent(self, method: str, place: str, body: str = "") -> Iterator[http.client.HTTPConnection]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            line.request(method, place, body.encode(), headers | kind)
            yield line
        finally:
            line.close()

    def _say(self, wrong: str) -> None:
        self.wrong.append(wrong)
        raise http.client.HTTPException(wrong)


def _address(name: str, *args: object) -> str:
    set_script_prefix("/")
    return f"/{SLUG}{reverse(name, args=args)}"
