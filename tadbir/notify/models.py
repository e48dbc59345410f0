"""What is kept of a notice: to whom, by which channel, what it says, whether it left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tadbir.councils.scope import CouncilModel


class Notice(CouncilModel):
    """One message to one person. Its key makes a repeated call harmless."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    key = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    channel = models.CharField(max_length=4)  # text, mail
    recipient = models.CharField(max_length=160)
    language = models.CharField(max_length=2, default="ar")
    values = models.JSONField(default=dict)
    dossier_ref = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "key"], name="notice_key")]
        indexes = [models.Index(fields=["council", "status", "next_try_at"], name="notice_waiting")]
