"""Is this scan the paper that was printed? The draft bears a QR code that says which text it is."""

from tadbir.acts.documents import qr
from tadbir.acts.documents.canonical import digest
from tadbir.acts.documents.scanned import codes_in
from tadbir.acts.models import Draft
from tadbir.register.models import StoredFile


def text_digest(draft: Draft) -> str:
    """Which text a draft is, in hexadecimal: another one as soon as a word of it changes."""
    told = {"council": draft.council.code, "draft": str(draft.pk), "kind": draft.kind, "body": draft.body}
    return digest(told).hex()


def shows(draft: Draft, scan: StoredFile) -> bool:
    """Whether a scan that was kept bears the code of this very text."""
    wanted = text_digest(draft)
    with scan.open() as stream:
        return any(qr.text_of_draft(code) == wanted for code in codes_in(stream.read()))
