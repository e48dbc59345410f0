"""An installation of before scans had rows: each that the register says was kept gets one, and is proved."""

import pytest
from django.core.management import call_command

from tadbir.acts import actions
from tadbir.acts.models import Draft, Scan
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity, triggers
from tadbir.register.proving import walk
from tadbir.services import actions as services
from tests import at_once
from tests.acts.test_signature_states import scan_of
from tests.desk.erased import bureau
from tests.factories import PNG, Office, adopted_loan, loan_filing

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def migrate(*words: str) -> None:
    call_command("migrate", *words, verbosity=0, interactive=False)


def test_scans_of_before_get_their_rows(bureau: Office) -> None:
    dossier = services.file_request(loan_filing(adopted_loan(bureau))).dossier
    draft = at_once.draft_outcome(dossier, bureau.officer, "granted", "تعار الخيام.", "", "")
    actions.draft_pdf(draft)
    read = actions.read_scan(draft, PNG)
    people = (bureau.officer, bureau.president)
    act = at_once.sign_outcome(draft, dossier, *people, means="wet_ink", scan=read, unread=True)
    actions.attach_scan(act, scan_of(Draft.objects.get(act=act)), bureau.officer)
    columns = ("act", "file", "recognised", "at_seal", "added_by", "added_at")
    before, text = list(Scan.objects.values_list(*columns)), Draft.objects.get(act=act).printed_text
    migrate("acts", "0007")
    migrate()
    with council_scope(bureau.council):
        assert list(Scan.objects.values_list(*columns)) == before
        assert [row[2:4] for row in before] == [(False, True), (True, False)]
        assert Draft.objects.get(act=act).printed_text == text
        assert [str(one) for step in walk() for one in step.found] == []
    assert triggers.missing() == rowsecurity.missing() == []
