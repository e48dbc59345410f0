"""Which document took the place of one, and when it came, is proved: by hand it is named, by a page it is not."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest

from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Document
from tadbir.register.baseline import lay_baseline
from tadbir.register.models import Entry
from tadbir.services import actions as services
from tests import at_once as desk
from tests.desk.erased import bureau, picture
from tests.factories import Office, adopted_loan, loan_filing
from tests.register.tampering import proved, sql
from tests.register.test_every_column import undone

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def named(change: Callable[[], None]) -> str:
    with undone():
        change()
        return "\n".join(proved())


def test_a_document_put_out_of_sight_or_back_by_hand_is_named(bureau: Office) -> None:
    dossier = services.file_request(loan_filing(adopted_loan(bureau))).dossier
    desk.ask_replacement(dossier, bureau.officer, "liability", "غير مقروءة")
    services.receive_upload(dossier, "liability", "b.png", BytesIO(picture("olive")), len(picture("olive")))
    old, new = Document.objects.filter(dossier=dossier, requirement="liability").order_by("pk")
    assert (old.replaced_by_id, new.replaced_by_id, proved()) == (new.pk, None, [])
    other = Document.objects.filter(dossier=dossier).exclude(pk__in=[old.pk, new.pk]).earliest("pk")
    hide, back = (f"UPDATE dossiers_document SET replaced_by_id = {to} WHERE id = %s" for to in (new.pk, "NULL"))
    told = "another one took its place, or none did, and the register says otherwise (link "
    assert f"document {other.pk} of {dossier.number}: {told}" in named(lambda: sql(hide, other.pk))
    assert f"document {old.pk} of {dossier.number}: {told}" in named(lambda: sql(back, old.pk))
    late = "UPDATE dossiers_document SET brought_at = '2026-11-02 10:00:00+00:00' WHERE id = %s"
    came = f"document {other.pk} of {dossier.number}: came on 2026-11-02 10:00, the register says 2026-12-01"
    assert came in named(lambda: sql(late, other.pk))
    # What an older program left: it told neither; it is taken over once, as it stood then.
    sql("UPDATE register_entry SET about = '', kind = 'older' WHERE kind = 'document_replaced'")
    sql(late, new.pk)
    assert any(told in line for line in proved())
    assert lay_baseline() > 0
    assert [line for line in proved() if not line.startswith("link ")] == []  # a link was changed by hand above
    assert told in named(lambda: sql(back, old.pk))
    assert "came on 2026-12-" in named(lambda: sql(late.replace("11-02", "12-03"), new.pk))
    assert (lay_baseline(), Entry.objects.filter(kind="documents_stands").count()) == (0, 2)


def test_a_filing_put_on_its_day_takes_its_documents_along(bureau: Office) -> None:
    filing = loan_filing(adopted_loan(bureau), channel="post")
    dossier = services.file_request(filing, by=bureau.clerk).dossier
    dossiers.correct_filing_day(dossier, bureau.director, date(2026, 11, 26), "وصل قبل ذلك بالبريد")
    first, last = queries.documents(dossier).order_by("pk")
    assert (f"{first.brought_at + timedelta(hours=2):%Y-%m-%d}", proved()) == ("2026-11-26", [])
    dossiers.withdraw_document(first, bureau.clerk, "الصورة غير مقروءة", again=True)
    assert (queries.documents(dossier).latest("pk").brought_at, proved()) == (first.brought_at, [])
    back = "UPDATE dossiers_document SET brought_at = '2026-12-01 09:00:00+00:00' WHERE id = %s"
    assert f"document {last.pk} of {dossier.number}: came on 2026-12-01" in named(lambda: sql(back, last.pk))
