"""What the services keep besides dossiers: drafts being filled in, blocks of paper receipts, registers on paper."""

import hashlib

from django.db import models
from django.utils.crypto import salted_hmac

from tadbir.councils.models import Person, Unit
from tadbir.councils.personal import Erased, Plain
from tadbir.councils.scope import CouncilModel
from tadbir.dossiers.models import Dossier
from tadbir.procedures.models import Sheet
from tadbir.register.models import StoredFile


def code_digest(code: str) -> str:
    """What is kept of the code that opens a draft: without the installation's key nobody finds the digits again."""
    plain = hashlib.sha256(code.encode()).hexdigest()
    return salted_hmac("tadbir.draft-code", plain, algorithm="sha256").hexdigest()


class Draft(CouncilModel):
    """A request being filled in: kept 14 days under a code, so that nothing is ever sent twice."""

    code_digest = models.CharField(max_length=64)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # as typed, valid or not
    language = models.CharField(max_length=2, default="ar")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")  # once filed
    sent_in = models.CharField(max_length=16, blank=True)  # the visit of the browser that filed it

    personal = Erased.GONE.of("answers")
    plain = Plain.DIGEST.of("code_digest", "sent_in") | Plain.CODE.of("language")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "code_digest"], name="draft_code")]


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
