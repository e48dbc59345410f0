"""The words of an answer that is no longer there, offered to whoever writes the next one: under the sense that they
were written for, and no other; there they are only read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act, Draft
from tadbir.councils.models import in_language
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.fate import of_act, of_dropped
from tadbir.desk.words import sense_name

BODIES = ("body_ar", "body_fr")
TEXTS = (*BODIES, "reasons_ar", "reasons_fr")


@dataclass(frozen=True)
class Earlier:
    """An answer that fell with the entry that it answered, or that was annulled: its words, the sense that they were
    written for, what they answered, and what became of it (`fate`)."""

    texts: Mapping[str, str]
    sense: str
    answered: str
    fate: str

    @property
    def sense_words(self) -> str:
        """The sense that they were written for, in words."""
        return sense_name(self.sense)

    @property
    def words(self) -> list[str]:
        """What was written, to be read."""
        return [self.texts[name] for name in TEXTS if self.texts.get(name)]

    def is_all_of(self, typed: Mapping[str, str]) -> bool:
        """Whether what is typed is its words, as they were written."""
        return all(typed.get(name, "").split() == self.texts.get(name, "").split() for name in TEXTS)


def written(paper: Act | Draft) -> dict[str, str]:
    """What the officer wrote last time: where no reasons could be given, the sentence that says so is not his."""
    texts = papers.texts_of(paper)
    return texts | {"reasons_ar": "", "reasons_fr": "", "unreasoned": "on"} if papers.is_unreasoned(paper) else texts


def _remedy_of(kind: str, step: str) -> str:
    """What an answer answered, by the fact that says that its person was notified of it."""
    found = (one for one in law.REGIMES[kind].answered if one.answered == step)
    return next((in_language(one.name.ar, one.name.fr) for one in found), _("the request itself"))


def earlier_of(desk: Desk) -> Earlier | None:
    """The answer whose words are offered where none is written: one that fell, else the annulled answer to the same."""
    if fallen := papers.fallen_answer(desk.story):
        fact, texts = fallen
        answered = _remedy_of(desk.dossier.kind, str(fact.data.get("step", "")))
        return Earlier(texts, texts["sense"], answered, of_dropped(fact))
    act = papers.annulled_answer(desk.dossier, desk.asked)
    if act is None:
        return None
    answered = desk.asked_name or _("the request itself")
    return Earlier(written(act), papers.sense_of(act), answered, of_act(act, desk.story))
