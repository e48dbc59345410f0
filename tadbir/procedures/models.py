"""A council's sheets: a version never changes once people could use it; a correction is a new version beside it."""

import re
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Person, Unit, in_language
from tadbir.councils.personal import Plain
from tadbir.councils.scope import CouncilModel
from tadbir.law import REGIMES, Regime
from tadbir.procedures.parsing import kept_sheet
from tadbir.procedures.sheet import SheetBody
from tadbir.ui.dates import reader_language

#: A letter of Arabic.
_ARABIC = re.compile("[\u0620-\u064a]")
#: A kind of decision and its number, as councils write them, and what each kind is called in French.
_DECIDED = re.compile(r"(مقرر|قرار)(?: المجلس)?(?: رقم| عدد)? *([0-9][0-9/.\-]*)")
_KINDS = {"مقرر": "délibération", "قرار": "arrêté"}


def _in_french(reference: str) -> str:
    """The reference of a decision in French; empty where the Arabic one says more than its kind and its number."""
    found = _DECIDED.fullmatch(" ".join(reference.split()))
    return f"{_KINDS[found[1]]} n° {found[2]}" if found else ""


class Sheet(CouncilModel):
    """One version of one service's sheet in one council.

    The adopted version serves until the next one is adopted; a draft beside it waits. Where none was ever adopted, the
    draft serves as a plain letter. What began under a version keeps it, whatever follows.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")
        RETIRED = "retired", _("retired")

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheets")
    body = models.JSONField()  # a validated sheet, as in tadbir/procedures/sheets/*.toml
    catalogue_sha256 = models.CharField(max_length=64)  # the catalogue version it was taken from
    #: A later catalogue version that the director looked at and did not take.
    settled_sha256 = models.CharField(max_length=64, blank=True)
    switched_on = models.BooleanField(default=True)
    #: What adoption needs: the decision's reference and date, the delay, who confirmed.
    adopted_reference = models.CharField(max_length=120, blank=True)
    adopted_reference_fr = models.CharField(max_length=120, blank=True)  # the same for who reads French, where given
    adopted_on = models.DateField(null=True, blank=True)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    delay_days = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Receipt or authorisation of the CNDP that covers the classes of personal data (law 09-08, 12 and 15).
    cndp_reference = models.CharField(max_length=120, blank=True)
    updated_on = models.DateField()
    #: Who wrote this version and when; nobody where it came with the installation.
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)

    plain = {
        **Plain.CODE.of("code"),
        **Plain.HOUSE.of("body", "adopted_reference", "adopted_reference_fr", "cndp_reference"),
        **Plain.DIGEST.of("catalogue_sha256", "settled_sha256"),
    }

    class Meta(CouncilModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "code", "version"], name="sheet_version"),
            models.UniqueConstraint(fields=["council", "code"], name="sheet_in_force", condition=Q(status="adopted")),
            models.UniqueConstraint(fields=["council", "code"], name="sheet_draft", condition=Q(status="draft")),
        ]
        ordering = ["code", "version"]

    @cached_property
    def parsed(self) -> SheetBody:
        """The sheet as typed data."""
        return kept_sheet(self.body, f"{self.code} v{self.version}")

    @property
    def adopted_by_decision(self) -> str:
        """The reference of the decision in the reader's language: in French as it was given there, else what the Arabic
        one says where that is no more than a kind of decision and its number, else as it was typed."""
        typed = self.adopted_reference
        return in_language(typed, self.adopted_reference_fr or _in_french(typed) or typed)

    @property
    def decision_language(self) -> str:
        """The language of that reference, where it is not the reader's; empty else."""
        return "ar" if reader_language() != "ar" and _ARABIC.search(self.adopted_by_decision) else ""

    @property
    def is_adopted(self) -> bool:
        """Whether it was adopted: it may require documents and show a legal delay, for all that began under it."""
        return self.adopted_on is not None

    @property
    def regime(self) -> str:
        """The law it lives under."""
        return self.parsed.regime

    @property
    def law(self) -> Regime:
        """That law's own words and conditions."""
        return REGIMES[self.regime]

    def __str__(self) -> str:
        return self.parsed.name
