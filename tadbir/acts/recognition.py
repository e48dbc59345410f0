"""Which paper of the council is this scan? One to sign bears a code that says which text it is, a sealed one a seal."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from tadbir.acts.documents import cose, qr
from tadbir.acts.documents.canonical import digest
from tadbir.acts.documents.scanned import codes_in, picture_of
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft
from tadbir.acts.queries import public_keys
from tadbir.councils.models import in_language
from tadbir.councils.scope import current_council
from tadbir.law.words import beside
from tadbir.register.models import StoredFile


def text_digest(draft: Draft) -> str:
    """Which text a draft is, in hexadecimal: another one as soon as a word of it changes."""
    told = {"council": draft.council.code, "draft": str(draft.pk), "kind": draft.kind, "body": draft.body}
    return digest(told).hex()


@dataclass(frozen=True)
class Named:
    """A paper of the council that a code names: by the digest of a text to sign, or by the number of a sealed act."""

    kind: str = ""  # empty where no paper is that text any more
    text: str = ""
    number: str = ""
    dossier: str = ""  # the number of what it belongs to, for the office

    @property
    def words(self) -> str:
        """Which paper it is and of which dossier, for a reader in the office."""
        if not self.kind:
            return _("a paper printed to be signed, whose text was changed or given up since")
        known = kind_of(self.kind)
        label = in_language(known.label_ar, known.label_fr)
        name = beside(label, self.number) if self.number else _("“%(kind)s”, not numbered yet") % {"kind": label}
        return beside(name, _("dossier %(number)s") % {"number": self.dossier} if self.dossier else "")


def papers_on(scan: StoredFile) -> list[Named]:
    """The papers of this council whose codes a file bears, each once, in the order of its pages."""
    with scan.open() as stream:
        codes = codes_in(stream.read())
    return list(dict.fromkeys(_named(codes)))


def pictured(scan: StoredFile) -> bytes:
    """A scan as a picture to look at, drawn anew; empty when it cannot be. Raises FileNotFoundError once erased."""
    with scan.open() as stream:
        return picture_of(stream.read())


def _named(codes: list[str]) -> Iterator[Named]:
    keys = public_keys() if codes else {}
    for code in codes:
        if text := qr.text_of_draft(code):
            draft = Draft.objects.filter(printed_text=text).select_related("act").first()
            number = draft.act.number if draft and draft.act else ""
            yield Named(draft.kind, text, number, draft.dossier_ref) if draft else Named(text=text)
            continue
        try:
            claims = cose.verify(cose.from_text(code), keys)
        except cose.BadSeal:
            continue
        if claims.council == current_council().code:
            act = Act.objects.filter(number=claims.number).first()
            yield Named(claims.kind, number=claims.number, dossier=act.dossier_ref if act else "")


@dataclass(frozen=True)
class Reading:
    """A scan that was given for a paper: whether it bears its code, or which other paper's."""

    file: StoredFile
    recognised: bool = False
    other: Named | None = None

    @property
    def is_picture(self) -> bool:
        """Whether a browser draws it on a page."""
        return self.file.media_type.startswith("image/")

    @property
    def words(self) -> str:
        """What its codes say, for whoever is about to rely on it."""
        if self.recognised:
            return _("The code on the scan is that of this paper.")
        if self.other:
            return _("The code on the scan is that of another paper: %(paper)s.") % {"paper": self.other.words}
        return _("No code of a paper could be read on the scan.")


#: For how long a scan may be confirmed that was read: what nothing holds is swept after two days.
_CONFIRMED_WITHIN = 24 * 60 * 60
_SALT = "tadbir.scan-read"


def token_of(read: Reading, draft: Draft) -> str:
    """What was read of a scan for a draft, to travel with the page that shows it; nothing for a foreign one."""
    if read.other is not None:
        return ""
    told = {"text": text_digest(draft), "sha256": read.file.sha256, "recognised": read.recognised}
    return signing.dumps(told, salt=_SALT)


def read_before(token: str, draft: Draft) -> Reading | None:
    """What was read of a scan for this very text and shown; None for any other token."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=_CONFIRMED_WITHIN)
    except signing.BadSignature:
        return None
    file = StoredFile.objects.filter(sha256=told["sha256"], erased_at__isnull=True).first()
    if file is None or told["text"] != text_digest(draft):
        return None
    return Reading(file, told["recognised"])


def reading(scan: StoredFile, paper: Draft | Act) -> Reading:
    """What the codes on a scan that was kept say of a paper: of its printed text, or of its seal."""
    draft = paper if isinstance(paper, Draft) else Draft.objects.filter(act=paper).first()
    act = paper if isinstance(paper, Act) else paper.act
    text, number = text_digest(draft) if draft else "", act.number if act else ""
    found = papers_on(scan)
    if any((one.text and one.text == text) or (number and one.number == number) for one in found):
        return Reading(scan, recognised=True)
    return Reading(scan, other=next(iter(found), None))
