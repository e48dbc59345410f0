"""The duties that the law derived from the facts of a dossier."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from tadbir.councils.models import Person, Unit
from tadbir.councils.personal import Plain
from tadbir.councils.scope import CouncilModel
from tadbir.dossiers.models.dossier import Dossier


class Never(models.Func):
    """A date after every other, written into the question: SQLite looks for an index before it has the values."""

    template, arity, output_field = "'9999-12-31'", 0, models.DateField()


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
    #: Sentences, article, confidence and the steps of «why this date?», in both languages.
    explanation = models.JSONField(default=dict)

    plain = Plain.CODE.of(
        *("key", "rule", "rule_version", "calendar_version", "type", "owner", "suspended", "explanation")
    )

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "dossier", "key"], name="duty_key")]
        indexes = [
            models.Index(fields=["council", "unit", "do_by"], name="duty_open", condition=Q(over_on__isnull=True)),
            models.Index(
                models.F("council"),
                Coalesce("do_by", Never()),
                models.F("id"),
                name="duty_due",
                condition=Q(over_on__isnull=True, type="duty"),
            ),  # the list that every agent opens first, in its order
            models.Index(
                fields=["council", "dossier"],
                name="duty_suspended",
                condition=Q(over_on__isnull=True, is_suspended=True),
            ),
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
    def steps(self) -> list[dict[str, str]]:
        """«Why this date?», step by step."""
        return list(self.explanation.get("steps", ()))

    @property
    def label_ar(self) -> str:
        """What it is about in a few words of Arabic."""
        return str(self.explanation.get("label_ar") or self.sentence_ar)

    @property
    def label_fr(self) -> str:
        """What it is about in a few words of French."""
        return str(self.explanation.get("label_fr") or self.sentence_fr)

    @property
    def sentence_ar(self) -> str:
        """What the rule asks, in Arabic."""
        return str(self.explanation.get("ar", ""))

    @property
    def sentence_fr(self) -> str:
        """What the rule asks, in French."""
        return str(self.explanation.get("fr", ""))

    @property
    def article(self) -> str:
        """The article the rule comes from."""
        return str(self.explanation.get("article", ""))

    @property
    def confidence(self) -> str:
        """How sure the rule is: verified, derived, from memory."""
        return str(self.explanation.get("confidence", ""))

    def days_left(self, today: date) -> int | None:
        """Days from today to the date it must be done by; negative when late."""
        return (self.do_by - today).days if self.do_by else None
