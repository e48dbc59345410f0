"""What somebody does who can write into the database: SQL, with the triggers away for that moment."""

import json
from typing import Any

from django.db import connection

from tadbir.acts.models import Act, ActPdf
from tadbir.councils.clock import now
from tadbir.councils.models import Role
from tadbir.councils.scope import current_council
from tadbir.database import rowsecurity, triggers
from tadbir.database.packed import pack
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.register import proving, subjects
from tadbir.register.actions import entry_hash
from tadbir.register.models import Entry


def sql(statement: str, *values: Any) -> None:
    """Run one statement that changes something."""
    with triggers.lifted(), rowsecurity.everywhere(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, "nothing was changed"
    assert triggers.missing() == []


def as_json(value: Any) -> str:
    """As the database keeps it."""
    return json.dumps(value, ensure_ascii=False)


def proved() -> list[str]:
    """Everything that differs, in words."""
    return [str(one) for step in proving.walk() for one in step.found]


def cut_links(seq: int) -> None:
    """Cut the tail of the chain after this link, and move the head back."""
    last = Entry.objects.get(seq=seq)
    sql("DELETE FROM register_entry WHERE seq > %s", seq)
    sql("UPDATE register_head SET seq = %s, hash = %s", seq, last.hash)


def fact(kind: str) -> Fact:
    return Fact.objects.filter(kind=kind).order_by("pk")[0]


def answer() -> Act:
    return Act.objects.get(kind="outcome")


def change_data() -> str:
    sql("UPDATE dossiers_fact SET data = %s WHERE id = %s", as_json({"means": "post"}), fact("notified").pk)
    return "(notified): data is"


def change_date() -> str:
    sql("UPDATE dossiers_fact SET happened_at = %s WHERE id = %s", "2026-12-01 08:00:00+00:00", fact("filed").pk)
    return "(filed): happened on 2026-12-01 08:00"


def change_words() -> str:
    row = fact("information_received")
    sql("UPDATE register_content SET body = %s WHERE id = %s", pack({"answer": "لا"}), row.content_id)
    return "(information_received): its words were changed"


def garble_words() -> str:
    row = fact("information_received")
    sql("UPDATE register_content SET body = %s WHERE id = %s", b"no packed body", row.content_id)
    return "(information_received): its words were changed"


def change_request() -> str:
    row = Dossier.objects.get()
    body = pack({"subject": "شيء آخر", "answers": {}, "mandate": ""})
    sql("UPDATE register_content SET body = %s WHERE id = %s", body, row.request_id)
    return f"dossier {row.number}: request is"


def empty_words() -> str:
    row = fact("information_received")
    sql(
        "UPDATE register_content SET body = NULL, erased_at = %s WHERE id = %s",
        "2026-12-01 10:00+00:00",
        row.content_id,
    )
    return f"content {row.content_id}: is empty, and no link says why"


def lose_signature() -> str:
    sql("DELETE FROM dossiers_fact WHERE id = %s", fact("outcome_signed").pk)
    return "(outcome_signed): is not there"


def swap_receipts() -> str:
    first, second = Act.objects.filter(kind="receipt").order_by("pk")[:2]
    sql("UPDATE acts_act SET content_id = %s WHERE id = %s", second.content_id, first.pk)
    sql("UPDATE acts_act SET content_id = %s WHERE id = %s", first.content_id, second.pk)
    return f"act {first.number}: words is"


def swap_pdfs() -> str:
    first, second = ActPdf.objects.order_by("pk")[:2]
    sql("UPDATE acts_actpdf SET file_id = %s WHERE id = %s", second.file_id, first.pk)
    return f"PDF of {first.act.number} ({first.paper}): is another file than the one that was sealed"


def change_pdf_on_disk() -> str:
    file = ActPdf.objects.get(act=answer()).file
    file.path.write_bytes(file.path.read_bytes() + b"\n% one more line")
    return f"file {file.sha256}: its bytes were changed"


def lose_file() -> str:
    file = ActPdf.objects.get(act=answer()).file
    file.path.unlink()
    return f"file {file.sha256}: cannot be read"


def hide_file() -> str:
    file = ActPdf.objects.get(act=answer()).file
    sql("UPDATE register_storedfile SET erased_at = %s WHERE id = %s", "2026-12-01 10:00+00:00", file.pk)
    return f"file {file.sha256}: is marked as erased, and somebody still refers to it"


def swap_documents() -> str:
    first, second = Document.objects.order_by("pk")[:2]
    sql("UPDATE dossiers_document SET file_id = %s WHERE id = %s", second.file_id, first.pk)
    return f"document {first.pk} of {first.dossier.number}: is not the one that was brought"


def rewrite_outcome() -> str:
    act = answer()
    document = {**act.document, "blocks": [{"t": "p", "text": "وافق المجلس على الطلب"}]}
    sql("UPDATE register_content SET body = %s WHERE id = %s", pack(document), act.content_id)
    return f"act {act.number}: its text is not what was sealed"


def another_signatory() -> str:
    act = answer()
    sql("UPDATE acts_act SET signed_by_id = signed_by_id + 1, signed_quality = 'director' WHERE id = %s", act.pk)
    return f"act {act.number}: signed is"


def bring_back() -> str:
    act = answer()
    sql("UPDATE acts_act SET status = 'annulled', status_reason = 'خطأ' WHERE id = %s", act.pk)
    return f"act {act.number}: status is 'annulled', the register says 'valid'"


def notified_later() -> str:
    act = answer()
    sql("UPDATE acts_act SET notified_on = '2026-11-20' WHERE id = %s", act.pk)
    return f"act {act.number}: notified_on is '2026-11-20', the register says '2026-12-01'"


def other_proof() -> str:
    act = answer()
    sql("UPDATE acts_act SET notified_proof = 'بريد 0000' WHERE id = %s", act.pk)
    return f"act {act.number}: proof is"


def count_back() -> str:
    sql("UPDATE register_series SET last = last - 1 WHERE code = 'R'")
    return "series R of 2026: says 1, and a later number was given"


def count_on() -> str:
    sql("UPDATE register_series SET last = last + 5 WHERE code = 'L'")
    return "series L of 2026: counted to 6, which the register never saw"


def take_series_away() -> str:
    sql("DELETE FROM register_series WHERE code = 'D'")
    return "series D of 2026: is not there"


def put_epoch_back() -> str:
    sql("UPDATE councils_council SET numbering_epoch = 123456")
    return "numbering: epoch is 123456, the register says 1"


def make_director() -> str:
    role = Role.objects.get(quality="clerk")
    sql("UPDATE councils_role SET quality = 'director' WHERE id = %s", role.pk)
    return f"role {role.pk}: quality is 'director', the register says 'clerk'"


def add_role() -> str:
    role = Role.objects.get(quality="clerk")
    columns = "council_id, person_id, unit_id, starts_on, ends_on"
    insert = (
        f"INSERT INTO councils_role ({columns}, quality) SELECT {columns}, 'director' FROM councils_role WHERE id = %s"
    )
    sql(insert, role.pk)
    return f"role {Role.objects.latest('pk').pk}: stands under no link"


def widen_delegation() -> str:
    sql("UPDATE councils_delegation SET subjects = %s", as_json(["*"]))
    return "subjects is ['*'], the register says ['letter']"


def take_account() -> str:
    president, clerk = (Role.objects.get(quality=one).person for one in ("president", "clerk"))
    sql("UPDATE councils_person SET account_id = NULL WHERE id = %s", president.pk)
    sql("UPDATE councils_person SET account_id = %s WHERE id = %s", president.account_id, clerk.pk)
    return f"person {clerk.pk}: account is {president.account_id}"


def change_link() -> str:
    sql("UPDATE register_entry SET kind = 'other' WHERE seq = 4")
    return "link 4: was changed"


def file_link_elsewhere() -> str:
    sql("UPDATE register_entry SET about = 'role:99' WHERE kind = 'role_given' AND seq < 9")
    return "is filed under another row than it speaks of"


def add_link(kind: str, **fields: Any) -> Entry:
    """Add a link to the end of the chain as whoever has no key can: it hashes well. The head moves along."""
    council, last, at = current_council(), Entry.objects.latest("seq"), now()
    digest = entry_hash(council.code, last.seq + 1, kind, at.isoformat(), fields, "", last.hash)
    values = {"seq": last.seq + 1, "kind": kind, "about": subjects.about(kind, fields), "at": at, "fields": fields}
    with triggers.lifted():
        made = Entry.objects.create(council=council, **values, commitment="", previous=last.hash, hash=digest)
    sql("UPDATE register_head SET seq = %s, hash = %s", made.seq, digest)
    return made


def move_a_date() -> str:
    row = Duty.objects.exclude(do_by=None).order_by("pk")[0]
    sql("UPDATE dossiers_duty SET do_by = '2030-01-01' WHERE id = %s", row.pk)
    return f"do_by of its duty {row.key} is 2030-01-01, its facts give {row.do_by}"


def hide_a_duty() -> str:
    row = Duty.objects.order_by("pk")[0]
    sql("DELETE FROM dossiers_duty WHERE id = %s", row.pk)
    return f"its duty {row.key} is not there"


def discharge_a_duty() -> str:
    row = Duty.objects.order_by("pk")[0]
    sql("UPDATE dossiers_duty SET over_on = '2026-11-02', calendar_version = 'x' WHERE id = %s", row.pk)
    return f"over_on of its duty {row.key} is 2026-11-02"


def close_a_dossier() -> str:
    row = Dossier.objects.get()
    sql("UPDATE dossiers_dossier SET closed_at = '2026-11-02 10:00+00:00', closed_by_kind = 'returned'")
    return f"dossier {row.number}: closed by returned"


TAMPERING = (
    move_a_date,
    hide_a_duty,
    discharge_a_duty,
    close_a_dossier,
    change_data,
    change_date,
    change_words,
    garble_words,
    change_request,
    empty_words,
    lose_signature,
    swap_receipts,
    swap_pdfs,
    change_pdf_on_disk,
    lose_file,
    hide_file,
    swap_documents,
    rewrite_outcome,
    another_signatory,
    bring_back,
    notified_later,
    other_proof,
    count_back,
    count_on,
    take_series_away,
    put_epoch_back,
    make_director,
    add_role,
    widen_delegation,
    take_account,
    change_link,
    file_link_elsewhere,
)
