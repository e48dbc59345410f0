"""Erase what an act says, with every file that says it too (law 09-08, article 8). Number, date, kind, hash, seal and
status stay: the paper in somebody's hand can still be checked, and the register still says that it was issued."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.acts.models import Act, ActPdf, Draft, Scan
from tadbir.register.actions import erase_content, erase_files
from tadbir.register.models import Content, StoredFile

#: What stands where the reference of a proof of notification stood: it may have named somebody.
WITHHELD = "—"


def erase_act(act: Act, ground: str) -> None:
    """Erase the text of an act, its draft, its sealed PDFs and its scans, in the caller's transaction.

    The rows stay and no longer hold the files. `ground` is a few words of law, never a name: it enters the chain.
    """
    content = Content.objects.select_for_update().get(pk=act.content_id)
    if content.erased_at is None:
        erase_content(content, ground)
    Draft.objects.filter(act=act).update(body={})
    kept_proof = WITHHELD if act.notified_on else ""
    Act.objects.filter(pk=act.pk).update(notified_proof=kept_proof, status_reason="")
    erase_files(files_of(act), ground)
    act.refresh_from_db()


def files_of(act: Act) -> list[StoredFile]:
    """Every file that an act and its draft name, each once."""
    keys: set[int | None] = set(ActPdf.objects.filter(act=act).values_list("file", flat=True))
    keys |= {act.signed_file_id, act.notified_file_id}
    keys |= set(Scan.objects.filter(act=act).values_list("file", flat=True))
    for printed, signed in Draft.objects.filter(act=act).values_list("printed", "signed_file"):
        keys |= {printed, signed}
    return list(StoredFile.objects.filter(pk__in=[key for key in keys if key]).order_by("pk"))


def erase_unissued(dossier_ref: str, ground: str) -> int:
    """Delete the drafts of a dossier that became no act, with what was printed of them. Returns how many."""
    drafts = list(Draft.objects.filter(dossier_ref=dossier_ref, act__isnull=True))
    keys = {key for draft in drafts for key in (draft.printed_id, draft.signed_file_id) if key}
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    erase_files(list(StoredFile.objects.filter(pk__in=keys)), ground)
    return len(drafts)


def refuse_erased(act: Act) -> None:
    """Raise ValidationError for an act whose text was erased: a scan would bring it back."""
    if act.content.erased_at is not None:
        raise ValidationError(_("The text of this act was erased: nothing can be added to it."))
