"""What letters of any domain share: their parts, and the answer with its remedies."""

from tadbir.desk.papers.answers import (
    TITLES,
    answer_being_prepared,
    answer_to_notify,
    as_read,
    draft_answer,
    half_written,
    remedies_if_notified,
    sense_of,
    shown,
    texts_of,
    with_reasons,
)

__all__ = [
    "TITLES",
    "answer_being_prepared",
    "answer_to_notify",
    "as_read",
    "draft_answer",
    "half_written",
    "remedies_if_notified",
    "sense_of",
    "shown",
    "texts_of",
    "with_reasons",
]
