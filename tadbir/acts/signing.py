"""Who signed, by what right, and how that is written on the paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from tadbir.acts.documents.words import arabic_date, french_date
from tadbir.acts.models import Means
from tadbir.councils.models import Person, Quality
from tadbir.councils.queries import SigningPower, signing_power
from tadbir.register.models import StoredFile

_QUALITIES = {
    Quality.PRESIDENT: ("رئيس المجلس", "Le président du conseil"),
    Quality.VICE_PRESIDENT: (
        "عن الرئيس وبتفويض منه، نائب الرئيس",
        "Pour le président et par délégation, le vice-président",
    ),
    Quality.DIRECTOR: (
        "عن الرئيس وبتفويض منه، المدير العام للمصالح",
        "Pour le président et par délégation, le directeur général des services",
    ),
    Quality.HEAD: ("عن الرئيس وبتفويض منه، الرئيس المكلف", "Pour le président et par délégation, le chef de service"),
}
_MEANS = {
    Means.WET_INK: ("أصل ممضى بخط اليد محفوظ لدى المجلس", "Original signé à la main, conservé par le conseil"),
    Means.QUALIFIED: ("توقيع إلكتروني مؤهل مرفق بالوثيقة", "Signature électronique qualifiée jointe au document"),
}


class NoSigningPower(PermissionDenied):
    """The person could not sign this kind of act on that day (organic law 112-14, articles 101 to 103)."""


@dataclass(frozen=True)
class Signature:
    """A signature that was checked: only `check_power` makes one."""

    kind: str
    power: SigningPower
    on: date
    means: str
    file: StoredFile | None = None

    def to_document(self) -> dict[str, Any]:
        """The `signature` part of the act document."""
        person, delegation = self.power.person, self.power.delegation
        quality_ar, quality_fr = _QUALITIES[Quality(self.power.quality)]
        means_ar, means_fr = _MEANS[Means(self.means)]
        made = {
            "name_ar": person.name_ar,
            "name_fr": person.name_fr,
            "quality": str(self.power.quality),
            "quality_ar": quality_ar,
            "quality_fr": quality_fr,
            "article": self.power.article,
            "signed_on": self.on.isoformat(),
            "means": str(self.means),
            "means_ar": means_ar,
            "means_fr": means_fr,
            "file_sha256": self.file.sha256 if self.file else None,
        }
        if delegation is not None:
            start = delegation.starts_on
            made["delegation_ar"] = f"قرار التفويض رقم {delegation.order_reference} ابتداء من {arabic_date(start)}"
            made["delegation_fr"] = f"Délégation n° {delegation.order_reference}, à compter du {french_date(start)}"
            made["delegation_ends_on"] = delegation.ends_on.isoformat() if delegation.ends_on else None
        return made

    def columns(self) -> dict[str, Any]:
        """The same as columns of a draft or an act."""
        return {
            "signed_by": self.power.person,
            "signed_quality": self.power.quality,
            "signed_article": self.power.article,
            "signed_delegation": self.power.delegation,
            "signed_on": self.on,
            "signed_means": self.means,
            "signed_file": self.file,
        }


def check_power(
    person: Person, kind: str, on: date, means: str = Means.WET_INK, file: StoredFile | None = None
) -> Signature:
    """The signature of `person` on a kind of act on a day. Raises `NoSigningPower` with the articles."""
    power = signing_power(person, kind, on)
    if power is None:
        raise NoSigningPower(
            _(
                "%(name)s could not sign this act on %(day)s: neither president nor holder of a delegation "
                "in force that day (organic law 112-14, articles 101 to 103)."
            )
            % {"name": str(person), "day": on.isoformat()}
        )
    return Signature(kind, power, on, means, file)


def refusals() -> dict[str, str]:
    """What the officer reads when a qualified signature is refused, by `SealRefused.code`."""
    return {
        "unreadable": _("This file is not a readable PDF."),
        "not_ours": _("This file is not the document that was given to sign, with a signature added to it."),
        "unsigned": _("This file holds no signature of a person."),
        "changed": _("The signature does not match the file: something was changed."),
        "untrusted": _("The council does not accept the authority that certifies this signature."),
        "added": _("Something was added to the file after the signature."),
        "shows_else": _("The signed file shows something else than the document that was given to sign."),
    }
