"""What was chosen is not lost: where a form of the office comes back, its document waits in it and goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileInput
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tadbir.register.actions import keep_upload
from tadbir.register.models import StoredFile
from tadbir.ui import forms
from tadbir.ui.dates import size_words
from tadbir.ui.text import file_name

#: For how long a form may bring its document along: what nothing holds is swept after two days.
_HELD_WITHIN = 24 * 60 * 60
#: What travels beside the field of the document: which one waits, and that it is to be left out.
GIVEN, WITHOUT = "document-given", "document-without"


@dataclass(frozen=True)
class Held:
    """A document that waits in a form: the file, as it was called, and what carries it."""

    file: StoredFile
    name: str
    token: str


class KeptInput(FileInput):
    """A field of one document that says which one waits already, if any, and carries it."""

    form: KeepingForm

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The field; beside it what waits, which another choice replaces."""
        try:
            held = self.form.hold()
        except ValidationError as error:
            wrong = format_html('<div class="notice bad"><p>{}</p></div>', " ".join(error.messages))
            return super().render(name, value, attrs, renderer) + wrong
        drawn = super().render(name, value, (attrs or {}) | ({"required": False} if held else {}), renderer)
        return drawn + _waits(held, leave=not self.is_required) if held else drawn


def _waits(held: Held, *, leave: bool) -> SafeString:
    """Which document waits, what carries it, and the way to go on without it where it is none that must be."""
    told = {"name": held.name, "size": size_words(held.file.size)}
    said = _("“%(name)s” (%(size)s) is kept and goes with this form. Choose another only to replace it.") % told
    without = format_html('<label><input type="checkbox" name="{}"> {}</label>', WITHOUT, _("Send without it"))
    part = '<div class="notice good"><p>{}</p>{}</div><input type="hidden" name="{}" value="{}">'
    return format_html(part, said, without if leave else "", GIVEN, held.token)


class KeepingForm(forms.Form):
    """A form of the office with one `document`: refused, it comes back with the document that was chosen.

    What it carries is signed and holds for one form about one thing: `about`, else what its page displays.
    """

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        self.about = about
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        given = KeptInput(field.widget.attrs)
        given.form, given.is_required, field.widget = self, field.required, given
        self.before = self._before() if self.is_bound else None
        if self.before is not None:
            files: MultiValueDict[str, Any] = self.files.copy()
            with self.before.file.open() as stream:
                files[self.add_prefix("document")] = SimpleUploadedFile(self.before.name, stream.read())
            self.files = files

    @property
    def _salt(self) -> str:
        shown = getattr(self, "now", None)
        return f"tadbir.document-given:{type(self).__name__}:{shown.what if shown else self.about}"

    def _before(self) -> Held | None:
        """The document that came with the form before; None where another was chosen, or none is to be sent."""
        if self.files.get(self.add_prefix("document")) or (
            WITHOUT in self.data and not self.fields["document"].required
        ):
            return None
        try:
            told = signing.loads(self.data.get(GIVEN, ""), salt=self._salt, max_age=_HELD_WITHIN)
        except signing.BadSignature:
            return None
        file = StoredFile.objects.filter(sha256=told["sha256"], erased_at__isnull=True).first()
        return Held(file, told["name"], self.data[GIVEN]) if file and file.path.exists() else None

    def hold(self) -> Held | None:
        """The document that waits in a form that came back, kept now where it was not. Raises ValidationError."""
        upload = self.files.get(self.add_prefix("document")) if self.is_bound and self.errors else None
        if upload is None or "document" in self.errors:
            return None
        if self.before is None:
            upload.seek(0)
            file, name = keep_upload(upload.read()), file_name(upload.name or "") or "document"
            self.before = Held(file, name, signing.dumps({"sha256": file.sha256, "name": name}, salt=self._salt))
        return self.before
