"""What is kept of a dossier: who, what, the facts, the duties that the law derived from them, links, documents."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Person, Unit
from tadbir.councils.scope import CouncilModel
from tadbir.procedures.models import Sheet
from tadbir.register.models import Content, Entry, StoredFile


class Party(CouncilModel):
    """Somebody who asks the council for something, or acts for him. Erasable (law 09-08)."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ASSOCIATION = "association", _("association")
        COOPERATIVE = "cooperative", _("cooperative")
        FIRM = "firm", _("firm")
        PUBLIC = "public", _("public body")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=240, blank=True)
    language = models.CharField(max_length=2, default="ar")
    #: "Seen, kind, date": neither number nor copy is kept without the CNDP's authorisation (law 09-08, 12).
    identity_kind = models.CharField(max_length=40, blank=True)
    identity_seen_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Dossier(CouncilModel):
    """One matter: one number, one page, one owner."""

    number = models.CharField(max_length=24)
    kind = models.CharField(max_length=24)  # the regime it lives under, as "55-19"
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers")
    officer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="dossiers")
    applicant = models.ForeignKey(Party, models.PROTECT, null=True, related_name="dossiers")
    representative = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    #: {"subject": text, "answers": {...}, "mandate": text}: what was asked, erasable.
    request = models.ForeignKey(Content, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=12)  # online, counter, post, paper-block
    language = models.CharField(max_length=2, default="ar")
    code_version = models.PositiveSmallIntegerField(default=1)
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_kind = models.CharField(max_length=40, blank=True)

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="dossier_number")]
        indexes = [
            models.Index(fields=["council", "-opened_at"], name="dossier_newest"),
            models.Index(fields=["council", "unit", "-opened_at"], name="dossier_unit"),
            models.Index(fields=["council", "applicant"], name="dossier_applicant"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def erased_at(self) -> datetime | None:
        """When its personal data were erased (law 09-08); what happened in it stays."""
        return self.request.erased_at if self.request else None

    @property
    def subject(self) -> str:
        """What is asked, in the person's words; empty once erased."""
        return str(((self.request and self.request.body) or {}).get("subject", ""))

    @property
    def answers(self) -> dict[str, object]:
        """The answers to the sheet's questions; empty once erased."""
        return dict(((self.request and self.request.body) or {}).get("answers", {}))


class Fact(CouncilModel):
    """What happened. Append-only: a mistake is corrected by a later fact that voids it, with a reason."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=24)  # online, counter, office, tick, relay, import
    data = models.JSONField(default=dict)  # small typed fields, never personal
    content = models.ForeignKey(Content, models.PROTECT, null=True, related_name="+")
    voids = models.ForeignKey("self", models.PROTECT, null=True, related_name="voided_by")
    relayed_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="relays")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta(CouncilModel.Meta):
        indexes = [models.Index(fields=["council", "dossier", "id"], name="fact_dossier")]
        ordering = ["id"]


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

    def is_late(self, today: date) -> bool:
        """Whether it is still due after the last day."""
        return self.over_on is None and self.do_by is not None and today > self.do_by


class Link(CouncilModel):
    """Two dossiers that concern each other; facts may be relayed over it."""

    source = models.ForeignKey(Dossier, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Dossier, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=40)  # as duplicate_of, answered_by, appeal_of
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="link_not_itself"),
        ]


class Document(CouncilModel):
    """A document brought to a dossier: which piece of the sheet it is, and its file once scanned."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="documents")
    requirement = models.CharField(max_length=40)  # code on the sheet, or "other"
    name = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")  # null: paper, to be scanned
    brought_at = models.DateTimeField()
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="documents")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")

    class Meta(CouncilModel.Meta):
        indexes = [models.Index(fields=["council", "dossier"], name="document_dossier")]


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

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "kind", "day"], name="closed_day")]
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

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "subject", "code"], name="definition_one_at_a_time",
                condition=Q(over_from__isnull=True),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["council", "subject", "code", "-id"], name="definition_history")]

    def __str__(self) -> str:
        return self.code
