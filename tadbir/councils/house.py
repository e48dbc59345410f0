"""What a council says of itself on its papers and pages, in both languages, and nothing else knows: the town from which
its letters are dated, where its counter is, when it is open and by which telephone one asks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Council
from tadbir.councils.queries import last_correction
from tadbir.councils.shown import Line, Shown

#: What is said, by the name of its place in the settings: (inside which part, its key, what it is called).
SAID: Mapping[str, tuple[str, str, Any]] = {
    "place_ar": ("", "place_ar", _("Town of the letters, in Arabic")),
    "place_fr": ("", "place_fr", _("Town of the letters, in French")),
    "where_ar": ("counter", "where_ar", _("Where the counter is, in Arabic")),
    "where_fr": ("counter", "where_fr", _("Where the counter is, in French")),
    "hours_ar": ("counter", "hours_ar", _("When the counter is open, in Arabic")),
    "hours_fr": ("counter", "hours_fr", _("When the counter is open, in French")),
    "phone": ("counter", "phone", _("Telephone of the council")),
}


def house_of(council: Council) -> dict[str, str]:
    """What a council says of itself, each place, empty where it said nothing."""
    settings = council.settings
    return {
        name: str((settings.get(part, {}) if part else settings).get(key, "")) for name, (part, key, _l) in SAID.items()
    }


def with_house(council: Council, said: Mapping[str, str]) -> dict[str, Any]:
    """The settings of a council once it says this of itself."""
    settings = {**council.settings, "counter": dict(council.settings.get("counter", {}))}
    for name, text in said.items():
        part, key, _label = SAID[name]
        (settings[part] if part else settings)[key] = text
    return settings


def house_shown(council: Council) -> Shown:
    """What the page of the council displays of it."""
    lines = [Line(name, SAID[name][2], text) for name, text in house_of(council).items()]
    return Shown(f"house:{council.pk}", lines, **last_correction("council", council.pk))
