"""A request that left everything a person can leave, and how to look for it everywhere."""

import json
import zlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from PIL import Image

from tadbir.acts import actions as acts
from tadbir.acts.models import ActPdf
from tadbir.acts.queries import acts_of
from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity
from tadbir.database.packed import unpack
from tadbir.dossiers.models import Dossier
from tadbir.notify import actions as notify
from tadbir.notify.models import Notice
from tadbir.procedures.queries import current_sheet
from tadbir.register.models import files_folder
from tadbir.services import actions
from tadbir.services.actions import receive_upload
from tadbir.services.requests import Applicant, Piece
from tadbir.textsearch.queries import found_ids
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing, make_office

#: Words of the person that stand nowhere else, in every place where something is typed.
NAME, PHONE, MAIL, STREET = "قرطميطة الزعفرانية", "0677889911", "zafran@kartamita.example", "درب الكبريت 77"
FRIEND, SUBJECT, ANSWER, TOLD, PROOF = "بوجمعة الفلفلي", "سلهامات مخططة", "فندق السمندل", "ابنتي بلقيسة", "وصل السمسار"
LETTER, REASONS, MISTAKE, FILENAME = "حضرة القرطميطة", "لأن السلهامات نفدت", "أخطأت في الشاكوش", "بطاقة-قرطميطة.png"
SECRETS = (
    NAME,
    "قرطميط",
    PHONE,
    PHONE[1:],
    MAIL,
    "kartamita",
    STREET,
    FRIEND,
    SUBJECT,
    ANSWER,
    TOLD,
    PROOF,
    LETTER,
    REASONS,
    MISTAKE,
)
LATER = "2027-06-01 10:00"


def picture(color: str) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (3, 3), color).save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def bureau(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Office]:
    """A council with real transactions; its text messages go into a folder."""
    settings.TEXT_GATEWAY = {"kind": "file", "folder": str(tmp_path)}
    with simulated(at("2026-12-01 10:00")):
        made = make_office()
        with council_scope(made.council):
            yield made


def lived(office: Office) -> Dossier:
    """A request with everything that a person can leave in a dossier, refused and closed."""
    sheet = current_sheet("equipment-loan") or adopted_loan(office)
    draft, _code = actions.start_draft(sheet, "ar")
    desk.save_draft(draft, {"name": NAME, "phone": PHONE})
    content = picture("teal")
    actions.attach_to_draft(draft, "liability", FILENAME, BytesIO(content), len(content))
    paper = draft.documents.get()
    piece = Piece(paper.requirement, paper.name, paper.file)
    filing = loan_filing(
        sheet,
        brought=(),
        subject=SUBJECT,
        answers={"equipment": "tents", "place": ANSWER},
        mandate=TOLD,
        pieces=(piece,),
        applicant=Applicant(NAME, phone=PHONE, email=MAIL, address=STREET),
        representative=Applicant(FRIEND, phone=PHONE),
    )
    dossier = desk.file_draft(draft, filing).dossier
    other = picture("navy")
    receive_upload(dossier, "signed-request", FILENAME, BytesIO(other), len(other))
    desk.ask_information(dossier, office.officer, TOLD)
    actions.answer_information(dossier, ANSWER)
    opinion = desk.ask_opinion(dossier, office.officer, office.other_unit, TOLD)
    desk.correct_entry(opinion, office.officer, MISTAKE)
    written = desk.draft_outcome(dossier, office.officer, "refused", LETTER, REASONS)
    acts.draft_pdf(written)
    written.refresh_from_db()
    act = desk.sign_outcome(
        written,
        dossier,
        office.officer,
        office.president,
        means="wet_ink",
        scan=acts.read_scan(written, picture("maroon")),
        unread=True,
    )
    desk.notify_outcome(
        act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof=PROOF, file=picture("plum")
    )
    for issued in acts_of(dossier.number):
        acts.pdf_of(issued)
    notify.sweep()
    dossier.refresh_from_db()
    return dossier


def everything() -> str:
    """Every row of every table as text; on SQLite the words of the index too."""
    found = []
    with rowsecurity.everywhere(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [f"{table}: {' '.join(_text(value) for value in row)}" for row in cursor.fetchall()]
    return "\n".join(found)


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        try:
            value = json.dumps(unpack(value), ensure_ascii=False)
        except zlib.error:
            return bytes(value).decode("utf-8", "replace")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(json.loads(text), ensure_ascii=False) if "\\u" in text else text


def on_disk(office: Office) -> set[str]:
    return {path.name for path in files_folder(office.council.pk).glob("??/*")}


def state(dossier: Dossier) -> list[Any]:
    """What a dossier says and holds, its files read from the disk."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.applicant is not None
    files = [paper.file for paper in dossier.documents.select_related("file") if paper.file]
    issued = acts_of(dossier.number)
    files += [row.file for row in ActPdf.objects.filter(act__in=issued).select_related("file")]
    files += [act.signed_file for act in issued if act.signed_file]
    return [
        dossier.applicant.name,
        dossier.subject,
        [act.document for act in issued],
        [file.path.read_bytes() for file in files],
        sorted(Notice.objects.filter(dossier_ref=dossier.number).values_list("recipient", "body")),
        found_ids(NAME, "dossier").count(str(dossier.pk)),
    ]
