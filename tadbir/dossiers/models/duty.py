"""The duties that the law derived from the facts of a dossier."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from tadbir import law
from tadbir.councils.models import Person, Unit
from tadbir.councils.personal import Plain
from tadbir.councils.scope import CouncilModel
from tadbir.dossiers.models.dossier import Dossier


class Never(models.Func):
    """A date after every other, written into the question: SQLite looks for an index before it has the values."""

    template, arity, output_field = "'9999-12-31'", 0, models.DateField()


class Said(NamedTuple):
    """What the law says of a duty, in both languages; the steps of its dates are made when they are asked for."""

    sentence: law.Words
    article: str
    law: str
    confidence: str
    steps: Callable[[], Sequence[law.Step]]


class Duty(CouncilModel):
    """What a rule requires of somebody, by when. Rows keep dates, not states: «late» is asked against today."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="duties")
    key = models.CharField(max_length=80)  # rule and trigger: stays the same when dates move
    rule = models.CharField(max_length=40)
    rule_version = models.CharField(max_length=40)
    calendar_version = models.CharField(max_length=64)
    type = models.CharField(max_length=8)  # duty, right, effect, bar
    owner = models.CharField(max_length=40)  # administration, user, president, governor…
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    officer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="duties")
    starts_on = models.DateField(null=True)
    do_by = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    file_before = models.DateField(null=True)
    accept_until = models.DateField(null=True)
    suspended = models.JSONField(default=list)  # [[from, to or null], …]
    is_suspended = models.BooleanField(default=False)
    discharged_on = models.DateField(null=True)
    over_on = models.DateField(null=True)  # discharged, or ended by another fact (withdrawn, returned…)
    lapse_recorded = models.BooleanField(default=False)
    #: How long, where a number of them says it: the delay of this dossier, its extensions counted.
    length = models.PositiveSmallIntegerField(null=True)  # without extensions: what the rule itself says
    length_unit = models.CharField(max_length=16, blank=True)
    #: Open and waiting for the person: his to do, or suspended until he answers.
    waits = models.BooleanField(default=False)

    #: What the law says of it, made by `why.explain` or by whoever has just derived it; never kept.
    said: Said | None = None

    plain = Plain.CODE.of(
        *("key", "rule", "rule_version", "calendar_version", "type", "owner", "suspended", "length_unit")
    )

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "dossier", "key"], name="duty_key")]
        #: Only what is open: an ended duty weighs on no list. The lists that agents open first are read in their order:
        #: all, those of a unit, those in somebody's name.
        indexes = [
            *(
                models.Index(
                    *(models.F(name) for name in ("council", *whose)),
                    Coalesce("do_by", Never()),
                    models.F("id"),
                    name=name,
                    condition=Q(over_on__isnull=True, type="duty"),
                )
                for name, whose in (("duty_due", ()), ("duty_unit_due", ("unit",)), ("duty_officer_due", ("officer",)))
            ),
            models.Index(fields=["council", "dossier"], name="duty_waits", condition=Q(waits=True)),
            models.Index(
                fields=["council", "lapses_on"],
                name="duty_lapse",
                condition=Q(over_on__isnull=True, lapse_recorded=False),
            ),
        ]

    @property
    def suspensions(self) -> list[list[str | None]]:
        """The stretches that do not count, as the clock bar reads them."""
        return list(self.suspended)

    @property
    def trigger(self) -> str:
        """What started it: the id of a fact, a lapse, a year."""
        return self.key.partition(":")[2]

    def _told(self) -> Said:
        if self.said is None:
            raise LookupError("the words of a duty are made when they are read: call dossiers.why.explain first")
        return self.said

    @property
    def steps(self) -> Sequence[law.Step]:
        """«Why this date?», step by step."""
        return self._told().steps()

    @property
    def sentence_ar(self) -> str:
        """What the rule asks, in Arabic."""
        return self._told().sentence.ar

    @property
    def sentence_fr(self) -> str:
        """What the rule asks, in French."""
        return self._told().sentence.fr

    @property
    def article(self) -> str:
        """The article the rule comes from."""
        return self._told().article

    @property
    def confidence(self) -> str:
        """How sure the rule is: verified, derived, from memory."""
        return self._told().confidence

    @property
    def shown_day(self) -> date | None:
        """The last day to show: a person is only ever advised the earliest reading."""
        return law.shown_day_of(self.owner, self.do_by, self.file_before)

    def days_left(self, today: date) -> int | None:
        """Days from today to the date it must be done by; negative when late."""
        return (self.do_by - today).days if self.do_by else None
