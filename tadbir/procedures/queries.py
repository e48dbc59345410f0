"""Reading the sheets of the current council."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import ndiff
from typing import Any

from django.db.models import QuerySet

from tadbir.councils.models import in_language
from tadbir.procedures.models import Sheet
from tadbir.procedures.sheet import catalogue, digest_of
from tadbir.register.canonical import plain


def open_sheets() -> QuerySet[Sheet]:
    """The services the council offers today: switched on and not retired."""
    return Sheet.objects.filter(switched_on=True).exclude(status=Sheet.Status.RETIRED).select_related("unit")


def current_sheet(code: str) -> Sheet | None:
    """The version in force of a service."""
    return Sheet.objects.exclude(status=Sheet.Status.RETIRED).select_related("unit").filter(code=code).first()


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
    return [sheet.code for sheet in Sheet.objects.exclude(status=Sheet.Status.RETIRED) if later_text(sheet, shipped)]


def sheets() -> list[Sheet]:
    """The version in force of each service, in the order of the catalogue."""
    found = Sheet.objects.exclude(status=Sheet.Status.RETIRED).select_related("unit")
    return sorted(found, key=lambda sheet: (sheet.parsed.number, sheet.code))


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


def differences(before: Any, after: Any) -> list[Change]:
    """What differs between two tables of data, key by key."""
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    keys = [line[2:] for line in ndiff(list(old), list(new)) if line[:2] != "? "]
    ordered = dict.fromkeys(keys)
    return [Change(key, old.get(key, ""), new.get(key, "")) for key in ordered if old.get(key) != new.get(key)]
