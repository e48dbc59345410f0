"""What cannot be rewritten unnoticed: the chain, the numbers, the files and the private contents it commits to."""

from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Cast

from tadbir.councils.personal import Erased, Plain
from tadbir.councils.scope import CouncilModel
from tadbir.database.packed import PackedJSON


class Entry(CouncilModel):
    """One link of the council's chain: small typed fields and a commitment, never a name."""

    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    #: The row it speaks of, as role:5: it follows from `kind` and `fields` (`subjects`), and finds the link by its row.
    about = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    fields = models.JSONField(default=dict)
    #: SHA-256 of salt + canonical JSON of a Content, in hexadecimal; empty when there is none.
    commitment = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    plain = {
        **Plain.CODE.of("kind"),
        **Plain.NUMBER.of("about"),
        **Plain.TYPED_FACT.of("fields"),
        **Plain.DIGEST.of("commitment", "previous", "hash"),
    }

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "seq"], name="entry_seq"),
            models.UniqueConstraint(fields=["council", "hash"], name="entry_hash"),
        ]
        indexes = [models.Index(fields=["council", "about"], name="entry_about", condition=~Q(about=""))]
        ordering = ["seq"]


class Head(CouncilModel):
    """The newest link of a council's chain; its row is the lock that puts entries in one order."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    plain = Plain.DIGEST.of("hash")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council"], name="head_council")]


#: A whole number from 1 on. SQLite keeps a fraction or a word in a column of numbers: no walk from rank to rank ever
#: comes by such a link.
RANKED = Q(seq__gte=1, seq=Cast("seq", models.BigIntegerField()))


def ranked() -> QuerySet[Entry]:
    """The links of the current council that stand at a rank that the program gives."""
    return Entry.objects.filter(RANKED)


def believed() -> QuerySet[Entry]:
    """The links that may answer for a row: at a rank from 1 to the head, where the walk of the chain comes by."""
    return ranked().filter(seq__lte=Subquery(Head.objects.values("seq")[:1]))


class Series(CouncilModel):
    """A sequence of numbers of one kind in one year and one numbering epoch."""

    code = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    epoch = models.PositiveIntegerField()
    last = models.PositiveBigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    plain = Plain.CODE.of("code")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "code", "year", "epoch"], name="series_key")]


class Content(CouncilModel):
    """Names and free text, outside the chain, so that law 09-08 can erase them and leave the fact."""

    salt = models.BinaryField(max_length=16)
    body = PackedJSON(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_ground = models.CharField(max_length=200, blank=True)

    personal = Erased.EMPTIED.of("body")
    plain = Plain.DIGEST.of("salt") | Plain.GROUND.of("erased_ground")


class StoredFile(CouncilModel):
    """A file kept under the name of its SHA-256; equal files are kept once."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    plain = Plain.DIGEST.of("sha256") | Plain.CODE.of("media_type")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "sha256"], name="file_sha256")]

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return files_folder(self.council_id) / self.sha256[:2] / self.sha256

    def open(self) -> IO[bytes]:
        """Open the bytes for reading. Raises FileNotFoundError when they were erased."""
        return self.path.open("rb")


def files_folder(council_id: int) -> Path:
    """The folder of one council's files."""
    return Path(settings.HOME) / "files" / str(council_id)


class Replay(CouncilModel):
    """The stored answer of a public POST, so that a repeated one is not done twice."""

    key = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    body_sha256 = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField()

    plain = Plain.CODE.of("purpose") | Plain.DIGEST.of("key", "body_sha256") | Plain.NUMBER.of("answer")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "purpose", "key"], name="replay_key")]
