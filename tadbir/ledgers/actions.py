"""Legal registers on paper: numbered, sealed pages, signed by hand; the hash of the signed scan is registered."""

from datetime import date
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.proofs import salted
from tadbir.councils import queries as who
from tadbir.councils.actions import log_access, require
from tadbir.councils.actions.correcting import whole_reason
from tadbir.councils.clock import now, today
from tadbir.councils.models import Council, Person, Quality
from tadbir.councils.rights import Right, holders
from tadbir.councils.scope import current_council
from tadbir.ledgers.kinds import register_of
from tadbir.ledgers.models import RegisterPrint, RegisterScan
from tadbir.ledgers.pages import Pages, issue_register_pages
from tadbir.ledgers.periods import Period
from tadbir.ledgers.queries.registers import Part, Survey, gap_before, last_before, prints_of_year, rows_of, survey
from tadbir.reading.letters import has_words
from tadbir.register.actions import append, keep_upload
from tadbir.register.models import StoredFile


@transaction.atomic
def print_register(person: Person, register: str, period: Period, *, shown: str) -> list[RegisterPrint]:
    """Number and seal the pages of a register for a period, one act for each part.

    Lines printed before give their print again. Where lines were added since, a new act takes the place of the
    older one and names it. `shown`: the lines as the page displayed them. Raises PermissionDenied, ValidationError for
    a period without lines, Changed when it has others by now.
    """
    require(person, Right.PRINT_REGISTERS)
    known = register_of(register)
    if known is None:
        raise ValidationError(_("There is no such register."))
    # Two who print at once make one print. The lock lets other writers of the council go on.
    Council.objects.select_for_update(no_key=True).get(pk=current_council().pk)
    found = survey(known, period)
    if not found.parts:
        raise ValidationError(_("This register has no line in this period."))
    found.shown.require(shown)
    return [part.printed or _print(person, found, part) for part in found.parts]


def _print(person: Person, found: Survey, part: Part) -> RegisterPrint:
    period = found.period
    of_year = prints_of_year(found.register.code, period.year)
    previous, gap = last_before(of_year, part.first_line), gap_before(part.first_line, of_year)
    rows = rows_of(found.register, period, part)
    if tuple(row.number for row in rows) != part.numbers:
        raise ValidationError(_("A line was added a moment ago. Try again."))
    act = issue_register_pages(Pages(found.register, period, part, rows, previous, gap))
    made = RegisterPrint.objects.create(
        act=act,
        register=found.register.code,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        until=period.until,
        part=part.rank,
        first_line=part.first_line,
        last_line=part.last_line,
        first_number=part.numbers[0],
        last_number=part.numbers[-1],
        lines_sha256=part.sha256,
        previous=previous,
        printed_by=person,
        printed_at=now(),
    )
    append(
        "register_printed",
        {
            "number": act.number,
            "register": found.register.code,
            "from": period.starts_on,
            "until": period.until,
            "first": part.first_line,
            "last": part.last_line,
            "lines_sha256": part.sha256,
        },
    )
    if part.replaces:
        acts.replace(part.replaces.act, act, _("Lines were added since."))
    note_reading(person, made)
    return made


def note_reading(person: Person, printed: RegisterPrint) -> None:
    """Write in the access log that somebody saw the names on these pages (law 09-08, articles 23 and 24)."""
    log_access(person, f"register:{printed.act.number}", "register")


def _taken_away(printed: RegisterPrint, file: StoredFile, signed_by: Person, signed_on: date) -> RegisterScan | None:
    """The same scan, taken away before, of the same signature; None for a new one. Raises ValidationError for one that
    is kept."""
    before = RegisterScan.objects.filter(printed=printed, file=file).first()
    if before is None:
        return None
    if before.withdrawn_at is None or (before.signed_by_id, before.signed_on) != (signed_by.pk, signed_on):
        raise ValidationError({"document": _("This very scan is kept already.")})
    return before


def _standing_again(scan: RegisterScan) -> RegisterScan:
    """One row a file: it stands again, and the register tells of both."""
    scan.withdrawn_at, scan.withdrawn_by, scan.withdrawn_reason = None, None, ""
    scan.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return scan


def keep_signed_pages(
    printed: RegisterPrint, person: Person, signed_by: Person, signed_on: date, stream: IO[bytes], size: int
) -> RegisterScan:
    """Keep the scan of a print that was signed by hand; its hash goes into the register.

    A second scan is kept beside the first; one that was taken away by mistake is given again as it was. The president
    or the director general of services signs, on a day on which he is one. Raises PermissionDenied; ValidationError,
    for the scan of another paper too.
    """
    require(person, Right.PRINT_REGISTERS)
    if not printed.act.date <= signed_on <= today():
        raise ValidationError({"signed_on": _("The pages are signed between the day they were printed and today.")})
    signing = holders(Right.SIGN_REGISTERS) & who.qualities_of(signed_by, signed_on)
    quality = next((one for one in Quality if one in signing), None)  # the president first
    if quality is None:
        told = _("Only the president or the director general of services signs a register off, while he is one.")
        raise ValidationError({"signed_by": told})
    file = keep_upload(stream, size)
    read = acts.read_scan(printed.act, file)
    acts.refuse_foreign(read)
    with transaction.atomic():
        RegisterPrint.objects.select_for_update().get(pk=printed.pk)
        before = _taken_away(printed, file, signed_by, signed_on)
        said = {"sha256": file.sha256, "signed_on": signed_on, "quality": str(quality), "signed_by": signed_by.pk}
        said |= {"number": printed.act.number, "by": person.pk, "recognised": read.recognised}
        at = append("register_signed_off", said).at
        if before is not None:
            return _standing_again(before)
        return RegisterScan.objects.create(
            printed=printed,
            file=file,
            recognised=read.recognised,
            signed_by=signed_by,
            signed_quality=quality,
            signed_on=signed_on,
            added_by=person,
            added_at=at,
        )


@transaction.atomic
def withdraw_signed_pages(scan: RegisterScan, person: Person, reason: str) -> RegisterScan:
    """Take away a scan that is not that of the signed pages; its hash and the reason stay, and its bytes.

    Raises PermissionDenied; ValidationError without a reason, or once it was taken away.
    """
    require(person, Right.PRINT_REGISTERS)
    if not has_words(reason):
        raise ValidationError({"reason": _("Say why it is taken away.")})
    locked = (
        RegisterScan.objects.select_for_update(of=("self",))
        .select_related("printed__act__content", "file")
        .get(pk=scan.pk)
    )
    if locked.withdrawn_at is not None:
        raise ValidationError(_("This scan was taken away already."))
    act, locked.withdrawn_reason, locked.withdrawn_by = locked.printed.act, whole_reason(reason), person
    said = {"number": act.number, "sha256": locked.file.sha256, "by": person.pk}
    said |= {"reason": salted(act, locked.withdrawn_reason)}
    locked.withdrawn_at = append("register_scan_withdrawn", said).at
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return locked
