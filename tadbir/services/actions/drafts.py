"""Requests being filled in: kept 14 days, each document sent once, by its own request."""

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tadbir.councils.clock import now
from tadbir.dossiers.models import Dossier
from tadbir.procedures.models import Sheet
from tadbir.reading.codes import DRAFT_LENGTH, in_fours, read_draft_code
from tadbir.register.actions import keep_upload
from tadbir.services.models import Draft, DraftDocument, code_digest
from tadbir.services.queries import residents
from tadbir.services.requests import DOCUMENTS_AT_MOST, OTHER, TOO_MANY, asked_by

LIFE = timedelta(days=14)
#: What the first page of a request names its draft by, before there is one.
_KEY = re.compile("[0-9a-f]{32}")
#: A request sent in the last minute of its draft is still being filed.
GRACE = timedelta(hours=1)
#: Seconds during which the new codes of what was closed are shown, also to a browser that never had the answer.
CODE_SHOWN_AGAIN = 15 * 60
#: Requests that one page closes at most.
PLACES = 64


def code_of_key(key: str) -> str:
    """The code of the draft that a first page names by its own key: always the same; empty for what is no key of ours.

    The key is as long as a code could be, and stands nowhere but in that page.
    """
    if not _KEY.fullmatch(key):
        return ""
    return _code(int(salted_hmac("tadbir.draft", key, algorithm="sha256").hexdigest(), 16))


def closing_key(key: str) -> str:
    """The key of the page on which "Close" was pressed; a fresh one for what is no key of ours."""
    return key if _KEY.fullmatch(key) else secrets.token_hex(16)


def code_of_closing(key: str, place: int) -> str:
    """A code that closing gives: for the same page (its `key`) and place always the same, so that an answer that was
    lost is had again. The code of before, in a history, does not tell it."""
    known = f"{key} {place}"
    return _code(int(salted_hmac("tadbir.draft-closed", known, algorithm="sha256").hexdigest(), 16))


def codes_of_closing(key: str) -> list[str]:
    """Every code that closing on one page gives."""
    return [code_of_closing(key, place) for place in range(PLACES)]


def note_down(code: str) -> None:
    """Whoever closed a request noted its new code down: no page shows it again to whoever holds the telephone next."""
    cache.set(f"noted-draft:{code_digest(read_draft_code(code))}", True, int(LIFE.total_seconds()))


def was_noted_down(code: str) -> bool:
    """Whether somebody said that he noted this code: no page shows it again."""
    return cache.has_key(f"noted-draft:{code_digest(read_draft_code(code))}")


def new_draft_code() -> str:
    """A code that is nobody's yet."""
    return _code(secrets.randbelow(10**DRAFT_LENGTH))


def _code(number: int) -> str:
    return in_fours(f"{number % 10**DRAFT_LENGTH:0{DRAFT_LENGTH}d}")


def start_draft(
    sheet: Sheet, language: str, answers: Mapping[str, Any] | None = None, *, code: str = ""
) -> tuple[Draft, str]:
    """Begin a request with what was typed, valid or not. Returns the draft and the code that alone opens it again.

    `code`: that of the key of its first page (`code_of_key`); sent twice at the same moment, one draft is made.
    """
    code = code or new_draft_code()
    begun = {"sheet": sheet, "language": language, "answers": dict(answers or {})}
    draft, _made = Draft.objects.get_or_create(
        code_digest=code_digest(code), defaults={**begun, "started_at": now(), "expires_at": now() + LIFE}
    )
    return draft, code


@transaction.atomic
def save_draft(draft: Draft, answers: dict[str, Any], *, shown: str) -> None:
    """Keep what was typed, valid or not, so that no error and no lost line loses it.

    `shown`: the answers as the page displayed them; what another page kept since is not dropped (Changed).
    """
    locked = lock_draft(draft)
    residents.answers_shown(locked).require(shown)
    if locked.dossier_id is None:
        Draft.objects.filter(pk=draft.pk).update(answers=answers)
    draft.answers = answers


def lock_draft(draft: Draft) -> Draft:
    """Lock a draft for the rest of the transaction and read it anew; its sheet is the one in hand."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.sheet_id == draft.sheet_id:
        locked.sheet = draft.sheet
    return locked


def begin_closed(sheet: Sheet, language: str, answers: Mapping[str, Any], *, key: str) -> None:
    """Keep what a first page says whose "Close" was pressed, under a code that no page before had. The same words sent
    again are kept once; other words from the same page are another request, and drop nothing."""
    _show_for_a_while(key)
    for code in codes_of_closing(key):
        draft, _code_of_it = start_draft(sheet, language, answers, code=code)
        if draft.answers == dict(answers):
            return


@transaction.atomic
def close_draft(draft: Draft, key: str) -> None:
    """Give a draft a code of the page that closes it (`codes_of_closing`), the first that is free: the address that a
    shared telephone keeps in its history opens nothing any more.

    Closed twice at the same moment, the first one counts; a request that was sent keeps its code.
    """
    before, locked = draft.code_digest, lock_draft(draft)
    if locked.dossier_id is not None or locked.code_digest != before:
        return
    for code in [*codes_of_closing(key), new_draft_code()]:
        try:
            with transaction.atomic():
                Draft.objects.filter(pk=draft.pk).update(code_digest=code_digest(code))
            break
        except IntegrityError:  # another request was closed on the same page
            continue
    _show_for_a_while(key)
    cache.set(f"closed-draft:{before}", True, int(LIFE.total_seconds()))
    cache.set(f"closed-by:{before}", key, CODE_SHOWN_AGAIN)


def _show_for_a_while(key: str) -> None:
    cache.set(f"shows-closed:{key}", True, CODE_SHOWN_AGAIN)


def is_shown(key: str) -> bool:
    """Whether the codes that closing on this page gave are still shown: whoever walks away without saying that he noted
    them leaves an address in a history that opens nothing after a quarter of an hour."""
    return bool(_KEY.fullmatch(key)) and cache.has_key(f"shows-closed:{key}")


def key_of_closing(code: str) -> str:
    """The key of the page that closed a request under this code a moment ago; empty once nobody shows its new code
    again. Whoever shows it asks first whether its answer had reached this browser."""
    return str(cache.get(f"closed-by:{code_digest(read_draft_code(code))}", ""))


def was_closed(code: str) -> bool:
    """Whether a request was closed under this code, which opens nothing since."""
    return cache.has_key(f"closed-draft:{code_digest(read_draft_code(code))}")


def attach_to_draft(draft: Draft, requirement: str, name: str, stream: IO[bytes], size: int) -> DraftDocument:
    """Keep one document of a draft; a second one for the same requirement takes its place.

    A document of several sheets has a requirement for each file (`requests.free_code`); one of them sent again, after
    an answer that was lost, is kept once.
    """
    asked = asked_by(requirement)
    if asked != OTHER and draft.sheet.parsed.document(asked) is None:
        raise ValidationError(_("The sheet does not ask for this document."), code="requirement")
    others = draft.documents.exclude(requirement=requirement)
    if others.count() >= DOCUMENTS_AT_MOST:
        raise ValidationError(TOO_MANY, code="count")
    file = keep_upload(stream, size)
    if twin := next((row for row in others.filter(file=file) if asked_by(row.requirement) == asked), None):
        return twin
    document, _made = DraftDocument.objects.update_or_create(
        draft=draft, requirement=requirement, defaults={"name": name[:120], "file": file}
    )
    return document


def remove_from_draft(draft: Draft, requirement: str) -> None:
    """Take a document out of a draft."""
    DraftDocument.objects.filter(draft=draft, requirement=requirement).delete()


def discard_drafts_of(dossier: Dossier) -> None:
    """Delete what is left of the draft of a dossier: its personal data are erased."""
    Draft.objects.filter(dossier=dossier).delete()


def discard_old_drafts() -> int:
    """Delete drafts whose 14 days are over, filed or not, with what was typed and sent (`tick`). Returns how many.

    What was filed stands in its dossier. The files go with the next sweep, where nothing else refers to them.
    """
    with transaction.atomic():
        old = Draft.objects.filter(expires_at__lt=now() - GRACE)
        count = old.count()
        old.delete()
    return count
