"""The stage: one council, its people and sheets, and the small verbs that stories are told with.

A story is a generator: it does something, then yields the moment of its next scene. `play` moves the simulated
clock from scene to scene over all stories of all councils, so that the register is written in order; what
would happen after today has not happened yet.
"""

import heapq
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from PIL import Image, ImageDraw

from tadbir.acts import actions as acts
from tadbir.acts.documents import qr
from tadbir.acts.models import Draft, Means
from tadbir.acts.queries import as_shown, printed_base
from tadbir.acts.recognition import text_digest
from tadbir.councils.clock import CASABLANCA, now, simulated, today
from tadbir.councils.models import Council, Person
from tadbir.councils.scope import council_scope
from tadbir.desk import actions as desk
from tadbir.desk import papers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.procedures.models import Sheet
from tadbir.register.actions import keep_file
from tadbir.register.models import StoredFile
from tadbir.services import actions
from tadbir.services.requests import Applicant, Filed, Filing, Piece
from tadbir.site.demo.people import RESIDENTS, Cast

Story = Iterator[datetime]
PROOFS = {
    "in_hand": "إمضاء صاحب الطلب على النسخة",
    "registered_post": "إشعار بالتوصل رقم RR 0000 SPECIMEN MA",
    "acknowledged_mail": "جواب صاحب الطلب على الرسالة",
}


@dataclass
class Stage:
    """One council of the demonstration."""

    council: Council
    cast: Cast
    sheets: dict[str, Sheet] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(112_14))  # noqa: S311 - always the same
    number: int = 0
    #: Whether letters are printed and signed by hand, or in the session of who signs.
    on_paper: bool = True

    def later(self, days: int = 0, hours: int = 0) -> datetime:
        """The moment of the next scene: some days on, moved to a working day and to office hours."""
        if not days:
            return now() + timedelta(hours=hours)
        return office_hour(today() + timedelta(days=days), self.chance)

    def applicant(self, rank: int) -> Applicant:
        """One of the residents."""
        kind, name, phone, language = RESIDENTS[rank % len(RESIDENTS)]
        return Applicant(name, kind=kind, phone=phone, language=language)

    def file(
        self,
        code: str,
        who: int,
        subject: str,
        answers: dict[str, Any],
        brought: tuple[str, ...] = (),
        *,
        counter: bool = False,
        **more: Any,
    ) -> Filed:
        """File a request on line, or at the counter where the clerk has seen an identity document."""
        applicant = self.applicant(who)
        if counter:
            applicant = replace(applicant, identity_kind="البطاقة الوطنية للتعريف", identity_seen_on=today())
        file = None if counter else self.picture(subject)
        filing = Filing(
            self.sheets[code],
            applicant,
            subject,
            answers,
            tuple(Piece(code, f"{code}.jpg", file) for code in brought),
            channel="counter" if counter else "online",
            language=applicant.language,
            **more,
        )
        return actions.file_request(filing, by=self.cast["clerk"] if counter else None)

    def picture(self, text: str) -> StoredFile:
        """A photo of a paper, as a telephone takes it; it says SPECIMEN."""
        self.number += 1
        image = Image.new("RGB", (480, 640), (246, 241, 230))
        draw = ImageDraw.Draw(image)
        draw.text((40, 40), "SPECIMEN", fill=(160, 60, 40))
        draw.text((40, 80), f"{self.council.code} / {self.number}", fill=(40, 40, 40))
        for line in range(12):
            draw.line((40, 140 + 32 * line, 440 - self.chance.randrange(120), 140 + 32 * line), fill=(120, 120, 120))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=60)
        return keep_file(out.getvalue(), "image/jpeg")

    def scan(self, draft: Draft | None = None) -> bytes:
        """The scan of a paper signed by hand; a letter bears the code that was printed on it."""
        if draft is None:
            with self.picture("scan").open() as stream:
                return stream.read()
        url = qr.address_of_draft(printed_base(self.council), text_digest(draft))
        image = Image.new("RGB", (480, 640), (255, 255, 255))
        ImageDraw.Draw(image).text((40, 40), "SPECIMEN", fill=(160, 60, 40))
        image.paste(qr.picture(url), (60, 200))
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()

    def answer(
        self, dossier: Dossier, officer: str, sense: str, signatory: str, *, reasons: str = "", text: str = ""
    ) -> Any:
        """Write the answer from the sheet's wording and have it signed."""
        body, french = papers.half_written(dossier, sense, papers.to_answer(dossier))
        if sense != "granted" or papers.open_end(french):  # a copy without its reasons, or its end, is refused
            french = ""
        draft = self.write(dossier, officer, sense, text or body, reasons, french)
        return self.sign(draft, dossier, officer, signatory)

    def sign(self, draft: Draft, dossier: Dossier, officer: str, signatory: str) -> Any:
        """Have a paper signed, as this council signs."""
        signed = self.cast[signatory]
        if not self.on_paper:
            shown = papers.shown_to_sign(dossier, draft, signed).token
            return desk.sign_paper(draft, dossier, signed, signed, means=Means.SESSION, shown=shown)
        recorder, scan = self.cast[officer], acts.read_scan(draft, self.scan(draft))
        shown = papers.shown_to_sign(dossier, draft).token
        return desk.sign_paper(draft, dossier, recorder, signed, means=Means.WET_INK, scan=scan, seen=True, shown=shown)

    def send(self, draft: Draft, dossier: Dossier, officer: str, signatory: str = "president") -> Fact:
        """Have a letter signed, and handed over where it waits for that. Returns the step that it took."""
        act = self.sign(draft, dossier, officer, signatory)
        if act.waits_for_notification:
            self.notify(act, dossier, officer)
        return dossier.facts.filter(data__act=act.number).latest("pk")

    def send_waiting(self, dossier: Dossier, fact: str, officer: str, signatory: str = "president") -> None:
        """Send the letter of a step, which is written and waits."""
        letter = papers.letter_waiting(dossier, fact)
        if letter is not None:
            self.send(letter, dossier, officer, signatory)

    def write(self, dossier: Dossier, officer: str, sense: str, text: str, reasons: str = "", french: str = "") -> Any:
        """Write the answer, over what is there."""
        shown = papers.shown(dossier, papers.answer_being_prepared(dossier)).token
        return desk.draft_outcome(dossier, self.cast[officer], sense, text, reasons, french, shown=shown)

    def notify(self, act: Any, dossier: Dossier, officer: str, how: str = "in_hand") -> None:
        """Hand the answer over."""
        shown = as_shown(act).token
        desk.notify_paper(act, dossier, self.cast[officer], how=how, on=today(), proof=PROOFS[how], shown=shown)

    def answer_appeal(self, dossier: Dossier, officer: str, sense: str, text: str) -> Any:
        """Answer the appeal that waits, signed by the president, and hand it over."""
        act = self.answer(dossier, officer, sense, "president", text=text)
        self.notify(act, dossier, officer)

    def person(self, word: str) -> Person:
        """Somebody of the cast."""
        return self.cast[word]


def office_hour(day: date, chance: random.Random) -> datetime:
    """A moment of a working day, from that day on."""
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(9 + chance.randrange(6), chance.randrange(60)), CASABLANCA)


@dataclass
class Play:
    """Every scene of every story, in the order of time."""

    until: datetime
    scenes: list[tuple[datetime, int, Stage, Story]] = field(default_factory=list)

    def add(self, stage: Stage, first: datetime, story: Story) -> None:
        """Put a story on the programme."""
        heapq.heappush(self.scenes, (first, len(self.scenes) + 10_000 * len(stage.council.slug), stage, story))

    def run(self, show: Callable[[datetime], None]) -> int:
        """Play until today. Returns the number of scenes."""
        played = 0
        while self.scenes and self.scenes[0][0] < self.until:
            moment, rank, stage, story = heapq.heappop(self.scenes)
            with simulated(moment), council_scope(stage.council):
                following = next(story, None)
            played += 1
            if following is not None:
                heapq.heappush(self.scenes, (max(following, moment), rank, stage, story))
            show(moment)
        return played
