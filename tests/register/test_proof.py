"""The register proves what stands beside the chain: each tampering through SQL, triggers put back, is named."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tadbir.acts import actions as acts
from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Role
from tadbir.database.packed import pack
from tadbir.dossiers.actions import erase_private
from tadbir.operations.proving import found_now, prove_part, standing
from tadbir.operations.words import _
from tadbir.register import proving
from tadbir.register.baseline import baselines, lay_baseline
from tadbir.register.models import Content, Entry
from tadbir.register.witnesses import bear_witness, lost_witnesses, place
from tests.conftest import at
from tests.desk.erased import bureau, lived
from tests.factories import Office
from tests.register.tampering import TAMPERING, cut_links, make_director, proved, sql

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda one: one.__name__)
def test_what_was_tampered_with_is_named(bureau: Office, tamper: Callable[[], str]) -> None:
    councils.delegate(bureau.president, bureau.head, ["letter"], "3/2026", date(2026, 12, 1))
    lived(bureau)
    assert proved() == []
    expected = tamper()
    found = proved()
    assert any(expected in line for line in found), (expected, found)
    assert all("link " in line for line in found if "(link" in line)


def test_a_tail_cut_with_its_rows_is_found_by_rows_or_by_a_witness(bureau: Office) -> None:
    lived(bureau)
    seq = Entry.objects.latest("seq").seq
    for day in range(1, 7):
        councils.end_role(councils.give_role(bureau.clerk, "officer", date(2026, 12, day)), date(2026, 12, day + 1))
    kept = Entry.objects.latest("seq")
    assert kept.seq == seq + 12
    written = place(bureau.council.slug).read_text("ascii").splitlines()
    assert written[-1] == f"2026-12-01 {kept.seq} {kept.hash}"  # each transaction of today, before any round
    assert len(written) >= 12
    assert bear_witness()
    assert place(bureau.council.slug).read_text("ascii").splitlines() == written
    assert list(lost_witnesses()) == []
    cut_links(seq)
    assert len([line for line in proved() if "stands under no link" in line]) == 6
    sql("DELETE FROM councils_role WHERE quality = 'officer' AND starts_on >= '2026-12-01'")
    assert proved() == []  # nothing in the database remembers: that is what witnesses are for
    assert [line for line in lost_witnesses() if f"link {kept.seq} with head {kept.hash[:16]}" in line]
    assert any(kept.hash[:16] in line for line in found_now())
    printed = " ".join(kept.hash[at : at + 8] for at in range(0, 64, 8))
    for words in ([], ["--witness", printed]):
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("prove", *words, stdout=out)
        lost = _("%(head)s: the witness says this head, and it is in no chain any more") % {"head": kept.hash[:16]}
        assert (lost in out.getvalue()) is bool(words)


def test_a_witness_may_say_the_beginning_of_a_head_and_what_is_no_head_accuses_nobody(bureau: Office) -> None:
    lived(bureau)
    there = Entry.objects.latest("seq").hash
    grouped = " ".join(there[at : at + 8] for at in range(0, 64, 8)).upper()
    for said in (there, grouped, there[:16], "0" * 64):
        call_command("prove", "--witness", said, stdout=StringIO())
    for said in ("abcdef", there[:15], there + "0", "g" * 64, "–"):
        out = StringIO()
        with pytest.raises(CommandError) as refused:
            call_command("prove", "--witness", said, stdout=out)
        assert (refused.value.returncode, out.getvalue(), said in str(refused.value)) == (2, "", True)
    for said in ("f" * 64, "f" * 16):  # a head, and of no chain here
        out = StringIO()
        with pytest.raises(CommandError) as broken:
            call_command("prove", "--witness", there, "--witness", said, stdout=out)
        assert (broken.value.returncode, "f" * 16 in out.getvalue(), there[:16] + ":" in out.getvalue()) == (
            1,
            True,
            False,
        )


def test_a_past_day_keeps_its_last_head_alone(bureau: Office) -> None:
    lived(bureau)
    kept = Entry.objects.latest("seq")
    with simulated(at("2026-12-02 10:00")):
        for day in (3, 4):
            councils.give_role(bureau.clerk, "officer", date(2026, 12, day))
    lines = [line.split() for line in place(bureau.council.slug).read_text("ascii").splitlines()]
    assert [line[0] for line in lines].count("2026-12-01") == 1
    assert [line[1] for line in lines if line[0] == "2026-12-01"] == [str(kept.seq)]
    assert [line[1] for line in lines if line[0] == "2026-12-02"] == [str(kept.seq + 1), str(kept.seq + 2)]
    assert list(lost_witnesses()) == []


def test_what_was_erased_by_law_is_proved_still(bureau: Office) -> None:
    dossier = lived(bureau)
    with transaction.atomic():
        erase_private(dossier, "09-08, 8")
        for act in Act.objects.all():
            acts.erase_act(act, "09-08, 8")
    assert proved() == []
    row = Content.objects.filter(body__isnull=True).order_by("pk")[0]
    sql("UPDATE register_content SET body = %s WHERE id = %s", pack({"subject": "x"}), row.pk)
    assert f"content {row.pk}: was erased, and words stand there again" in "\n".join(proved())


def test_the_walk_stops_and_goes_on_anywhere(bureau: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "CHUNK", 3)
    lived(bureau)
    sql("UPDATE register_series SET last = last - 1 WHERE code = 'R'")
    steps = list(proving.walk())
    assert max(step.looked for step in steps) == 3
    whole = [str(one) for step in steps for one in step.found]
    assert len(whole) == 1
    for rank in range(0, len(steps), 7):
        rest = [str(one) for step in proving.walk(steps[rank].stage, steps[rank].after) for one in step.found]
        assert rest == [str(one) for step in steps[rank + 1 :] for one in step.found]


def test_a_baseline_is_laid_once(bureau: Office) -> None:
    lived(bureau)
    sql("UPDATE register_entry SET about = '', kind = 'role_known' WHERE kind = 'role_given'")
    assert any("stands under no link" in line for line in proved())
    assert lay_baseline() == Role.objects.count()
    assert not any("stands under no link" in line for line in proved())
    assert [entry.fields["of"] for entry in baselines()] == ["role"]
    sql("UPDATE councils_role SET quality = 'director' WHERE quality = 'clerk'")
    assert lay_baseline() == 0
    assert any("quality is 'director'" in line for line in proved())


def test_a_baseline_that_was_stopped_goes_on_where_it_was(bureau: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "CHUNK", 2)
    lived(bureau)
    sql("UPDATE register_entry SET about = '', kind = 'role_known' WHERE kind = 'role_given'")
    stands, looked = Entry.objects.filter(kind="role_stands"), list[int]()

    def stops(many: int, rows: int) -> None:
        looked.append(many)
        if stands.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lay_baseline(stops)
    assert stands.count() == 2
    ended = list[tuple[str, int]]()
    assert (
        lay_baseline(lambda many, rows: looked.append(many), lambda *what: ended.append(what)) == Role.objects.count()
    )
    assert ("role", stands.count()) == ("role", Role.objects.count())
    assert dict(ended)["role"] == Role.objects.count()
    assert 2 in looked
    assert looked[looked.index(2) + 1] == 4
    assert not any("stands under no link" in line for line in proved())
    assert [entry.fields["rows"] for entry in baselines()] == [Role.objects.count()]


def test_the_rounds_prove_a_part_each_and_say_when_all_held(bureau: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "CHUNK", 20)
    lived(bureau)
    parts = [prove_part()]
    while standing().begun:
        parts.append(prove_part())
    assert len(parts) > 5
    assert sum(part["looked"] for part in parts) >= Entry.objects.count()
    assert (standing().whole, standing().ended) == ("2026-12-01", "2026-12-01")
    assert prove_part() == {}  # tomorrow again
    make_director()
    with simulated(at("2026-12-02 10:00")):
        while prove_part():
            pass
    assert (standing().whole, standing().ended) == ("2026-12-01", "2026-12-02")
    assert "quality is 'director'" in standing().ended_found[0]
