"""The writers of a council's own definitions: change one, end a change. Open dossiers are dated anew (`redating`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.actions import renew_stamp, require
from tadbir.councils.actions.correcting import whole_reason
from tadbir.councils.clock import is_of_these_years, now
from tadbir.councils.models import Person, in_language
from tadbir.councils.rights import Right
from tadbir.dossiers import definitions as queries
from tadbir.dossiers.actions.redating import ask_anew, redate_in_page
from tadbir.dossiers.models import DefinitionChange
from tadbir.dossiers.proofs import changed_fields
from tadbir.law.bounds import refused
from tadbir.reading.letters import has_words
from tadbir.register.actions import append, lock_head

Subject = DefinitionChange.Subject


@dataclass(frozen=True)
class Ground:
    """Why a definition is changed, in both languages, on what ground, and from which day."""

    reason_ar: str
    reason_fr: str
    source: str
    since: date

    def require_whole(self) -> None:
        """Raise ValidationError unless everything is said and the day is of these years."""
        if not (self.reason_ar.strip() and self.reason_fr.strip()):
            raise ValidationError(_("Say why, in Arabic and in French."))
        if not self.source.strip():
            raise ValidationError(_("Say on what ground: a decision of the council, a text, a circular."))
        _require_these_years(self.since)


def _require_these_years(day: date) -> None:
    if not is_of_these_years(day):
        raise ValidationError(_("Choose a day of these years."))


def change_rule(
    person: Person, code: str, ground: Ground, keys: Mapping[str, Any] | None = None, *, off: bool = False, shown: str
) -> DefinitionChange:
    """Change a shipped rule for this council, or switch it off; the change before it ends on that day.

    `shown`: the change in force as the page displayed it; another's newer one is not ended unseen (Changed).

    Raises PermissionDenied, or ValidationError with every reason of the law against it.
    """
    require(person, Right.CHANGE_DEFINITIONS)
    ground.require_whole()
    if code not in law.RULES:
        raise ValidationError(_("No rule is called %(code)s.") % {"code": code})
    rule = law.RULES[code]
    row = _row(person, Subject.RULE, code, rule.stamp, rule.text, ground, keys or {}, off)
    try:
        change = queries.as_change(row)
    except law.LawError as error:
        raise ValidationError(_("This cannot be read: %(what)s") % {"what": error.what}) from error
    if reasons := refused(change, rule, law.RULES):
        raise ValidationError([in_language(reason.ar, reason.fr) for reason in reasons])
    row.digest = change.digest
    with transaction.atomic():
        keep(row, shown)
        _require_sound()
        ask_anew(person, "definitions", rule.kinds)
    redate_in_page()
    return row


def _row(
    person: Person,
    subject: str,
    code: str,
    corrects: str,
    shipped: str,
    ground: Ground,
    keys: Mapping[str, Any],
    off: bool,
) -> DefinitionChange:
    return DefinitionChange(
        subject=subject,
        code=code,
        corrects=corrects,
        shipped=shipped,
        off=off,
        keys=dict(keys),
        reason_ar=ground.reason_ar.strip(),
        reason_fr=ground.reason_fr.strip(),
        source=ground.source.strip(),
        since=ground.since,
        recorded_at=now(),
        by=person,
    )


def change_wording(
    person: Person,
    code: str,
    shipped: tuple[str, str],
    ground: Ground,
    keys: Mapping[str, str],
    *,
    off: bool = False,
    shown: str,
) -> DefinitionChange:
    """Keep a council's wording of a notice; `shipped` is the stamp and text it corrects. notify checks the words."""
    require(person, Right.CHANGE_DEFINITIONS)
    ground.require_whole()
    row = _row(person, Subject.WORDING, code, shipped[0], shipped[1], ground, keys, off)
    row.digest = law.digest_of([code, shipped[0], ground.since.isoformat(), off, dict(keys)])
    with transaction.atomic():
        keep(row, shown)
    return row


def keep(row: DefinitionChange, shown: str) -> None:
    """Write a change and its link of the register, and end the one it replaces (inside the caller's transaction).

    The head of the chain is locked first: two directors who press at once come one after the other, and the second is
    told (Changed).
    """
    lock_head()
    queries.as_shown(row.subject, row.code).require(shown)
    for before in DefinitionChange.objects.filter(subject=row.subject, code=row.code, over_from__isnull=True):
        _end(before, row.by, row.recorded_at, row.since)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(_("Somebody changed it at the same time: look again.")) from error
    append("definition_changed", {"change": row.pk, **changed_fields(row)})
    renew_stamp()


def end_change(
    person: Person, change: DefinitionChange, over_from: date, reason: str, *, shown: str
) -> DefinitionChange:
    """End the change that the page displayed (`shown`): from that day on the shipped definition holds again.

    What it made before stays. Raises Changed when another is in force by now.
    """
    require(person, Right.CHANGE_DEFINITIONS)
    if not has_words(reason):
        raise ValidationError(_("Say why it ends."))
    _require_these_years(over_from)
    with transaction.atomic():
        lock_head()
        queries.as_shown(change.subject, change.code).require(shown)
        if not _end(change, person, now(), over_from, whole_reason(reason)):
            raise ValidationError(_("This change is over already."))
        renew_stamp()
        if change.subject == Subject.RULE:
            _require_sound()
            ask_anew(person, "definitions", _kinds(change))
    if change.subject == Subject.RULE:
        redate_in_page()
    change.refresh_from_db()
    return change


def _end(change: DefinitionChange, by: Person | None, at: datetime, over_from: date, reason: str = "") -> bool:
    """Whether it still held and ends now."""
    ended = DefinitionChange.objects.filter(pk=change.pk, over_from__isnull=True).update(
        over_from=over_from, ended_at=at, ended_by=by, ended_reason=reason
    )
    if ended:
        named = {"subject": change.subject, "code": change.code, "digest": change.digest}
        append("definition_ended", {"change": change.pk, **named, "over_from": over_from, "by": by.pk if by else None})
    return bool(ended)


def _kinds(change: DefinitionChange) -> tuple[str, ...]:
    """The kinds of dossier of a rule, as shipped or as it was when it was changed."""
    return law.RULES[change.code].kinds if change.code in law.RULES else tuple(law.KINDS)


def _require_sound() -> None:
    """What the law cannot read together must not be kept: it would stop every dossier."""
    try:
        queries.overlaid()
    except law.LawError as error:
        renew_stamp()
        raise ValidationError(_("Another change of this rule holds on that day: end it first.")) from error
