"""What a council adds to what is shipped: days of its calendar, changes of rules and wordings, what these move."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Person
from tadbir.councils.personal import Plain
from tadbir.councils.scope import CouncilModel


class ClosedDay(CouncilModel):
    """A day the calendar learned: an official feast that confirms or corrects an estimate, or a closure."""

    class Kind(models.TextChoices):
        FEAST = "feast", _("official date of a feast")
        CLOSURE = "closure", _("exceptional closure")

    kind = models.CharField(max_length=8, choices=Kind)
    feast = models.CharField(max_length=24, blank=True)  # fitr, adha, muharram or mawlid
    day = models.DateField()
    #: Closed days; empty: as usual for the feast, one for a closure.
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    #: It was never closed: it counts no more, and stays to be read with its reason.
    withdrawn = models.BooleanField(default=False)

    plain = Plain.CODE.of("feast") | Plain.HOUSE.of("source")

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "kind", "day"], name="closed_day", condition=Q(withdrawn=False))
        ]
        ordering = ["day"]


class DefinitionChange(CouncilModel):
    """One change of this council to a rule or a wording that is shipped; never edited, ended by a later action.

    `corrects` and `shipped` are the version that it corrects and its very text: after an upgrade they say what differs.
    """

    class Subject(models.TextChoices):
        RULE = "rule", _("rule")
        WORDING = "wording", _("wording of a notice")

    subject = models.CharField(max_length=8, choices=Subject)
    code = models.CharField(max_length=40)  # id of a rule, code of a notice
    corrects = models.CharField(max_length=40)
    shipped = models.TextField()
    off = models.BooleanField(default=False)
    keys = models.JSONField(default=dict)  # what it replaces
    reason_ar = models.CharField(max_length=300)
    reason_fr = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    since = models.DateField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    #: The first day on which it no longer holds.
    over_from = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.CharField(max_length=300, blank=True)

    plain = {
        **Plain.CODE.of("code", "corrects"),
        **Plain.DIGEST.of("digest"),
        **Plain.HOUSE.of("shipped", "keys", "reason_ar", "reason_fr", "source", "ended_reason"),
    }

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "subject", "code"],
                name="definition_one_at_a_time",
                condition=Q(over_from__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["council", "subject", "code", "-id"], name="definition_history")]

    def __str__(self) -> str:
        return self.code


class Redating(CouncilModel):
    """Open dossiers that a change of the calendar or of a rule may move, and how far dating them anew has come."""

    source = models.CharField(max_length=24)  # calendar, correction (of a day typed wrong), definitions
    kinds = models.JSONField(default=list)  # of dossier; none: every kind
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField()  # when it was asked
    done = models.PositiveIntegerField(default=0)
    #: Dossiers up to this one are done: whoever goes on begins after it.
    after = models.PositiveBigIntegerField(default=0)
    #: Numbers of dossiers that could not be dated: theirs stayed as they were.
    stuck = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    plain = Plain.CODE.of("source", "kinds") | Plain.NUMBER.of("stuck")

    class Meta(CouncilModel.Meta):
        indexes = [models.Index(fields=["council", "id"], name="redating_open", condition=Q(finished_at__isnull=True))]
