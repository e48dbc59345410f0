"""Who: councils, their units, their people, the roles and delegations these hold, from when to when."""

import secrets
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadbir.councils.accounts import Account
from tadbir.councils.personal import Plain
from tadbir.councils.scope import CouncilModel


def in_language(ar: str, fr: str) -> str:
    """The French text on a French page when there is one, else the Arabic."""
    return fr if fr and (get_language() or "ar").startswith("fr") else ar


def new_stamp() -> str:
    """A stamp that no other council, of this installation or another, has had."""
    return secrets.token_hex(8)


class Council(models.Model):
    """The tenant: one prefectural or provincial council (organic law 112-14)."""

    class Kind(models.TextChoices):
        PREFECTURE = "prefecture", _("prefecture")
        PROVINCE = "province", _("province")

    slug = models.SlugField(unique=True)
    code = models.CharField(max_length=8, unique=True)  # region.province, as 12.391 (HCP)
    kind = models.CharField(max_length=10, choices=Kind)
    name_ar = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    region_ar = models.CharField(max_length=80)
    region_fr = models.CharField(max_length=80)
    seats = models.PositiveSmallIntegerField()
    vice_presidents = models.PositiveSmallIntegerField()
    host = models.CharField(max_length=120, blank=True, help_text="host name of its own, else /<slug>/")
    demo = models.BooleanField(default=False)
    #: Drawn anew by a restore: numbers given before it may have been lost with the machine, or be given by another one.
    numbering_epoch = models.PositiveIntegerField(default=1)
    #: Another each time something changed that processes read once and keep (`councils.memory`).
    stamp = models.CharField(max_length=16, default=new_stamp, editable=False)
    #: What the council switches on and off and words in its own way.
    settings = models.JSONField(default=dict, blank=True)

    plain = Plain.HOUSE.of("slug", "code", "name_ar", "name_fr", "region_ar", "region_fr", "host", "stamp", "settings")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """Name of the prefecture or province in the reader's language."""
        return in_language(self.name_ar, self.name_fr)

    @property
    def title_ar(self) -> str:
        """«مجلس إقليم …» or «مجلس عمالة …»."""
        kind = "عمالة" if self.kind == self.Kind.PREFECTURE else "إقليم"
        return f"مجلس {kind} {self.name_ar}"

    @property
    def title_fr(self) -> str:
        """«Conseil provincial d’Aousserd», «Conseil préfectoral de Salé»."""
        kind = "préfectoral" if self.kind == self.Kind.PREFECTURE else "provincial"
        of = "d’" if self.name_fr[:1].upper() in "AÂEÉÈIOU" else "de "
        return f"Conseil {kind} {of}{self.name_fr}"

    @property
    def title(self) -> str:
        """Title of the council in the reader's language."""
        return in_language(self.title_ar, self.title_fr)


class Unit(CouncilModel):
    """Part of the council's administration (division, service)."""

    code = models.SlugField(max_length=40)
    name_ar = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    plain = Plain.HOUSE.of("code", "name_ar", "name_fr")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "code"], name="unit_code")]
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.name_ar, self.name_fr)


class Person(CouncilModel):
    """An agent or elected member of one council."""

    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="persons")
    name_ar = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    #: While absent, new duties go to the unit's head and open ones may be reassigned.
    absent_from = models.DateField(null=True, blank=True)
    absent_until = models.DateField(null=True, blank=True)

    plain = Plain.AGENT.of("name_ar", "name_fr")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "account"], name="person_account")]

    def __str__(self) -> str:
        return in_language(self.name_ar, self.name_fr)

    def is_absent(self, on: date) -> bool:
        """Whether an absence covers this date."""
        return bool(self.absent_from and self.absent_from <= on <= (self.absent_until or on))


class Quality(models.TextChoices):
    """The qualities in which people act (organic law 112-14, articles 8, 24, 101-103, 118)."""

    PRESIDENT = "president", _("president of the council")
    VICE_PRESIDENT = "vice_president", _("vice-president")
    SECRETARY = "secretary", _("secretary of the council")
    DIRECTOR = "director", _("director general of services")
    HEAD = "head", _("head of division or service")
    OFFICER = "officer", _("officer")
    CLERK = "clerk", _("counter clerk")
    INFORMATION_OFFICER = "information_officer", _("officer for access to information")
    ADMIN = "admin", _("administrator of the system")


class Role(CouncilModel):
    """What a person is, in a unit or for the whole council, from a date to a date."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="roles")
    quality = models.CharField(max_length=24, choices=Quality)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta(CouncilModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="role_dates"
            )
        ]
        indexes = [models.Index(fields=["council", "person", "starts_on"], name="role_person")]


class Delegation(CouncilModel):
    """A delegation by order of the president (organic law 112-14, articles 101 to 103)."""

    class Scope(models.TextChoices):
        SIGNATURE = "signature", _("signature")
        POWERS = "powers", _("some powers")

    delegator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Person, models.PROTECT, related_name="delegations")
    scope = models.CharField(max_length=10, choices=Scope)
    subjects = models.JSONField(default=list)  # kinds of act, or ["*"]
    units = models.JSONField(default=list)  # codes of the units it is limited to; empty: no limit
    order_reference = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    plain = Plain.HOUSE.of("subjects", "units", "order_reference")

    class Meta(CouncilModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="delegation_dates"
            )
        ]


class AccessLogEntry(CouncilModel):
    """Who read whose personal data, and when (law 09-08, articles 23 and 24); apart from the register."""

    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=80)  # as dossier:42
    purpose = models.CharField(max_length=40)

    plain = Plain.CODE.of("subject", "purpose")

    class Meta(CouncilModel.Meta):
        indexes = [models.Index(fields=["council", "subject", "at"], name="accesslog_subject")]


class Enrolment(CouncilModel):
    """A one-use link that lets a person set up an account: no default password exists."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # none: the machine itself
    #: It is for somebody who signs: it opens nothing before a second person has confirmed it.
    waits = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    plain = Plain.DIGEST.of("token_sha256")

    class Meta(CouncilModel.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "token_sha256"], name="enrolment_token")]


class PowerChange(CouncilModel):
    """A role that signs, an order of the president, the e-mail of somebody who signs: it waits for a second person.

    Nothing of it holds before; then the role, the order or the account says it, and the register names both.
    """

    class Kind(models.TextChoices):
        ROLE_GIVEN = "role_given", _("a role is given")
        ROLE_ENDED = "role_ended", _("a role ends")
        DELEGATION_RECORDED = "delegation_recorded", _("an order of the president is recorded")
        DELEGATION_ENDED = "delegation_ended", _("an order of the president ends")
        EMAIL_CORRECTED = "email_corrected", _("the e-mail to sign in is corrected")

    kind = models.CharField(max_length=24, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    values = models.JSONField()  # what is to be written: keys of rows, codes and days
    own = models.BooleanField(default=False)  # an order of the president that he recorded himself
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed = models.BooleanField(default=False)

    plain = Plain.HOUSE.of("values")

    class Meta(CouncilModel.Meta):
        indexes = [
            models.Index(fields=["council", "person"], name="power_waits", condition=Q(answered_at__isnull=True))
        ]

    @property
    def alone(self) -> bool:
        """Whether it holds by one person's word: nobody else could answer, and it is no order of his own."""
        return self.agreed and self.answered_by_id is None and not self.own


class Correction(CouncilModel):
    """Something of the house that was put right: what it said before, what it says since then, why, by whom.

    The row itself says what holds; the link of the register has the values too (`councils.actions.put_right`).
    """

    #: The e-mail of an agent, and one that is only asked for: it waits for a second person, or was refused.
    EMAIL, EMAIL_ASKED = "email", "email_asked"

    noun = models.CharField(max_length=24)  # unit, closed_day…: as the links of the register name it
    key = models.PositiveBigIntegerField()
    before = models.JSONField()  # by the name of the column, what changed alone
    after = models.JSONField()
    #: From which day it holds; none: what stood before was never right.
    since = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    plain = Plain.CODE.of("noun") | Plain.HOUSE.of("before", "after", "reason")

    class Meta(CouncilModel.Meta):
        indexes = [models.Index(fields=["council", "noun", "key", "id"], name="correction_of")]
