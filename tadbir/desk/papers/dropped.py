"""What was written in a letter that is no longer there, kept by the fact that says so: it is somebody's work, stays
readable in the dossier, and is offered again where it may serve."""

from typing import Any

from tadbir.acts.models import Draft
from tadbir.desk.papers.answers import is_unreasoned, sense_of
from tadbir.desk.papers.letters import step_of
from tadbir.desk.papers.texts import texts_of
from tadbir.dossiers.models import Fact
from tadbir.dossiers.story import Story

#: That a letter was given up before anybody signed it.
DROPPED = "letter_dropped"


def words_of_draft(draft: Draft, *, fell: bool | str) -> dict[str, Any]:
    """What the fact that gives up a letter keeps of it: which one it was, its words. `fell`: with the entry that it
    answered or told, not by anybody's wish; `put_right`: with what it was worded by."""
    step = step_of(draft)
    texts: dict[str, Any] = dict(step.words) if step else {**texts_of(draft), "sense": sense_of(draft)}
    if step is None and is_unreasoned(draft):  # the sentence that stands for reasons is not the writer's
        texts |= {"reasons_ar": "", "reasons_fr": ""}
    letter = {name: text for name, text in texts.items() if text}
    return {"draft": str(draft.pk)} | ({"letter": letter} if letter else {}) | ({"fell": fell} if fell else {})


def dropped_as(story: Story, draft: int) -> Fact | None:
    """The fact that says that this letter was given up."""
    return next((one for one in story.of(DROPPED) if one.words.get("draft") == str(draft)), None)


def words_of_dropped(fact: Fact) -> list[str]:
    """The words of the letter that a fact says was given up; nothing for another fact, or once they were erased."""
    said = fact.words.get("letter", {}) if fact.kind == DROPPED else {}
    return [str(text) for name, text in said.items() if name != "sense"]


def fallen_answer(story: Story) -> tuple[Fact, dict[str, str]] | None:
    """The last answer that fell with the entry it answered, and its words, where none was signed since: they are
    offered again to whoever writes the next."""
    last = story.last(DROPPED, "outcome_signed", "answer_signed")
    if last is None or not last.words.get("fell") or "sense" not in last.words.get("letter", {}):
        return None
    blank = {f"{name}_{lang}": "" for name in ("body", "reasons") for lang in ("ar", "fr")}
    return last, blank | {name: str(text) for name, text in last.words["letter"].items()}
