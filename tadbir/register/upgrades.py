"""Whether this program judges the rows by other rules than those by which the register took them over."""

from collections.abc import Iterator

from tadbir.register.judging import read
from tadbir.register.models import Entry, ranked
from tadbir.register.proving import BASELINE, declared
from tadbir.register.queries import breaks_of_chain
from tadbir.register.vouched import MARK, is_vouched
from tadbir.register.witnesses import lost_witnesses


def laid_before() -> list[Entry]:
    """The links that took rows over, in order: looked for by what their hash holds, and not by where they are filed.

    After the first that bears a mark none counts that bears none: whoever has no key writes none.
    """
    keys = ranked().filter(kind=BASELINE).order_by("seq").values_list("pk", flat=True)
    links, _unread = read(ranked(), list(keys))
    found, marked = [], False
    for link in links:
        if not isinstance(link.fields, dict) or not isinstance(link.fields.get("of"), str):
            continue
        good = is_vouched(link)
        if good or (not marked and MARK not in link.fields):
            found.append(link)
        marked = marked or good
    return found


def waits_for_migrate() -> bool:
    """Whether the register of the current council waits to be taken over by this program: until then the proof would
    call rows false that an older program wrote as it had to. Not where it never took anything over."""
    return bool(laid_before()) and takes_over()


def takes_over() -> bool:
    """Whether `migrate` will take rows of the current council over, for the first time or by other rules."""
    found = {link.fields["of"]: str(link.fields.get("version", "")) for link in laid_before()}
    return any(found.get(proof.noun) != proof.version() for proof in declared())


def not_to_be_taken_over() -> Iterator[str]:
    """Where a register does not even hold by itself: taken over, what was written by hand would bear a true mark."""
    for broken in breaks_of_chain():
        yield f"link {broken.seq}: {broken.reason}"
    yield from lost_witnesses()
