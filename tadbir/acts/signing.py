"""Who signed, by what right, and how that is written on the paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from tadbir.acts.documents.words import arabic_date, french_date
from tadbir.acts.models import Act, Draft, Means, Scan, SignatureState, signature_state
from tadbir.councils import trace
from tadbir.councils.actions import known_qualities
from tadbir.councils.clock import local_date
from tadbir.councils.models import Person, Quality, Unit
from tadbir.councils.queries import SigningPower, signing_power, signing_powers
from tadbir.councils.scope import current_council
from tadbir.register.models import StoredFile
from tadbir.ui.dates import day_words

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
    Quality.HEAD: (
        "عن الرئيس وبتفويض منه، رئيس القسم أو المصلحة",
        "Pour le président et par délégation, le chef de division ou de service",
    ),
}
#: What the paper says of the signature, by its state.
_STATES = {
    SignatureState.SESSION: (
        "أمضاها صاحب الإمضاء بنفسه من حسابه بعد تحقق مزدوج من هويته",
        "Signé par le signataire lui-même dans sa session, avec second facteur",
    ),
    SignatureState.QUALIFIED: (
        "توقيع إلكتروني مؤهل مرفق بالوثيقة",
        "Signature électronique qualifiée jointe au document",
    ),
    SignatureState.BY_HAND: (
        "مصرح بأنها ممضاة بخط اليد، وقد تعرف النظام على رمز المطبوع في نسخة ممسوحة سُلمت عند الختم",
        "Déclaré signé à la main ; le code de l’imprimé a été reconnu sur une copie numérisée remise lors du cachet",
    ),
    SignatureState.SAID: (
        "مصرح بأنها ممضاة بخط اليد، ونسخة الأصل الممسوحة منتظرة",
        "Déclaré signé à la main ; copie numérisée de l’original attendue",
    ),
}
#: The same in a demonstration, where one may sign in by a link, without a second factor.
_IN_DEMO = ("أمضاها صاحب الإمضاء بنفسه من حسابه", "Signé par le signataire lui-même dans sa session")
#: The same where a scan is there that does not bear the code of the text.
_NOT_RECOGNISED = (
    "مصرح بأنها ممضاة بخط اليد، ولم يتعرف النظام على النسخة الممسوحة",
    "Déclaré signé à la main ; la copie numérisée reçue n’a pas été reconnue",
)


class NoSigningPower(PermissionDenied):
    """The person could not sign this kind of act on that day (organic law 112-14, articles 101 to 103)."""


@dataclass(frozen=True)
class Signature:
    """A signature that was checked: only `check_power` and `signature_of` make one.

    `by`: who wrote it down, the signatory himself where he signed in his own session.
    """

    kind: str
    power: SigningPower
    on: date
    means: str
    by: Person
    file: StoredFile | None = None
    recognised: bool = False

    @property
    def state(self) -> str:
        """What may be said of it now (a `SignatureState`)."""
        return signature_state(self.means, self.recognised)

    def to_document(self) -> dict[str, Any]:
        """The `signature` part of the act document."""
        person, delegation = self.power.person, self.power.delegation
        quality_ar, quality_fr = _QUALITIES[Quality(self.power.quality)]
        unread = self.file is not None and self.state == SignatureState.SAID
        means_ar, means_fr = _NOT_RECOGNISED if unread else _STATES[SignatureState(self.state)]
        if self.state == SignatureState.SESSION and current_council().demo:
            means_ar, means_fr = _IN_DEMO
        made = {
            "name_ar": person.name_ar,
            "name_fr": person.name_fr,
            "quality": str(self.power.quality),
            "quality_ar": quality_ar,
            "quality_fr": quality_fr,
            "article": self.power.article,
            "signed_on": self.on.isoformat(),
            "means": str(self.means),
            "state": str(self.state),
            "means_ar": means_ar,
            "means_fr": means_fr,
            "file_sha256": self.file.sha256 if self.file else None,
        }
        if self.by != person:
            made |= {"recorded_by_ar": self.by.name_ar, "recorded_by_fr": self.by.name_fr}
        if delegation is not None:
            start = delegation.starts_on
            made["delegation_ar"] = f"قرار التفويض: {delegation.order_reference}، ابتداء من {arabic_date(start)}"
            made["delegation_fr"] = f"Délégation : {delegation.order_reference}, à compter du {french_date(start)}"
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
            "scan_recognised": self.recognised,
            "recorded_by": self.by,
        }


def check_power(person: Person, kind: str, on: date, unit: Unit | None = None) -> Signature:
    """The signature of `person`, made now in his own session, on a kind of act of a unit (None: of the council).

    Raises `NoSigningPower` with the articles.
    """
    power = signing_power(person, kind, on, unit)
    if power is None:
        raise NoSigningPower(_why_not(person, kind, on, unit))
    return Signature(kind, power, on, Means.SESSION, person)


def require_known(power: SigningPower, on: date) -> None:
    """Raise NoSigningPower unless the register knows the role and the order of a power as they stand.

    Asked where somebody signs: what was put into the tables by hand, and is taken away afterwards, signs nothing.
    """
    order = power.delegation
    if power.quality not in known_qualities(power.person, on) or (order and not trace.stands("delegation", order.pk)):
        raise NoSigningPower(trace.UNKNOWN)


def _why_not(person: Person, kind: str, on: date, unit: Unit | None) -> str:
    """Why somebody may not sign: no power at all, or one for other units."""
    told = {"name": str(person), "day": day_words(on), "unit": str(unit or "")}
    powers = [power for power, kinds in signing_powers(person, on) if kinds & {"*", kind}]
    if powers and unit is None:
        words = _(
            "%(name)s signs for his units only, and this act is of the whole council"
            " (organic law 112-14, articles 101 to 103)."
        )
    elif powers:
        words = _(
            "%(name)s does not sign for %(unit)s: a head signs for his own unit, a delegation for those its order"
            " names (organic law 112-14, articles 101 to 103)."
        )
    else:
        words = _(
            "%(name)s could not sign this act on %(day)s: neither president nor holder of a delegation "
            "in force that day (organic law 112-14, articles 101 to 103)."
        )
    return words % told


def signature_of(draft: Draft) -> Signature | None:
    """The signature that was checked when the draft was signed; None before that."""
    if draft.signed_by is None or draft.signed_on is None or draft.recorded_by is None:
        return None
    power = SigningPower(draft.signed_by, draft.signed_quality, draft.signed_delegation, draft.signed_article)
    return Signature(
        draft.kind,
        power,
        draft.signed_on,
        draft.signed_means,
        draft.recorded_by,
        draft.signed_file,
        draft.scan_recognised,
    )


def _of_scan(scan: Scan | None, state: str = "") -> str:
    """What is told of a signature by its scan, with who handed it in and when, where its code was recognised.

    `state`: what was said of the signature then; none: what the scan changed of it after the act was sealed.
    """
    said = (
        str(SignatureState(state).label) if state else _("since then, the code of the print was recognised on a scan")
    )
    if state not in ("", SignatureState.BY_HAND) or scan is None or scan.added_by is None:
        return said
    told = {"said": said, "by": str(scan.added_by), "day": day_words(local_date(scan.added_at))}
    return _("%(said)s, handed in by %(by)s on %(day)s") % told


def signed_words(act: Act, state: str = "", scan: Scan | None = None) -> str:
    """Who signed an act and how, and who wrote it down, side by side; empty for what nobody signs.

    `state`, `scan`: what was said of it on another day than today, and the scan that this rested on.
    """
    if act.signed_by is None or act.signed_on is None:
        return ""
    state = state or act.signature_state
    told = {
        "name": str(act.signed_by),
        "quality": str(Quality(act.signed_quality).label),
        "day": day_words(act.signed_on),
        "state": _of_scan(scan or act.recognised_scan, state),
        "by": str(act.recorded_by or ""),
    }
    if act.recorded_by_id in (None, act.signed_by_id):
        return _("%(name)s (%(quality)s), %(day)s: %(state)s") % told
    return _("%(name)s (%(quality)s), %(day)s: %(state)s; recorded by %(by)s") % told


def sealed_words(act: Act) -> list[str]:
    """What was said of a signature when the act was sealed, and what its scans changed of it since."""
    if act.signed_means != Means.WET_INK:
        return [words] if (words := signed_words(act)) else []
    scans = list(act.scans.all())
    first = next((scan for scan in scans if scan.at_seal), None)
    then = SignatureState.BY_HAND if first and first.recognised else SignatureState.SAID
    found = [signed_words(act, then, first)]
    for scan in scans:
        if scan.recognised and not scan.at_seal:
            found.append(_of_scan(scan))
        if scan.recognised and scan.withdrawn_at:
            day = {"day": day_words(local_date(scan.withdrawn_at))}
            found.append(_("the scan that bore this code was taken away on %(day)s") % day)
    return found


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
