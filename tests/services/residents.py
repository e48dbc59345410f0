"""Helpers of the tests of the residents' side: a browser in a council, and the steps of one request."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.browser import Browser
from tests.factories import ANSWERS, PNG, Office

LOAN = {f"q_{code}": text for code, text in ANSWERS.items()} | {
    "subject": "خيام لحفل مدرسي",
    "kind": "association",
    "name": "جمعية آفاق النخلة",
}


@dataclass
class Resident:
    """Somebody with a browser and no account."""

    office: Office
    french: bool = False
    client: Client = field(default_factory=Browser)

    def address(self, path: str) -> str:
        return f"/{self.office.council.slug}/{'fr/' if self.french else ''}{path}"

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.client.get(self.full(path), **kwargs)

    def post(self, path: str, data: Any = None, **kwargs: Any) -> Any:
        """A closing leads to the page of its new codes, as in a browser."""
        answer = self.client.post(self.full(path), data or {}, **kwargs)
        closed = answer.status_code == 302 and "/request/closed/" in answer["Location"]
        return self.client.get(answer["Location"]) if closed else answer

    def full(self, path: str) -> str:
        return path if path.startswith("/") else self.address(path)

    def begin(self, code: str = "equipment-loan", data: dict[str, str] | None = None) -> str:
        """Fill step 1 in; the code of the draft."""
        answer = self.post(f"services/{code}/request/", LOAN if data is None else data)
        assert answer.status_code == 302, answer.content.decode()
        found = re.search(r"/request/([^/]+)/", answer["Location"])
        assert found
        return found[1]

    def attach(self, draft: str, requirement: str, content: bytes = PNG, name: str = "photo.png") -> Any:
        file = SimpleUploadedFile(name, content)
        return self.post(f"request/{draft}/documents/{requirement}/", {f"{requirement}-document": file})

    def again(self) -> "Resident":
        """The same browser, for what it sends at the same moment: with the cookies of now."""
        twin = Resident(self.office)
        twin.client.cookies.load(self.client.cookies.output(header="", sep=";"))
        return twin

    def send(self, draft: str) -> Any:
        return self.post(f"request/{draft}/check/")

    def receipt(self, draft: str) -> Any:
        """Where the address of a draft leads the browser that sent it."""
        return self.get(f"request/{draft}/", follow=True)

    def file(self, *documents: str) -> tuple[str, str, str]:
        """File a loan with these documents: draft code, dossier number, follow code."""
        draft = self.begin()
        for requirement in documents:
            assert self.attach(draft, requirement).status_code == 302
        assert self.send(draft).status_code == 302
        page = self.receipt(draft).content.decode()
        numbers = re.findall(r'class="number"><bdi[^>]*>([^<]+)</bdi>', page)
        return draft, numbers[0], numbers[1]


def text(answer: Any) -> str:
    """What a page says, without its tags."""
    page = re.sub(r"<(style|script).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
