"""Whether this program judges the rows by other rules than those by which the register took them over."""

from tadbir.register.models import Entry
from tadbir.register.proving import BASELINE, declared


def waits_for_migrate() -> bool:
    """Whether the register of the current council waits to be taken over by this program: until then the proof would
    call rows false that an older program wrote as it had to. Not where it never took anything over."""
    wanted = {f"{BASELINE}:{proof.noun}": proof.version() for proof in declared()}
    links = Entry.objects.filter(about__in=wanted).order_by("seq")
    found = {link.about: link.fields for link in links}
    return bool(found) and any(_version(found.get(about)) != version for about, version in wanted.items())


def _version(fields: object) -> str | None:
    return str(fields.get("version", "")) if isinstance(fields, dict) else None
