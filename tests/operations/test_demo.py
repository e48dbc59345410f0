"""The demonstration: made by the real actions, the same each time, every kind of end in it, nothing real in it."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.acts.validator import findings
from tests.operations.installation import Installation

LOOK = """
import json
from tadbir.councils.models import Council, Person
from tadbir.councils.scope import council_scope
from tadbir.acts.models import SealKey
from tadbir.dossiers.models import Dossier, Fact
from tadbir.register.models import Entry
from tadbir.register.proving import walk
found = {}
for council in Council.objects.order_by("code"):
    with council_scope(council):
        moments = list(Entry.objects.order_by("seq").values_list("at", flat=True))
        found[council.slug] = {
            "demo": council.demo, "breaks": len([one for step in walk() for one in step.found]),
            "in_order": moments == sorted(moments),
            "kinds": sorted(set(Fact.objects.values_list("kind", flat=True))),
            "regimes": sorted(set(Dossier.objects.values_list("kind", flat=True))),
            "channels": sorted(set(Dossier.objects.values_list("channel", flat=True))),
            "story": [[d.number, d.kind, str(d.opened_on), [f.kind for f in d.facts.all()]]
                      for d in Dossier.objects.order_by("pk")],
            "key": SealKey.objects.first().certificate, "people": Person.objects.count(),
        }
print(json.dumps(found))
"""
WANTED = {
    "filed",
    "completed",
    "missing_listed",
    "document_received",
    "replacement_asked",
    "replacement_received",
    "original_asked",
    "original_received",
    "information_asked",
    "information_received",
    "request_received",
    "opinion_asked",
    "opinion_received",
    "extended",
    "extension_notified",
    "withdrawn",
    "misdirected",
    "duplicate_of",
    "entry_corrected",
    "file_returned",
    "reassigned",
    "outcome_signed",
    "notified",
    "lapsed",
    "person_told_of_lapse",
    "appeal_filed",
    "appeal_answered",
    "complaint_to_head",
    "acknowledged",
    "bureau_accepted",
    "rectified",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, str]:
    made = Installation(tmp_path_factory.mktemp("demo") / "demo")
    return made, made.run("demo", "--folder", str(made.folder), "--no-serve", "--port", "8123").stdout


def test_the_demonstration_has_lived_through_everything(demo: tuple[Installation, str]) -> None:
    made, said = demo
    seconds = re.search(r"Créé en (\d+) s", said)
    assert seconds
    print(seconds[0])
    councils = made.python(LOOK)
    assert set(councils) == {"oued-ed-dahab", "aousserd"}
    assert sum(len(one["story"]) for one in councils.values()) >= 40
    for one in councils.values():
        assert one["demo"]
        assert one["breaks"] == 0
        assert one["in_order"]
        assert "-----BEGIN CERTIFICATE-----" in one["key"]
    first = councils["oued-ed-dahab"]
    assert set(first["kinds"]) >= WANTED, WANTED - set(first["kinds"])
    assert set(first["regimes"]) == {"55-19", "31-13", "09-08", "complaint", "petition", "council-commitment"}
    assert set(first["channels"]) == {"online", "counter", "paper-block"}
    kinds = Counter(kind for _n, kind, _d, _f in first["story"])
    assert kinds["31-13"] >= 4


def test_keys_say_demo(demo: tuple[Installation, str]) -> None:
    from cryptography import x509

    found = demo[0].python(LOOK)
    assert len(found) == 2
    for one in found.values():
        assert "DEMO" in x509.load_pem_x509_certificate(one["key"].encode()).subject.rfc4514_string()


def test_a_second_run_uses_what_is_there_and_gives_new_links(demo: tuple[Installation, str]) -> None:
    made, said = demo
    before = made.python(LOOK)
    again = made.run("demo", "--folder", str(made.folder), "--no-serve", "--port", "8123").stdout
    assert "est reprise" in again
    assert made.python(LOOK) == before
    links = [set(re.findall(r"/account/demo/(\S+)/", text)) for text in (said, again)]
    assert len(links[0]) == len(links[1]) == 16
    assert not links[0] & links[1]


def test_a_real_installation_is_never_taken_for_a_demonstration(home: Installation) -> None:
    done = home.run("demo", "--folder", str(home.folder), "--again", "--no-serve", good=False)
    assert done.returncode != 0
    assert "une vraie installation" in done.stderr
    assert home.run("prove").stdout.startswith("oued-ed-dahab")


PAPERS = """
import json
from pathlib import Path
from tadbir.acts import actions
from tadbir.acts.models import Act
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
made = {}
for council in Council.objects.all():
    with council_scope(council):
        for act in Act.objects.order_by("pk"):
            try:
                made[act.number] = str(actions.pdf_of(act).path)
            except LookupError:
                continue
print(json.dumps(made))
"""


@pytest.mark.proof
def test_every_paper_of_the_demonstration_conforms(demo: tuple[Installation, str]) -> None:
    papers = demo[0].python(PAPERS, seconds=300)
    assert len(papers) > 60
    wrong = {number: said for number, path in papers.items() if (said := findings(Path(path).read_bytes()))}
    assert wrong == {}


@pytest.mark.proof
def test_the_demonstration_is_the_same_each_time(demo: tuple[Installation, str], tmp_path: Path) -> None:
    other = Installation(tmp_path / "demo")
    other.run("demo", "--folder", str(other.folder), "--no-serve")
    first, second = (one.python(LOOK) for one in (demo[0], other))
    assert {slug: one["story"] for slug, one in first.items()} == {slug: one["story"] for slug, one in second.items()}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables and nothing in them, which each day begins with; copy it before writing."""
    made = Installation(tmp_path_factory.mktemp("bare") / "demo")
    made.folder.mkdir()
    made.python("""
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
""")
    return made.folder


@pytest.mark.proof
@pytest.mark.parametrize("day", ["2026-12-31", "2027-02-14", "2027-03-20", "2027-05-30", "2027-08-21", "2027-11-06"])
def test_the_demonstration_can_be_made_on_any_day(bare: Path, tmp_path: Path, day: str) -> None:
    """Feasts, week ends and years fall elsewhere: no story may run into a refusal of the law."""
    shutil.copytree(bare, tmp_path / "demo")
    made = Installation(tmp_path / "demo")
    code = f"""
from datetime import datetime, UTC
from tadbir.councils.clock import simulated
from tadbir.site.demo.command import play
with simulated(datetime.fromisoformat("{day}T20:00:00+00:00")):
    print(play())
"""
    assert made.python(code, seconds=600) > 300


PRINTED = """
import json
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.ledgers.models import RegisterPrint
from tadbir.ledgers.queries.registers import gap_before, prints_of_year
with council_scope(Council.objects.get(slug="oued-ed-dahab")):
    found = [(one.register, one.scans.count(), gap_before(one.first_line, prints_of_year(one.register, one.until.year)))
             for one in RegisterPrint.objects.order_by("pk")]
print(json.dumps(found))
"""


def test_registers_are_printed_without_a_gap_and_signed_off(demo: tuple[Installation, str]) -> None:
    found = demo[0].python(PRINTED)
    assert {register for register, _scans, _gap in found} == {"requests", "acts"}
    assert {scans for _register, scans, _gap in found} == {0, 1}
    assert {gap for _register, _scans, gap in found} == {None}


def test_a_demonstration_of_an_earlier_tadbir_is_brought_up_to_date(home: Installation) -> None:
    settings = home.folder / "tadbir.toml"
    settings.write_text(f"demo = true\n{settings.read_text('utf-8')}", "utf-8")
    home.go_back("notify", "0003")
    first = home.run("demo", "--folder", str(home.folder), "--no-serve").stdout
    assert "antérieur" in first or "earlier" in first
    again = home.run("demo", "--folder", str(home.folder), "--no-serve").stdout
    assert "antérieur" not in again
    assert "earlier" not in again
