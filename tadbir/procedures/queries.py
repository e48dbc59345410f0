"""Reading the sheets of the current council."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import ndiff
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tadbir.councils.memory import read_once
from tadbir.councils.models import in_language
from tadbir.councils.powers import last_traced
from tadbir.councils.shown import Difference, Last, Line, Shown, Told, told_by
from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.labels import label_of
from tadbir.procedures.models import Sheet
from tadbir.procedures.parsing import digest_of
from tadbir.register.canonical import plain


def serving() -> QuerySet[Sheet]:
    """The version of each service that serves today: the adopted one; where none is, the draft, as a plain letter."""
    adopted = Sheet.objects.filter(code=OuterRef("code"), status=Sheet.Status.ADOPTED)
    letters = Q(status=Sheet.Status.DRAFT) & ~Exists(adopted)
    return Sheet.objects.filter(Q(status=Sheet.Status.ADOPTED) | letters).select_related("unit")


def newest() -> QuerySet[Sheet]:
    """The version of each service that a correction starts from: the draft, else the adopted one."""
    draft = Sheet.objects.filter(code=OuterRef("code"), status=Sheet.Status.DRAFT)
    adopted = Q(status=Sheet.Status.ADOPTED) & ~Exists(draft)
    return Sheet.objects.filter(Q(status=Sheet.Status.DRAFT) | adopted).select_related(
        "unit", "written_by", "adopted_by"
    )


def open_sheets() -> QuerySet[Sheet]:
    """The services the council offers today, each in the version that serves."""
    return serving().filter(switched_on=True)


def current_sheet(code: str) -> Sheet | None:
    """The version of a service that serves today."""
    return serving().filter(code=code).first()


def newest_sheet(code: str) -> Sheet | None:
    """The version of a service that a correction starts from, and that waits for its adoption when it is a draft."""
    return newest().filter(code=code).first()


@read_once
def _every_version() -> dict[int, Sheet]:
    return {sheet.pk: sheet for sheet in Sheet.objects.select_related("unit").order_by()}


def kept_version(key: int | None) -> Sheet | None:
    """A version of a service by its key, to be read and not written: these long rows are read once, not at every
    request that is about a dossier or a draft."""
    if key is None:
        return None
    return _every_version().get(key) or Sheet.objects.select_related("unit").get(pk=key)


def serves(sheet: Sheet) -> bool:
    """Whether people can ask for it today in this very version."""
    return serving().filter(pk=sheet.pk).exists()


def sheet_names(keys: Iterable[int | None]) -> dict[int, str]:
    """The names, in the reader's language, of the services that some dossiers were opened under, by the keys of their
    sheets: of these long rows nothing else is read."""
    wanted = {key for key in keys if key}
    rows = Sheet.objects.filter(pk__in=wanted).only("code", "version", "body").order_by() if wanted else ()
    return {sheet.pk: sheet.parsed.name for sheet in rows}


def waiting() -> set[str]:
    """Codes of the services with a draft that waits beside the version in force."""
    drafts = Sheet.objects.filter(status=Sheet.Status.DRAFT)
    adopted = Sheet.objects.filter(status=Sheet.Status.ADOPTED)
    return set(drafts.values_list("code", flat=True)) & set(adopted.values_list("code", flat=True))


def as_shown(sheet: Sheet) -> Shown:
    """What a page displays of a version: whoever adopts, corrects or switches has read this one."""

    written = (str(sheet.written_by or ""), sheet.written_at)

    def last(key: str) -> Last:
        decided = f"sheet:{sheet.pk}" if sheet.is_adopted else ""
        by, at = last_traced(f"switch:{sheet.code}" if key == "offered" else decided)
        return (by, at) if at else written

    def since(before: Told) -> list[Difference]:
        texts = _since(sheet, before.get("version", ("", ""))[0])
        return [*(told_by(bare, last).since or bare.differences)(before), *texts]

    offered = _("offered") if sheet.switched_on else _("not offered")
    lines = [
        Line("version", _("Version"), str(sheet.version)),
        Line("state", _("State"), str(sheet.get_status_display()), sheet.status),
        Line("offered", _("Service"), offered, str(sheet.switched_on)),
    ]
    bare = Shown(f"sheet:{sheet.code}", lines)
    return replace(bare, since=since)


def asked_under(sheet: Sheet) -> Shown:
    """What the page where somebody asks for a service displays of its sheet: which version, and no key of its data."""
    return Shown(f"ask:{sheet.code}", [Line("version", _("The sheet of this service, version"), str(sheet.version))])


def _since(sheet: Sheet, version: str) -> list[Difference]:
    """What differs in words from the version that the page displayed."""
    old = version_of(sheet.code, int(version)) if version.isdigit() else None
    found = changes(old, sheet) if old is not None else []
    by, at = str(sheet.written_by or ""), sheet.written_at
    return [Difference(change.label, change.before, change.after, by, at) for change in found]


def versions(code: str) -> QuerySet[Sheet]:
    """Every version of a service, newest first."""
    return Sheet.objects.filter(code=code).order_by("-version")


def later_text(sheet: Sheet, shipped: Mapping[str, dict[str, Any]] | None = None) -> dict[str, Any] | None:
    """The text the catalogue ships now, where the sheet neither came from it nor says it, and nobody set it aside."""
    table = (catalogue() if shipped is None else shipped).get(sheet.code)
    if table is None or digest_of(table) in (sheet.catalogue_sha256, sheet.settled_sha256, digest_of(sheet.body)):
        return None
    return table


def with_later_text() -> list[str]:
    """Codes of the services for which a later version of Tadbir ships another text that nobody looked at."""
    shipped = catalogue()
    return [sheet.code for sheet in newest() if later_text(sheet, shipped)]


def sheets() -> list[Sheet]:
    """The version of each service that serves, in the order of the catalogue."""
    return sorted(serving(), key=lambda sheet: (sheet.parsed.number, sheet.code))


def not_taken() -> list[tuple[str, str]]:
    """The sheets of the catalogue that this council has not taken: code and name."""
    taken = set(Sheet.objects.values_list("code", flat=True))
    tables = sorted(catalogue().items(), key=lambda item: (item[1].get("number", 0), item[0]))
    return [(code, in_language(table["ar"], table["fr"])) for code, table in tables if code not in taken]


def version_of(code: str, version: int) -> Sheet | None:
    """One version of a service."""
    return Sheet.objects.select_related("unit", "adopted_by").filter(code=code, version=version).first()


@dataclass(frozen=True)
class Change:
    """What differs between two versions at one key; `before` or `after` is empty when it came or went."""

    key: str
    before: str
    after: str
    label: str


def _leaves(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Every single value of a sheet with the path that leads to it; a coded item is named by its code."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for rank, inner in enumerate(value, 1):
            name = inner.get("code", rank) if isinstance(inner, dict) else rank
            yield from _leaves(inner, f"{key}[{name}]")
    else:
        yield key, str(value)


def changes(before: Sheet, after: Sheet) -> list[Change]:
    """What differs between two versions of a sheet, key by key."""
    return differences(before.body, after.body)


def later_changes(sheet: Sheet) -> list[Change]:
    """What the text shipped now would change in the council's sheet; empty when there is nothing to decide."""
    table = later_text(sheet)
    return differences(sheet.body, plain(table)) if table is not None else []


def differences(before: Any, after: Any, named: Callable[[str], str] | None = None) -> list[Change]:
    """What differs between two tables of data, key by key; `named` says what a key is called where it is no sheet's."""
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    keys = [line[2:] for line in ndiff(list(old), list(new)) if line[:2] != "? "]
    ordered = dict.fromkeys(keys)
    found = [key for key in ordered if old.get(key) != new.get(key)]
    called = named or (lambda key: label_of(key, after, before))
    return [Change(key, old.get(key, ""), new.get(key, ""), called(key)) for key in found]
