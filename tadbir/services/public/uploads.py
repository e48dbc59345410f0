"""Documents as they arrive: too heavy ones fill no disk, and each chosen one is kept whatever becomes of the others."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tadbir.desk.public import access
from tadbir.services.forms.residents import UploadForm
from tadbir.ui.dates import size_words

FIELD = "document"


class SizeGuard(FileUploadHandler):
    """Stop keeping a document as soon as it is too heavy: it fills no disk, and what comes after it is read."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit, self.seen, self.too_heavy = limit, 0, set[str]()

    def new_file(self, field_name: str, *args: object, **kwargs: object) -> None:
        """Count each file from nothing."""
        super().new_file(field_name, *args, **kwargs)  # type: ignore[arg-type]
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass on to the next handler."""
        self.seen += len(raw_data)
        if self.seen > self.limit:
            self.too_heavy.add(str(self.field_name))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handlers make the file."""


def guard_size(request: HttpRequest) -> SizeGuard:
    """Watch the size of what arrives. To be called before anything reads the body (a form token, say)."""
    guard = SizeGuard(UploadForm.base_fields[FIELD].limit)  # type: ignore[attr-defined]
    request.upload_handlers = [guard, *request.upload_handlers]
    return guard


def chosen(request: HttpRequest, codes: Iterable[str], pressed: str, guard: SizeGuard) -> dict[str, UploadForm]:
    """The form of each document that was chosen, whatever button was pressed, and of the one whose button it was.

    One that was too heavy was not even kept, and says so.
    """
    found: dict[str, UploadForm] = {}
    for code in dict.fromkeys([*codes, *filter(None, [pressed])]):
        name = f"{code}-{FIELD}"
        if code != pressed and name not in request.FILES and name not in guard.too_heavy:
            continue
        form = found[code] = UploadForm(request.POST, request.FILES, prefix=code)
        if name in guard.too_heavy:
            words = _("This document is heavier than %(limit)s.") % {"limit": size_words(guard.limit)}
            form.errors[FIELD] = form.error_class([words])
    return found


def keep(request: HttpRequest, forms: dict[str, UploadForm], action: Callable[[str, UploadedFile], object]) -> bool:
    """Keep every good one by the action; a refusal is written beside its document. Whether none was refused."""
    for code, form in forms.items():
        if not form.is_valid():
            continue
        access.limit_uploads(request)
        try:
            action(code, form.cleaned_data[FIELD])
        except ValidationError as error:
            form.add_error(FIELD, error)
    return not any(form.errors for form in forms.values())
