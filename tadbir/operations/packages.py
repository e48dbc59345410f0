"""The packages of this environment beside those that this version was tried with (`run.lock`)."""

import re
from importlib.metadata import PackageNotFoundError, version

from django.utils.translation import gettext as _

from tadbir.operations import manual

#: A package of the lock file: its name, its version, and for which machines where not for all.
_PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)(\s*;)?", re.MULTILINE)


def differing() -> list[str]:
    """What is installed in another version than the one tried, or not at all, in words."""
    found = []
    for name, tried, elsewhere in _PINNED.findall(manual.lock().read_text("utf-8")):
        try:
            here = version(name)
        except PackageNotFoundError:
            if not elsewhere:  # a marker says for which machines
                found.append(_("%(name)s is missing (tried with %(tried)s)") % {"name": name, "tried": tried})
            continue
        if here != tried:
            found.append(_("%(name)s %(here)s (tried with %(tried)s)") % {"name": name, "here": here, "tried": tried})
    return found
