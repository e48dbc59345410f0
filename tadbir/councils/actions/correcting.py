"""Putting right what was typed wrong about the house itself (a unit, a closed day): one way, one kind of trace."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils import trace
from tadbir.councils.clock import now
from tadbir.councils.models import Correction, Person
from tadbir.councils.scope import CouncilModel
from tadbir.reading.letters import has_words

LONGEST_REASON = 300
TOO_LONG = gettext_lazy("This reason is too long: %(show_value)s characters; the most is %(limit_value)s.")


def _plain(value: Any) -> Any:
    """A value as JSON keeps it; a row by its name."""
    if isinstance(value, Model):
        return str(value)
    return value if isinstance(value, str | int | None) else DjangoJSONEncoder().default(value)


def require_reason(reason: str) -> str:
    """The reason of a correction. Raises ValidationError where there is none: nothing is put right without one."""
    if not has_words(reason):
        raise ValidationError({"reason": _("Say why it is corrected.")})
    return whole_reason(reason)


def whole_reason(reason: str) -> str:
    """A reason as it is kept, whole. Raises ValidationError where it is longer than its place: nothing is cut."""
    text = reason.strip()
    MaxLengthValidator(LONGEST_REASON, TOO_LONG)(text)
    return text


@transaction.atomic
def put_right(
    row: CouncilModel,
    noun: str,
    values: Mapping[str, Any],
    reason: str,
    by: Person,
    *,
    since: date | None = None,
    named: bool = False,
) -> Correction:
    """Write these values into a row that the caller has locked, and keep what it said before.

    The caller checks the right, the values and what was shown. The link `<noun>_corrected` of the register tells
    every value, but where they name somebody (`named`). Raises ValidationError without a reason, or where nothing is
    otherwise.
    """
    said = require_reason(reason)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        raise ValidationError(_("Nothing is otherwise: there is nothing to correct."))
    before = {name: _plain(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    told = {} if named else {name: value.pk if isinstance(value, Model) else value for name, value in values.items()}
    trace.leave(f"{noun}_corrected", **{noun: row.pk}, **told, since=since, by=by.pk)
    return Correction.objects.create(
        noun=noun,
        key=row.pk,
        before=before,
        after={name: _plain(value) for name, value in changed.items()},
        since=since,
        reason=said,
        at=now(),
        by=by,
    )
