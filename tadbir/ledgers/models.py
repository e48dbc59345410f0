"""What is kept of registers on paper: each print, and the scans of its signed pages; a wrong one is taken away."""

from django.db import models

from tadbir.acts.models import Act, KeptScan
from tadbir.councils.models import Person, Quality
from tadbir.councils.personal import Plain
from tadbir.councils.scope import CouncilModel
from tadbir.ledgers.kinds import register_of


class RegisterPrint(CouncilModel):
    """One print of a register: which lines of which period stand on the numbered pages of an act. Never changed."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="register_print")
    register = models.CharField(max_length=24)  # the code under which a matter declared it
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

    plain = Plain.CODE.of("register") | Plain.NUMBER.of("first_number", "last_number") | Plain.DIGEST.of("lines_sha256")

    class Meta(CouncilModel.Meta):
        indexes = [models.Index(fields=["council", "register", "starts_on"], name="print_period")]

    @property
    def name(self) -> str:
        """What the register is called; its code when nobody declares it any more."""
        found = register_of(self.register)
        return str(found.label) if found else self.register

    @property
    def lines(self) -> int:
        """How many lines it holds."""
        return self.last_line - self.first_line + 1


class RegisterScan(KeptScan):
    """The scan of a print that was signed by hand. Another one is kept beside it; none replaces any."""

    printed = models.ForeignKey(RegisterPrint, models.PROTECT, related_name="scans")
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_quality = models.CharField(max_length=24, choices=Quality)
    signed_on = models.DateField()
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    plain = {
        "file": "signed pages of a register, a paper of its own: an erasure names those that stay",
        **Plain.HOUSE.of("withdrawn_reason"),
    }

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "printed", "file"], name="scan_of_print_once")]
        ordering = ["pk"]
