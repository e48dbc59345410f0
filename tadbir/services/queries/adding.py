"""What a person may add to a request that was filed, while the council has not answered: what the law asks for besides,
one more sheet of what he sent, a document or words that go with his answer to a question."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from tadbir.dossiers.models import Document, Fact
from tadbir.services.queries.follow import RequestView
from tadbir.services.queries.todos import Todo
from tadbir.services.requests import DOCUMENTS_AT_MOST, OTHER, WITH_ANSWER, Lacking, Piece, lacking_of


@dataclass(frozen=True)
class Place:
    """A document that may be added: by its name on the sheet, and the files of it that came."""

    code: str
    label: str
    help: str = ""
    sent: tuple[Document, ...] = ()


class Adding:
    """The places of documents and words on the page of a request, beside what is waited for."""

    def __init__(self, view: RequestView) -> None:
        self.view, self.dossier, self.story = view, view.dossier, view.followed.story

    @cached_property
    def is_open(self) -> bool:
        """Whether something may be added: not once an answer is signed, though what comes then is kept too."""
        ended = self.dossier.closed_at is not None or self.view.followed.ready is not None
        return not ended and self.view.may("document_added").allowed

    @property
    def has_room(self) -> bool:
        """Whether the request takes one more file."""
        return len(self.view.followed.documents) < DOCUMENTS_AT_MOST

    @cached_property
    def lacking(self) -> Lacking:
        """What the law asks for and the request goes without."""
        sheet, sent = self.dossier.sheet, self.view.followed.documents
        if sheet is None or not self.is_open:
            return Lacking()
        pieces = tuple(Piece(row.requirement, row.name) for row in sent)
        return lacking_of(sheet, pieces, self.dossier.answers, self.dossier.applicant_kind)

    @cached_property
    def besides(self) -> list[Place]:
        """The documents that the law asks for, that did not come and that nobody waits for."""
        found = (*self.lacking.later, *self.lacking.essential, *self.lacking.besides) if self.has_room else ()
        return [Place(one.code, one.label, one.help) for one in found]

    @cached_property
    def further(self) -> list[Place]:
        """The documents that came, with the filing or later, of which one more sheet may come; those of the sheet that
        its person may give; and any other."""
        sheet, places = self.dossier.sheet, list[Place]()
        if sheet is None or not self.is_open:
            return places
        elsewhere = {todo.document for todo in self.view.todos} | {one.code for one in self.besides}
        his = sheet.parsed.asked_of(self.dossier.applicant_kind)
        for one in sheet.parsed.asked_of_user:
            sent = self._sent(one.code)
            if one.code not in elsewhere and (sent or one in his):
                places.append(Place(one.code, one.label, one.help, sent))
        return [*places, Place(OTHER, _("Another document"), "", self._sent(OTHER))]

    def _sent(self, code: str) -> tuple[Document, ...]:
        return tuple(row for row in self.view.followed.documents if row.requirement == code)

    @cached_property
    def question(self) -> Todo | None:
        """The question that waits for his words."""
        return next((todo for todo in self.view.todos if todo.is_text), None)

    @cached_property
    def answer(self) -> Fact | None:
        """His answer that he may add to."""
        may = self.is_open and self.question is None and self.view.may("information_added").allowed
        return self.story.last("information_received") if may else None

    @cached_property
    def with_answer(self) -> list[Document]:
        """The documents that came for the question, or with its answer."""
        asked = str(self.question.asked) if self.question else str(self.answer.data["asked"]) if self.answer else ""
        ours = {fact.pk for fact in self.story.of("document_added") if fact.data.get("asked") == asked}
        return [row for row in self.view.followed.documents if row.fact_id in ours]

    @property
    def takes_with_answer(self) -> bool:
        """Whether a document may go with the answer."""
        spoken = self.question is not None or self.answer is not None
        return spoken and self.is_open and self.has_room

    @property
    def with_answer_code(self) -> str:
        """What a document is sent under that goes with the answer."""
        return WITH_ANSWER

    @property
    def leads_to_counter(self) -> bool:
        """Whether nothing more is taken here, though the counter still takes it: an answer is signed and not told. What
        goes with a remedy that waits has its own page."""
        waits = any(one.waits for one in self.view.filed)
        return self.dossier.closed_at is None and not self.is_open and not self.story.ended and not waits

    @property
    def offers(self) -> bool:
        """Whether anything may be added besides what is waited for."""
        return bool(self.besides or self.further or self.answer)

    @property
    def most(self) -> int:
        """The files of a request, all told."""
        return DOCUMENTS_AT_MOST

    @cached_property
    def codes(self) -> list[str]:
        """What may be sent from the page as a file, by the document that it is for."""
        waited = [todo.document for todo in self.view.todos if todo.document and todo.kind != "original_asked"]
        further = [*self.besides, *self.further]
        return [*waited, *(one.code for one in further), *([WITH_ANSWER] if self.takes_with_answer else [])]
