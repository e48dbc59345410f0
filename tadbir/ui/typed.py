"""What somebody typed and sent, where the answer cannot be its page: it is shown again, ready to be sent."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import django.forms as plain
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.utils.choices import flatten_choices
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import override

#: Never kept or shown: the form's token, and whatever lets somebody in.
_SECRET = re.compile("csrfmiddlewaretoken|.*password.*|code|again-code|otp_.*")
#: A number in an address, as the register writes it.
_NUMBERED = re.compile(r"[A-Z]{1,4}-[0-9]{4}-[0-9]{5,}(?:~[0-9]+)?")
#: What a form carries by itself: sent again, never shown.
_CARRIED = {"shown", "key", "told", "back", "next", "kept", "switch", "document-given", "document-without"}
#: Who reads what was chosen in fields that are made with their form, by how their names begin.
_READERS: dict[str, Callable[[str, str], str]] = {}
#: What pages propose by themselves in a field that is written in.
_PROPOSED: list[str | Promise] = []


def read_choices(beginning: str, reader: Callable[[str, str], str]) -> None:
    """Declare who puts into words what was chosen in fields whose names begin so: the reader gets name and value, and
    gives "" for what it does not know, or cannot read: a page of an error asks it too."""
    _READERS[beginning] = reader


def propose(words: str | Promise) -> None:
    """Declare words that a page proposes by itself: left as they are, nobody wrote them."""
    _PROPOSED.append(words)


@dataclass(frozen=True)
class Typed:
    """The fields of a form that was sent, and the names of its files, which must be chosen again."""

    address: str
    fields: list[tuple[str, str]]
    files: list[str]

    @property
    def about(self) -> str:
        """The number of the dossier or of the paper on whose page it was typed; empty for a page of none."""
        parts = [unquote(part) for part in urlsplit(self.address).path.split("/")]
        return next((part for part in parts if _NUMBERED.fullmatch(part)), "")

    @property
    def texts(self) -> list[str]:
        """What a person would read again: his own words, and what he chose as its page called it."""
        return [words for _label, words in self.labelled]

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """The same, each after the label of its field; without one where forms call that name otherwise."""
        asked = _asked()
        sent = [(name, value) for name, value in self.fields if name not in _CARRIED]
        read = [(name, _made(name, value) or _words(asked.get(name, []), value)) for name, value in sent]
        return [(_label(asked.get(name, [])), words) for name, words in read if words.strip()]

    @property
    def written(self) -> list[tuple[str, str, str]]:
        """What somebody wrote himself: the name of each field, its label, his words. Neither what he chose nor what
        its page proposed, or says by a field that no form asks."""
        asked, ours = _asked(), _proposed()
        sent = [(name, value) for name, value in self.fields if name not in _CARRIED and value.strip() not in ours]
        sent = [(name, value) for name, value in sent if name in asked or name.startswith(tuple(_READERS))]
        read = [(name, value, _made(name, value) or _words(asked.get(name, []), value)) for name, value in sent]
        return [(name, _label(asked.get(name, [])), value) for name, value, words in read if words == value]


def _proposed() -> set[str]:
    """What no person wrote, in each language; nothing at all too."""
    found = {""}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {str(words).strip() for words in _PROPOSED}
    return found


def _asked() -> dict[str, list[plain.Field]]:
    """The fields of every form, by name. What a form adds while it is made is not among them."""
    found: dict[str, list[plain.Field]] = {}
    forms: list[type[plain.BaseForm]] = [plain.BaseForm]
    while forms:
        form = forms.pop()
        forms += form.__subclasses__()
        for name, field in getattr(form, "base_fields", {}).items():
            found.setdefault(name, []).append(field)
    return found


def _made(name: str, value: str) -> str:
    """What was chosen in a field that its form made, in words; empty for any other."""
    return next((reader(name, value) for start, reader in _READERS.items() if name.startswith(start)), "")


def _label(fields: Sequence[plain.Field]) -> str:
    """What every form that has a field of this name calls it; empty where they do not agree."""
    found = {str(field.label or "") for field in fields}
    return found.pop() if len(found) == 1 else ""


def _words(fields: Sequence[plain.Field], value: str) -> str:
    """A value in words; empty for one that a machine reads, as the key of a row. Reads no database."""
    for field in fields:
        choices = getattr(field, "choices", None)
        if isinstance(choices, list) and (label := dict(flatten_choices(choices)).get(value)):
            return str(label)
    machines = (plain.ChoiceField, plain.BooleanField)
    unread = (isinstance(field, machines) or field.widget.is_hidden for field in fields)
    return "" if fields and all(unread) else value


def typed_in(request: HttpRequest) -> Typed | None:
    """What was typed in the form of a request; None where nothing was, or where it cannot be read."""
    if request.method != "POST":
        return None
    try:
        lists = [*request.POST.lists()]
        files = [file.name or "" for _name, many in request.FILES.lists() for file in many]
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError, OSError):
        return None
    fields = [(name, str(value)) for name, values in lists if not _SECRET.fullmatch(name) for value in values]
    return Typed(request.get_full_path(), fields, files)


def from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this host sent the form: what another site sends was typed by nobody."""
    if said := request.headers.get("Sec-Fetch-Site"):
        return said == "same-origin"
    try:
        return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    except SuspiciousOperation:  # a host that is none of ours: its page is the error itself
        return False


def to_send_again(request: HttpRequest | None) -> dict[str, Any]:
    """Context of `ui/typed.html`: what was typed, with a fresh token; empty where there is nothing to send again."""
    typed = typed_in(request) if request is not None and from_our_own_page(request) else None
    if request is None or typed is None or not typed.texts:
        return {}
    return {"typed": typed, "csrf_token": get_token(request)}


def typed_digest(request: HttpRequest) -> str:
    """What was typed and sent, as a keyed hash: a form sent again with other content is no repetition."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, file.name or "", file.size) for name, many in request.FILES.lists() for file in many)
    return salted_hmac("tadbir.typed", repr((typed, files)), algorithm="sha256").hexdigest()
