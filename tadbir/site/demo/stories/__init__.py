"""The stories of the demonstration. Each is one dossier; a story is read from top to bottom, `yield` lets days pass."""

from tadbir.site.demo.stories.loans import (
    corrected,
    forgotten,
    granted,
    incomplete,
    misdirected,
    opinion,
    paper_block,
    questions,
    reassigned,
    refused,
    to_notify,
    twice,
    waiting,
    withdrawn,
)
from tadbir.site.demo.stories.others import complaint, data_rights, information, new_head, petition, road, school

__all__ = [
    "complaint",
    "corrected",
    "data_rights",
    "forgotten",
    "granted",
    "incomplete",
    "information",
    "misdirected",
    "new_head",
    "opinion",
    "paper_block",
    "petition",
    "questions",
    "reassigned",
    "refused",
    "road",
    "school",
    "to_notify",
    "twice",
    "waiting",
    "withdrawn",
]
