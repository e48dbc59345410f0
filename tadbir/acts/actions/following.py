"""What happens to an act after it was issued: scanned, notified, annulled, replaced. Its text never changes."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.actions.drafting import read_scan, refuse_foreign
from tadbir.acts.actions.erasing import refuse_erased
from tadbir.acts.models import Act, NoticeMeans, Scan
from tadbir.acts.proofs import salted
from tadbir.councils.clock import now, today
from tadbir.councils.models import Person
from tadbir.reading.letters import has_words
from tadbir.register.actions import append, keep_upload


def attach_scan(act: Act, scan: bytes, by: Person) -> Act:
    """Keep the scan of the paper signed by hand, until one bears its code; the hash of each goes into the register.

    One that was taken away by mistake is given again as it was. Raises ValidationError for the scan of another paper,
    and for one that is kept already.
    """
    read = read_scan(act, scan)
    refuse_foreign(read)
    kept = read.file
    with transaction.atomic():
        locked = lock_act(act)
        refuse_erased(locked)
        if not locked.waits_scan:
            raise ValidationError(_("This act waits for no scan."))
        before = Scan.objects.filter(act=locked, file=kept).first()
        if before is not None and before.withdrawn_at is None:
            raise ValidationError({"document": _("This very scan was kept before.")})
        told = {"number": act.number, "sha256": kept.sha256, "recognised": read.recognised, "by": by.pk}
        at = append("act_scanned", told).at
        if before is not None:  # one row a file: it stands again, and the register tells of both
            Scan.objects.filter(pk=before.pk).update(withdrawn_at=None, withdrawn_by=None)
        else:
            Scan.objects.create(act=locked, file=kept, recognised=read.recognised, added_by=by, added_at=at)
        _stand_on(locked, _best(locked))
    act.refresh_from_db()
    return act


def withdraw_scan(scan: Scan, by: Person) -> Act:
    """Take away a scan that was kept by mistake: it counts no more, its bytes and its hash stay.

    What is said of the signature rests on the scans that remain. Raises ValidationError.
    """
    with transaction.atomic():
        locked = lock_act(scan.act)
        refuse_erased(locked)
        if Scan.objects.filter(pk=scan.pk, withdrawn_at__isnull=False).exists():
            raise ValidationError(_("This scan was taken away already."))
        remaining = _best(locked, scan)
        stands = {"stands": remaining.file.sha256 if remaining else "", "recognised": _recognised(remaining)}
        told = {"number": locked.number, "sha256": scan.file.sha256, "by": by.pk}
        at = append("act_scan_withdrawn", told | stands).at
        Scan.objects.filter(pk=scan.pk).update(withdrawn_at=at, withdrawn_by=by)
        _stand_on(locked, remaining)
    locked.refresh_from_db()
    return locked


def _best(act: Act, without: Scan | None = None) -> Scan | None:
    """The scan that an act rests on: one that bears its code, else the newest."""
    found = Scan.objects.filter(act=act, withdrawn_at__isnull=True).select_related("file")
    found = found.exclude(pk=without.pk) if without else found
    return found.order_by("-recognised", "-pk").first()


def _recognised(scan: Scan | None) -> bool:
    return scan is not None and scan.recognised


def _stand_on(act: Act, scan: Scan | None) -> None:
    """What is said of its signature rests on the best of the scans that stand."""
    Act.objects.filter(pk=act.pk).update(signed_file=scan.file if scan else None, scan_recognised=_recognised(scan))


def mark_notified(act: Act, how: str, on: date, proof: str, file: bytes | None = None) -> Act:
    """Record that the act reached the person: how, when, and the proof. Sending alone is not notification.

    `proof`: the reference of the signed slip, the acknowledgement. Raises ValidationError.
    """
    if how not in NoticeMeans.values or not proof.strip():
        raise ValidationError(_("Say how the act was notified and give the proof: sending alone starts no delay."))
    if not act.date <= on <= today():
        raise ValidationError(_("The notification is between the date of the act and today."))
    kept = keep_upload(file) if file else None
    with transaction.atomic():
        locked = lock_act(act)
        refuse_erased(locked)
        if locked.status != Act.Status.VALID:
            raise ValidationError(_("This act no longer stands."))
        if locked.notified_on is not None:
            raise ValidationError(_("This act was already notified."))
        Act.objects.filter(pk=act.pk).update(
            notified_on=on, notified_means=how, notified_proof=proof.strip(), notified_file=kept
        )
        said = {"proof": salted(locked, proof.strip()), "proof_sha256": kept.sha256 if kept else ""}
        append("act_notified", {"number": act.number, "means": how, "on": on, **said})
    act.refresh_from_db()
    return act


def correct_notification(act: Act, reason: str) -> Act:
    """Take back a notification that was recorded by mistake; the register keeps both. Raises ValidationError."""
    if not has_words(reason):
        raise ValidationError(_("Give the reason."))
    with transaction.atomic():
        changed = Act.objects.filter(pk=act.pk, notified_on__isnull=False).update(
            notified_on=None, notified_means="", notified_proof="", notified_file=None
        )
        if changed:
            append("act_notification_corrected", {"number": act.number})
    act.refresh_from_db()
    return act


def lock_act(act: Act) -> Act:
    """Lock an act for the rest of the transaction and read it anew."""
    return Act.objects.select_for_update().get(pk=act.pk)


def annul(act: Act, reason: str) -> Act:
    """Say that an act no longer stands; the paper stays, the verifier tells it on line."""
    return _end(act, Act.Status.ANNULLED, reason, None)


def replace(act: Act, new: Act, reason: str) -> Act:
    """Say that another act stands in its place."""
    if new.pk == act.pk:
        raise ValidationError(_("An act cannot replace itself."))
    return _end(act, Act.Status.REPLACED, reason, new)


def _end(act: Act, status: str, reason: str, new: Act | None) -> Act:
    if not has_words(reason):
        raise ValidationError(_("Give the reason."))
    with transaction.atomic():
        locked = lock_act(act)
        if locked.status != Act.Status.VALID:
            raise ValidationError(_("This act no longer stands."))
        Act.objects.filter(pk=act.pk).update(
            status=status, status_at=now(), status_reason=reason.strip(), replaced_by=new
        )
        said = {"by": new.number if new else "", "reason": salted(locked, reason.strip())}
        append(f"act_{status}", {"number": act.number, **said})
    act.refresh_from_db()
    return act
