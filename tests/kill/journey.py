"""Residents who file over HTTP while the machine dies: what they were told, and what must therefore be true."""

import http.client
import random
import re
import threading
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.browser import shown_on
from tests.factories import ANSWERS, PNG
from tests.operations.installation import SLUG

FIELDS = {f"q_{code}": text for code, text in ANSWERS.items()} | {
    "subject": "خيام لحفل مدرسي",
    "kind": "association",
    "name": "جمعية آفاق النخلة",
    "phone": "0612345678",
}
#: The number of a dossier, which whoever sends again reads, sent the first time or not.
_NUMBER = re.compile(r"D-\d{4}-\d{5}")


@dataclass
class Resident(threading.Thread):
    """Files one request after another until the server is gone."""

    port: int
    number: int
    seed: int
    acknowledged: list[str] = field(default_factory=list)  # drafts whose receipt was promised
    begun: list[str] = field(default_factory=list)  # drafts that exist, sent or not
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Each resident has an address of his own, so that nobody's limit is reached."""
        chance = random.Random(self.seed)
        while not self.over.is_set():
            source = f"127.{self.number}.{chance.randrange(1, 250)}.{chance.randrange(1, 250)}"
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(source, 0))
            try:
                self._file(line, chance)
            except (OSError, http.client.HTTPException):
                self.over.wait(0.05)
            finally:
                line.close()

    def _file(self, line: http.client.HTTPConnection, chance: random.Random) -> None:
        first = f"/{SLUG}/services/equipment-loan/request/"
        place = self._post(line, first, urlencode(FIELDS | carried(line, first)).encode())
        draft = place.split("/request/")[1].split("/")[0]
        self.begun.append(draft)
        if chance.random() < 0.5:
            self._attach(line, draft, "signed-request")
            self._attach(line, draft, "liability")
        last = f"/{SLUG}/request/{draft}/check/"
        self._post(line, last, urlencode(carried(line, last)).encode())
        self.acknowledged.append(draft)

    def _attach(self, line: http.client.HTTPConnection, draft: str, code: str) -> None:
        head = f'--x\r\nContent-Disposition: form-data; name="{code}-document"; filename="a.png"\r\n'
        body = head.encode() + b"Content-Type: image/png\r\n\r\n" + PNG + b"\r\n--x--\r\n"
        self._post(line, f"/{SLUG}/request/{draft}/documents/{code}/", body, "multipart/form-data; boundary=x")

    def _post(
        self, line: http.client.HTTPConnection, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded"
    ) -> str:
        line.request("POST", path, body, {"Content-Type": kind})
        answer = line.getresponse()
        page = answer.read()
        if answer.status not in (200, 302):  # without cookies the receipt is the answer
            self.wrong.append(f"{path}: {answer.status} {page[-400:]!r}")
            raise http.client.HTTPException(str(answer.status))
        return str(answer.headers["Location"] or "")


def carried(line: http.client.HTTPConnection, path: str) -> dict[str, str]:
    """What the form of a page carries of what it displays; nothing where there is no form any more."""
    line.request("GET", path)
    found = shown_on(line.getresponse().read().decode(), path)
    return {"shown": found} if found is not None else {}


def send_again(port: int, drafts: list[str]) -> list[str]:
    """What somebody does whose page never came: sends again. What names no dossier is returned."""
    wrong = []
    for rank, draft in enumerate(drafts):
        source = (f"127.9.9.{rank % 200 + 1}", 0)
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=source)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        last = f"/{SLUG}/request/{draft}/check/"
        line.request("POST", last, urlencode(carried(line, last)).encode(), kind)
        answer = line.getresponse()
        page = answer.read().decode()
        # without cookies the page itself answers: its receipt, or «was sent» under its number, with the code asked for
        if answer.status != 302 and not (answer.status in (200, 403) and _NUMBER.search(page)):
            wrong.append(f"{draft}: {answer.status}")
        line.close()
    return wrong
