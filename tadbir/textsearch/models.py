"""What search keeps: for each object its date and stems; the index itself is the database's own."""

from django.db import models

from tadbir.councils.personal import Erased, Plain
from tadbir.councils.scope import CouncilModel


class SearchEntry(CouncilModel):
    """One findable object. Written by `actions.index` only; the text itself is not kept here.

    `position` puts entries in the order of their dates and is the row's number in the index, so that the
    newest twenty are read without sorting (day number of the date * 2^40 + id).
    """

    object_type = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40)
    date = models.DateField()
    position = models.BigIntegerField(default=0)
    stems = models.TextField()
    version = models.PositiveSmallIntegerField()

    personal = Erased.REMADE.of("stems")
    plain = Plain.CODE.of("object_type", "object_id")

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "object_type", "object_id"], name="searchentry_object")
        ]
        indexes = [models.Index(fields=["council", "position"], name="searchentry_position")]
