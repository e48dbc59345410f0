"""What is kept of a notice: to whom, by what channel, in what words, and whether it left."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadbir.councils.personal import Erased, Plain
from tadbir.councils.scope import CouncilModel


class Notice(CouncilModel):
    """One message to one recipient. The row is the queue: what is `queued` will be tried until sent or failed.

    `channel` and `recipient` are the way it goes by now; `others` the ways that come after it, `tried` those given up,
    each with its reason. A notice is not a notification in the sense of the law: it starts no delay against anybody.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        TEXT = "text", _("text message")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        SETTLED = "settled", _("told by hand")

    code = models.CharField(max_length=40)
    channel = models.CharField(max_length=4, choices=Channel, blank=True)  # empty: the person left none
    recipient = models.CharField(max_length=254, blank=True)
    others = models.JSONField(default=list)  # [[channel, address], …]
    tried = models.JSONField(default=list)  # [[channel, why], …]
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    dossier_ref = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=120)
    #: What it says was given to the person by hand: it only repeats it, and nobody must be told.
    in_hand = models.BooleanField(default=False)
    status = models.CharField(max_length=7, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    #: While a sender is at work. Past, without an outcome: he was killed, nobody knows whether it left.
    claimed_until = models.DateTimeField(null=True)
    #: It may have been received twice, because a sender was killed between sending and noting it.
    maybe_twice = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True)

    personal = Erased.EMPTIED.of("recipient", "others", "subject", "body")
    plain = {
        **Plain.CODE.of("code", "language", "key"),
        **Plain.NUMBER.of("dossier_ref"),
        "tried": "the channels that were given up and why, without an address",
        "error": "why it did not leave, without the address it was for",
    }

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "key"], name="notice_key")]
        indexes = [
            models.Index(fields=["next_try_at"], name="notice_due", condition=Q(status="queued")),
            models.Index(fields=["council", "dossier_ref"], name="notice_dossier"),
            models.Index(
                fields=["council", "erased_at"],
                name="notice_unsent",
                condition=~Q(status="sent") & Q(erased_at__isnull=True),
            ),
            models.Index(fields=["council", "status", "-queued_at"], name="notice_status"),
        ]
        ordering = ["-id"]
