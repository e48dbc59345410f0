"""What is kept of a dossier: who, what, what happened, links, documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Person, Unit
from tadbir.councils.personal import Erased, Plain
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

    personal = Erased.EMPTIED.of("name", "phone", "email", "address", "identity_kind", "identity_seen_on")
    plain = Plain.CODE.of("language")

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """What names it: every personal text that it holds, but what was seen of an identity."""
        texts = (getattr(self, column) for column in self.personal if not column.startswith("identity"))
        return [text for text in texts if text.strip()]


def subject_in(body: Mapping[str, Any] | None) -> str:
    """The subject that the words of a request bear; empty once they were erased."""
    return str((body or {}).get("subject", ""))


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
    #: Open, and no duty of the council nor of its person runs in it: no list of duties would show it.
    idle = models.BooleanField(default=False)

    plain = Plain.CODE.of("kind", "channel", "language", "closed_by_kind") | Plain.NUMBER.of("number")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="dossier_number")]
        indexes = [
            models.Index(fields=["council", "-opened_at"], name="dossier_newest"),
            models.Index(fields=["council", "unit", "-opened_at"], name="dossier_unit"),
            models.Index(fields=["council", "applicant"], name="dossier_applicant"),
            models.Index(fields=["council", "kind"], name="dossier_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["council"], name="dossier_idle", condition=Q(idle=True)),
            models.Index(fields=["council", "officer"], name="dossier_charge", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["council", "unit"],
                name="dossier_nobodys",
                condition=Q(closed_at__isnull=True, officer__isnull=True),
            ),
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
        return subject_in(self.request.body if self.request else None)

    @property
    def own_subject(self) -> str:
        """What is asked, where its person wrote more than the name of the service; empty where he left that."""
        said = {self.sheet.parsed.ar, self.sheet.parsed.fr} if self.sheet else set()
        return "" if self.subject.strip() in said else self.subject

    @property
    def answers(self) -> dict[str, object]:
        """The answers to the sheet's questions; empty once erased."""
        return dict(((self.request and self.request.body) or {}).get("answers", {}))

    @property
    def applicant_kind(self) -> str:
        """What whoever asks is: a person, an association…; empty where nobody asked."""
        return self.applicant.kind if self.applicant else ""


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

    plain = Plain.CODE.of("kind", "source") | Plain.TYPED_FACT.of("data")

    class Meta(CouncilModel.Meta):
        indexes = [
            models.Index(fields=["council", "dossier", "id"], name="fact_dossier"),
            models.Index(fields=["council", "kind"], name="fact_kind"),
            models.Index(fields=["council", "source", "-id"], name="fact_moved", condition=Q(source="correction")),
        ]
        ordering = ["id"]

    @property
    def words(self) -> dict[str, Any]:
        """What was written with it (a reason, a question, a text); nothing where nothing was, or once it was erased."""
        return (self.content.body or {}) if self.content else {}


class Link(CouncilModel):
    """Two dossiers that concern each other; facts may be relayed over it."""

    source = models.ForeignKey(Dossier, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Dossier, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=40)  # as duplicate_of, answered_by, appeal_of
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    plain = Plain.CODE.of("kind")

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
    #: Put there by mistake: out of sight, its hash and the reason stay.
    withdrawn = models.BooleanField(default=False)

    personal = Erased.EMPTIED.of("name") | Erased.UNLINKED.of("file")
    plain = Plain.CODE.of("requirement")

    class Meta(CouncilModel.Meta):
        indexes = [
            models.Index(fields=["council", "dossier"], name="document_dossier"),
            models.Index(
                fields=["council", "file", "replaced_by", "dossier"],
                name="document_to_scan",
                condition=Q(file__isnull=True, replaced_by__isnull=True),
            ),
        ]
