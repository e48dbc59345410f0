"""What a remedy granted and nobody has given yet: whoever writes the next answer, and whoever signs it, reads it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.desk.papers.parts import lines_of
from tadbir.desk.words import sense_name
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier
from tadbir.dossiers.story import Story
from tadbir.law.words import beside
from tadbir.ui.dates import day_words


@dataclass(frozen=True)
class Granted:
    """The answer to a remedy that granted something: by what name its law calls the remedy, its letter, its sense."""

    remedy: law.Words
    sense: str
    on: date
    act: Act | None

    @property
    def number(self) -> str:
        """The number of its letter; empty for one that was recorded without any."""
        return self.act.number if self.act else ""

    @property
    def words(self) -> str:
        """Which remedy, which letter, of which day, in which sense: one line."""
        name = in_language(self.remedy.ar, self.remedy.fr)
        return beside(name, self.number, day_words(self.on), sense_name(self.sense))

    @property
    def body(self) -> dict[str, Any]:
        """What its letter says; empty once it was erased."""
        return dict(self.act.content.body or {}) if self.act else {}

    @property
    def text(self) -> str:
        """The words of its letter in Arabic."""
        return lines_of(self.body.get("blocks", []))

    def reference(self, lang: str) -> str:
        """How the answer that gives it refers to it."""
        day = day_words(self.on, lang)
        if lang == "ar":
            return f"، وجوابنا {f'رقم {self.number} ' if self.number else ''}بتاريخ {day} ({self.remedy.ar})"
        name = self.remedy.fr[:1].lower() + self.remedy.fr[1:]
        return f" ; notre réponse {f'n° {self.number} ' if self.number else ''}du {day} ({name})"


def granted_in(dossier: Dossier, story: Story | None = None) -> Granted | None:
    """What a remedy granted in a dossier and is to be given by the next answer, if anything. `story`: its facts."""
    regime = law.REGIMES.get(dossier.kind)
    kinds = [one.answered for one in regime.answered] if regime else []
    known = story.of(*kinds) if story else kinds and dossier.facts.filter(kind__in=kinds).exists()
    if not known:
        return None
    facts = story.facts if story else clockwork.facts_of(dossier)
    state = clockwork.standing(dossier, facts=facts)
    owed = state.owed_grant
    if owed is None:
        return None
    number = str(owed.data.get("act", ""))
    act = Act.objects.filter(dossier_ref=dossier.number, number=number).select_related("content").first()
    day = act.date if act else local_date(next(fact.happened_at for fact in facts if str(fact.pk) == owed.id))
    return Granted(state.remedy_of(owed), str(owed.data["sense"]), day, act)
