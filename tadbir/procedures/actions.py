"""The writers of sheets: take one from the catalogue, correct it, adopt it, switch it on or off."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.actions import renew_stamp, require
from tadbir.councils.clock import now, today
from tadbir.councils.days import require_days
from tadbir.councils.models import Person, Unit
from tadbir.councils.rights import Right
from tadbir.procedures import queries
from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.models import Sheet
from tadbir.procedures.parsing import digest_of, parse_sheet
from tadbir.procedures.proofs import adopted_fields
from tadbir.procedures.sheet import SheetBody
from tadbir.reading.days import Span
from tadbir.register.actions import append
from tadbir.register.canonical import plain

#: Of which kind is the day of the decision that adopts a sheet.
ADOPTED = Span.DONE
#: Days of the longest delay that a council may set itself: beyond, the calendar is not known.
LONGEST_PROMISE = 365
#: Classes of data that need the CNDP's prior authorisation (law 09-08, article 12).
NEEDS_AUTHORISATION = frozenset({"identity_number", "health", "sensitive"})


def take_from_catalogue(code: str, unit: Unit, by: Person | None = None) -> Sheet:
    """Take a sheet from the shipped catalogue as a draft. Raises ValidationError for an unknown code."""
    table = catalogue().get(code)
    if table is None:
        raise ValidationError(_("The catalogue has no sheet «%(code)s»."), params={"code": code})
    return _new_version(code, unit, table, by)


def _locked(code: str, shown: str) -> Sheet:
    """Lock every version of a service and read the newest anew. Raises Changed when the page displayed another."""
    list(Sheet.objects.select_for_update().filter(code=code).values_list("pk", flat=True))
    sheet = queries.newest_sheet(code)
    if sheet is None:
        raise ValidationError(_("This service is no longer there."))
    queries.as_shown(sheet).require(shown)
    return sheet


def correct_sheet(person: Person, code: str, table: dict[str, Any], *, shown: str) -> Sheet:
    """Correct a sheet: its next version, a draft beside the one in force until it is adopted.

    `shown`: the version that the page displayed; another's correction since is never dropped (Changed).
    """
    require(person, Right.CORRECT_SHEETS)
    parse_sheet(table, code)
    with transaction.atomic():
        sheet = _locked(code, shown)
        _retire_draft(code)
        return _new_version(code, sheet.unit, table, person, sheet.catalogue_sha256)


def _retire_draft(code: str) -> None:
    """Whoever began under this draft keeps it; a newer one takes its place."""
    Sheet.objects.filter(code=code, status=Sheet.Status.DRAFT).update(status=Sheet.Status.RETIRED)


@transaction.atomic
def _new_version(code: str, unit: Unit, table: dict[str, Any], by: Person | None, taken_from: str = "") -> Sheet:
    parse_sheet(table, code)
    newest = Sheet.objects.filter(code=code).order_by("-version").first()
    renew_stamp()
    return Sheet.objects.create(
        code=code,
        version=(newest.version if newest else 0) + 1,
        status=Sheet.Status.DRAFT,
        unit=unit,
        body=plain(table),
        catalogue_sha256=taken_from or digest_of(table),
        settled_sha256=newest.settled_sha256 if newest else "",
        switched_on=newest.switched_on if newest else True,
        updated_on=today(),
        written_by=by,
        written_at=now(),
    )


def take_shipped(person: Person, code: str, *, shown: str) -> Sheet:
    """Take the text that a later version of Tadbir ships as the next version of a sheet, a draft until adopted."""
    require(person, Right.KEEP_SHEETS)
    with transaction.atomic():
        sheet = _locked(code, shown)
        table = _later_text(sheet)
        _retire_draft(code)
        return _new_version(code, sheet.unit, table, person)


def keep_own(person: Person, code: str, *, shown: str) -> Sheet:
    """Set the shipped text aside: the council's stays, and the question is not put again for that text."""
    require(person, Right.KEEP_SHEETS)
    with transaction.atomic():
        sheet = _locked(code, shown)
        digest = digest_of(_later_text(sheet))
        Sheet.objects.filter(pk=sheet.pk).update(settled_sha256=digest)
        renew_stamp()
        append("sheet_settled", {"code": code, "version": sheet.version, "shipped": digest, "by": person.pk})
    return sheet


def _later_text(sheet: Sheet) -> dict[str, Any]:
    table = queries.later_text(sheet)
    if table is None:
        raise ValidationError(_("The catalogue has no other text of this sheet."))
    return table


def problems_of_adoption(body: SheetBody, delay_days: int | None, cndp_reference: str) -> list[str]:
    """Why a sheet cannot be adopted yet; an empty list when it can."""
    found, regime = [], law.REGIMES[body.regime]
    if regime.elsewhere:
        found.append(_("A signpost only says who does this; it is not adopted."))
    if longest := law.longest(regime, {"investment": body.investment}):
        if delay_days is None or not 1 <= delay_days <= longest:
            found.append(
                _("Law 55-19, article 16: the delay is between 1 and %(longest)s days.") % {"longest": longest}
            )
    elif delay_days is not None and not 1 <= delay_days <= LONGEST_PROMISE:
        found.append(_("The delay is between 1 and %(longest)s days.") % {"longest": LONGEST_PROMISE})
    if delay_days is not None and not law.counts_delay(regime.code):
        found.append(_("No rule counts the delay of this kind of dossier: leave it empty."))
    found += [
        _("The legal basis «%(text)s» is not confirmed by a text.") % {"text": basis.ar}
        for basis in body.legal
        if basis.confidence == "memory"
    ]
    found += [
        _("«%(document)s»: no confirmed text allows requiring it (law 55-19, article 3).")
        % {"document": document.label}
        for document in body.asked_of_user
        if regime.documents_need_basis
        and not document.optional
        and (not document.basis or document.basis_confidence == "memory")
    ]
    if body.personal_data and not cndp_reference:
        kind = _("authorisation") if NEEDS_AUTHORISATION & set(body.personal_data) else _("declaration receipt")
        found.append(_("The CNDP %(kind)s that covers its personal data is missing.") % {"kind": kind})
    return found


def adopt(
    person: Person,
    code: str,
    *,
    reference: str,
    adopted_on: date,
    delay_days: int | None,
    cndp_reference: str,
    reference_fr: str = "",
    shown: str,
) -> Sheet:
    """Adopt the draft that the page displayed (`shown`); the version in force until now is retired by it.

    Only an adopted version may require documents and show a legal delay. A draft that served as a plain letter stays
    what it was for whoever began under it: the adopted text is then its next version. Raises ValidationError with every
    reason when something the law asks for is missing, Changed when the draft is another by now.
    """
    require(person, Right.ADOPT_SHEETS)
    with transaction.atomic():
        sheet = _locked(code, shown)
        _refuse_adoption(sheet, reference, adopted_on, delay_days, cndp_reference)
        retired = Sheet.objects.filter(code=code, status=Sheet.Status.ADOPTED).update(status=Sheet.Status.RETIRED)
        if not retired:  # people may have written under it
            _retire_draft(code)
            sheet = _new_version(code, sheet.unit, sheet.body, sheet.written_by, sheet.catalogue_sha256)
        Sheet.objects.filter(pk=sheet.pk).update(
            status=Sheet.Status.ADOPTED,
            adopted_reference=reference,
            adopted_reference_fr=reference_fr.strip(),
            adopted_on=adopted_on,
            adopted_by=person,
            delay_days=delay_days,
            cndp_reference=cndp_reference,
            updated_on=today(),
        )
        renew_stamp()
        sheet.refresh_from_db()
        append("sheet_adopted", {"sheet": sheet.pk, **adopted_fields(sheet)})
    return sheet


def _refuse_adoption(
    sheet: Sheet, reference: str, adopted_on: date, delay_days: int | None, cndp_reference: str
) -> None:
    """Raise ValidationError with every reason why a sheet cannot be adopted."""
    require_days(ADOPTED, adopted_on=adopted_on)
    problems = problems_of_adoption(sheet.parsed, delay_days, cndp_reference)
    if sheet.status != Sheet.Status.DRAFT:
        problems.append(_("Only a draft can be adopted."))
    if not reference.strip():
        problems.append(_("The reference of the decision is missing."))
    if problems:
        raise ValidationError(problems)


def switch(person: Person, code: str, *, on: bool, shown: str) -> None:
    """Offer a service or stop offering it, in the version that serves and in the one that waits; what began goes on."""
    require(person, Right.KEEP_SHEETS)
    with transaction.atomic():
        _locked(code, shown)
        Sheet.objects.filter(code=code).exclude(status=Sheet.Status.RETIRED).update(switched_on=on)
        append("sheet_switched", {"code": code, "on": on, "by": person.pk})
        renew_stamp()
