"""The reader of the index."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tadbir.councils.scope import current_council
from tadbir.textsearch import engines
from tadbir.textsearch.stemmer import query_terms

#: Words of one question that are looked at; a pasted page must not become a question of a thousand terms.
MOST_TERMS = 16
NEWEST = 2**62


class Hit(NamedTuple):
    """A found object; `position` of the last one is `before` of the next page."""

    object_type: str
    object_id: str
    position: int

    @property
    def date(self) -> date:
        """The date that the object was indexed under."""
        return date.fromordinal(self.position >> 40)


def search(question: str, types: Sequence[str] = (), limit: int = 20, before: int | None = None) -> list[Hit]:
    """Objects of the current council whose text holds every word of `question`, newest first.

    Numbers are found by their start, with or without leading zeros. No word, no answer. Asking for one more
    than a page shows tells whether another page follows.
    """
    terms = query_terms(question)[:MOST_TERMS]
    if not terms:
        return []
    rows = engines.find(current_council().pk, terms, types, limit, NEWEST if before is None else before)
    return [Hit(kind, object_id, position) for position, kind, object_id in rows]


def found_ids(question: str, object_type: str, limit: int = 20, before: int | None = None) -> list[str]:
    """Ids of the found objects of one type, newest first."""
    return [hit.object_id for hit in search(question, [object_type], limit, before)]
