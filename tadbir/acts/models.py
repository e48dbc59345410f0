"""What is kept of official documents: drafts, acts, their PDFs, and the public part of the seal keys."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadbir.acts.documents import canonical, pki
from tadbir.acts.kinds import notified_kinds
from tadbir.councils.models import Delegation, Person
from tadbir.councils.personal import Erased, Plain
from tadbir.councils.scope import CouncilModel
from tadbir.database.packed import PackedJSON
from tadbir.register.models import Content, StoredFile


class Means(models.TextChoices):
    """How somebody signed."""

    SESSION = "session", _("in the signatory's own session")
    WET_INK = "wet_ink", _("by hand, on paper")
    QUALIFIED = "qualified", _("qualified electronic signature")


class SignatureState(models.TextChoices):
    """What the council may honestly say of a signature."""

    SESSION = "session", _("signed by the signatory in his own session")
    QUALIFIED = "qualified", _("signed with a qualified electronic signature")
    BY_HAND = "by_hand", _("said to be signed by hand; the code of the print was recognised on a scan")
    SAID = "said", _("said to be signed by hand; no scan was recognised yet")


def signature_state(means: str, recognised: bool) -> str:
    """The state of a signature; empty where nobody signed. `recognised`: the scan of the paper bears its code."""
    if means == Means.WET_INK:
        return SignatureState.BY_HAND if recognised else SignatureState.SAID
    return means


class NoticeMeans(models.TextChoices):
    """How an act reached the person. Sending alone is none of these."""

    IN_HAND = "in_hand", _("in hand against signature")
    REGISTERED_POST = "registered_post", _("registered post with acknowledgement")
    ACKNOWLEDGED_MAIL = "acknowledged_mail", _("acknowledged e-mail")
    BAILIFF = "bailiff", _("court commissioner")


class Signed(CouncilModel):
    """Who signed a document, by what right, how, and who wrote it down: of a draft, and of the act that it became."""

    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_quality = models.CharField(max_length=24, blank=True)
    signed_article = models.CharField(max_length=20, blank=True)
    signed_delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)
    signed_means = models.CharField(max_length=12, choices=Means, blank=True)
    #: The scan of the paper signed by hand (it may come later), or the PDF with the qualified signature.
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    #: Whether the scan bears the code of this very text.
    scan_recognised = models.BooleanField(default=False)
    #: Who wrote down that it was signed: the signatory himself in his session, else whoever handles the paper.
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(CouncilModel.Meta):
        abstract = True

    @property
    def signature_state(self) -> str:
        """A `SignatureState`, as it is today; empty for what nobody signs."""
        return signature_state(self.signed_means, self.scan_recognised)


class Draft(Signed):
    """A document being prepared, then signed; `act` is what it became. It has no number and no seal."""

    kind = models.CharField(max_length=40)
    series = models.CharField(max_length=24)
    dossier_ref = models.CharField(max_length=60, blank=True)
    body = PackedJSON()
    prepared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField()
    #: Since when a signatory does not sign it as it is: it waits for whoever writes it, not for a signature.
    sent_back_at = models.DateTimeField(null=True)
    #: The PDF that was given to sign, kept because a qualified signature is compared with it.
    printed = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    act = models.OneToOneField("acts.Act", models.PROTECT, null=True, related_name="draft")
    #: The digest that the code of the printed paper bears, by which a scan says which paper it is.
    printed_text = models.CharField(max_length=64, blank=True)

    personal = Erased.EMPTIED.of("body") | Erased.UNLINKED.of("printed", "signed_file")
    plain = {
        **Plain.CODE.of("kind", "series", "signed_quality", "signed_article"),
        **Plain.NUMBER.of("dossier_ref"),
        **Plain.DIGEST.of("printed_text"),
    }

    class Meta(CouncilModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | (Q(signed_by__isnull=False) & ~Q(signed_means="")),
                name="draft_signature_whole",
            )
        ]
        indexes = [
            models.Index(fields=["council", "printed_text"], name="draft_printed", condition=~Q(printed_text=""))
        ]

    @property
    def is_signed(self) -> bool:
        """Whether somebody who could sign it has signed it."""
        return self.signed_on is not None


class Act(Signed):
    """An official document: numbered, sealed, never changed. What it says is in `content` (erasable)."""

    class Status(models.TextChoices):
        VALID = "valid", _("in force")
        ANNULLED = "annulled", _("annulled")
        REPLACED = "replaced", _("replaced")

    kind = models.CharField(max_length=40)
    series = models.CharField(max_length=24)
    number = models.CharField(max_length=60)
    date = models.DateField()
    dossier_ref = models.CharField(max_length=60, blank=True)
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    cose = models.BinaryField()
    check_code = models.CharField(max_length=11)
    issued_at = models.DateTimeField()

    status = models.CharField(max_length=10, choices=Status, default=Status.VALID)
    status_at = models.DateTimeField(null=True)
    status_reason = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")

    notified_on = models.DateField(null=True)
    notified_means = models.CharField(max_length=20, choices=NoticeMeans, blank=True)
    notified_proof = models.CharField(max_length=200, blank=True)
    notified_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    personal = {
        **Erased.EMPTIED.of("status_reason"),
        **Erased.WITHHELD.of("notified_proof"),  # it may have named somebody
        **Erased.UNLINKED.of("signed_file", "notified_file"),
    }
    plain = {
        **Plain.CODE.of("kind", "series", "signed_quality", "signed_article"),
        **Plain.NUMBER.of("number", "dossier_ref"),
        **Plain.DIGEST.of("sha256", "cose", "check_code"),
    }

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="act_number"),
            models.UniqueConstraint(fields=["council", "sha256"], name="act_sha256"),
            models.CheckConstraint(
                condition=Q(notified_on__isnull=True) | (~Q(notified_means="") & ~Q(notified_proof="")),
                name="act_notification_proved",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "dossier_ref"], name="act_dossier"),
            models.Index(fields=["council", "kind", "date"], name="act_kind_date"),
            models.Index(
                fields=["council", "kind", "status", "dossier_ref"],
                name="act_to_notify",
                condition=Q(signed_on__isnull=False, notified_on__isnull=True),
            ),
            models.Index(
                fields=["council", "signed_means", "status", "signed_file"],
                name="act_to_scan",
                condition=Q(signed_on__isnull=False, scan_recognised=False),
            ),
            models.Index(
                fields=["council", "signed_means", "status", "recorded_by"],
                name="act_said",
                condition=Q(recorded_by__isnull=False, scan_recognised=False),
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def waits_for_notification(self) -> bool:
        """Whether it stands, is of a kind that takes effect by its notification, and nobody was notified of it yet."""
        return self.kind in notified_kinds() and self.status == self.Status.VALID and self.notified_on is None

    @property
    def recognised_scan(self) -> "Scan | None":
        """The scan that bears its code and stands, the newest; None where there is none."""
        if not self.scan_recognised:
            return None
        return next((one for one in reversed(self.scans.all()) if one.recognised and not one.withdrawn_at), None)

    @property
    def waits_scan(self) -> bool:
        """Whether it stands, is only said to be signed by hand, and its scan is awaited.

        Nothing recognised the scans of before: one that is there stays as it is.
        """
        said = self.status == self.Status.VALID and self.signature_state == SignatureState.SAID
        return said and (self.signed_file_id is None or self.recorded_by_id is not None)

    @property
    def document(self) -> dict[str, Any]:
        """The act document. Raises `ContentErased` when law 09-08 had it erased."""
        if self.content.body is None:
            raise ContentErased(self.content.erased_ground)
        return dict(self.content.body)

    @property
    def json(self) -> bytes:
        """The canonical JSON whose SHA-256 the QR code carries."""
        return canonical.canonical(self.document)


class ContentErased(LookupError):
    """The text of the act was erased; the message is the ground."""


class ActPdf(CouncilModel):
    """The sealed PDF of an act on one paper size: made once, kept."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="pdfs")
    paper = models.CharField(max_length=2)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    personal = Erased.UNLINKED.of("file")
    plain = Plain.CODE.of("paper")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "act", "paper"], name="actpdf_paper")]


class KeptScan(CouncilModel):
    """A scan of a paper that was signed by hand: what its code said, who kept it, who took it away."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    #: Whether it bears the code of its paper; else no code could be read on it.
    recognised = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    #: Put there by mistake: it counts no more; its hash and the reason stay.
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(CouncilModel.Meta):
        abstract = True


class Scan(KeptScan):
    """A scan of an act that was signed by hand. Another one is kept beside it; none replaces any."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="scans")
    #: Whether it was there when the act was sealed, so that the paper itself tells of it.
    at_seal = models.BooleanField(default=False)

    personal = Erased.UNLINKED.of("file")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "act", "file"], name="scan_of_act_once")]
        ordering = ["pk"]


class SealKey(CouncilModel):
    """The public part of a seal key. The private part is a file of the council's key folder."""

    kid = models.CharField(max_length=16)
    certificate = models.TextField()
    root = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    plain = Plain.DIGEST.of("kid", "certificate", "root") | Plain.HOUSE.of("revoked_reason")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "kid"], name="sealkey_kid")]
        ordering = ["pk"]

    def known(self) -> pki.KnownKey:
        """As the verifiers take it."""
        return pki.KnownKey(self.kid, self.council.code, self.certificate, self.root, self.revoked_at)

    def public(self) -> Any:
        """Its public key; nothing when its certificate was made unreadable."""
        try:
            return self.known().x509.public_key()
        except ValueError:
            return None
