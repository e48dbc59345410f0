"""What the services keep besides dossiers: drafts being filled in, blocks of paper receipts, registers on paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tadbir.acts.models import Act
from tadbir.councils.models import Person, Quality, Unit
from tadbir.councils.personal import Erased, Plain
from tadbir.councils.scope import CouncilModel
from tadbir.dossiers.models import Dossier
from tadbir.procedures.models import Sheet
from tadbir.register.models import StoredFile


class Draft(CouncilModel):
    """A request being filled in: kept 14 days under a code, so that nothing is ever sent twice."""

    code_sha256 = models.CharField(max_length=64)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # as typed, valid or not
    language = models.CharField(max_length=2, default="ar")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")  # once filed

    personal = Erased.GONE.of("answers")
    plain = Plain.DIGEST.of("code_sha256") | Plain.CODE.of("language")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "code_sha256"], name="draft_code")]


class DraftDocument(CouncilModel):
    """A document of a draft, sent by its own request."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="documents")
    requirement = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    personal = Erased.GONE.of("name", "file")
    plain = Plain.CODE.of("requirement")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "draft", "requirement"], name="draft_document")]


class PaperBlock(CouncilModel):
    """A printed block of numbered receipts for the hours without power; each is used or closed with a reason."""

    code = models.CharField(max_length=24)  # as P-2026-003
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    printed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    size = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True)

    plain = Plain.NUMBER.of("code")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "code"], name="block_code")]


class PaperReceipt(CouncilModel):
    """One numbered receipt of a block."""

    block = models.ForeignKey(PaperBlock, models.PROTECT, related_name="receipts")
    number = models.CharField(max_length=32)  # as P-2026-003/07
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="paper_receipt")
    closed_reason = models.CharField(max_length=200, blank=True)

    plain = Plain.NUMBER.of("number") | {"closed_reason": "why one that was given to nobody is closed"}

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="paper_number")]
        ordering = ["number"]


class RegisterPrint(CouncilModel):
    """One print of a register: which lines of which period stand on the numbered pages of an act. Never changed."""

    class Register(models.TextChoices):
        REQUESTS = "requests", _("Register of requests filed")
        ACTS = "acts", _("Register of official papers issued")
        RECEIPTS = "receipts", _("Register of numbered paper receipts")

    act = models.OneToOneField(Act, models.PROTECT, related_name="register_print")
    register = models.CharField(max_length=12, choices=Register)
    starts_on = models.DateField()  # of the period that was asked for
    ends_on = models.DateField()
    until = models.DateField()  # last day that was read: the period's last, or the day of the print
    part = models.PositiveSmallIntegerField()
    first_line = models.PositiveIntegerField()  # lines are counted from 1 in each year
    last_line = models.PositiveIntegerField()
    first_number = models.CharField(max_length=60)
    last_number = models.CharField(max_length=60)
    #: SHA-256 of the canonical list of the numbers printed, with the first rank.
    lines_sha256 = models.CharField(max_length=64)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    printed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    plain = Plain.NUMBER.of("first_number", "last_number") | Plain.DIGEST.of("lines_sha256")

    class Meta(CouncilModel.Meta):
        indexes = [models.Index(fields=["council", "register", "starts_on"], name="print_period")]

    @property
    def lines(self) -> int:
        """How many lines it holds."""
        return self.last_line - self.first_line + 1


class RegisterScan(CouncilModel):
    """The scan of a print that was signed by hand. Another one is kept beside it; none replaces any."""

    printed = models.ForeignKey(RegisterPrint, models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_quality = models.CharField(max_length=24, choices=Quality)
    signed_on = models.DateField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    plain = {"file": "signed pages of a register, a paper of its own: an erasure names those that stay"}

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "printed", "file"], name="scan_of_print_once")]
        ordering = ["pk"]
