"""Looks into the database after a kill. Run inside the installation: `python -c "from tests.kill.state import …"`."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from tadbir.acts.documents.verify import verify
from tadbir.acts.models import Act
from tadbir.acts.models import Draft as Written
from tadbir.acts.queries import known_keys, status_by_code
from tadbir.councils.clock import now, simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.database.integrity import problems
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.operations.actions import tick
from tadbir.register.models import Series
from tadbir.register.proving import walk
from tadbir.services.models import Draft, code_digest

NONE: Mapping[str, str] = MappingProxyType({})


def look(acknowledged: list[str], sealed: Mapping[str, str] = NONE, whole: bool = False) -> None:
    """Print what is wrong, as a JSON list; nothing wrong is an empty one.

    `sealed`: the letters whose PDF somebody fetched, with its SHA-256; `whole`: they are all that were written.
    """
    council = Council.objects.get()
    with council_scope(council):
        found = [*_promises(acknowledged), *_numbers(), *_whole(), *_letters(sealed, whole), *_register()]
        print(json.dumps(found, ensure_ascii=False))


def _promises(acknowledged: list[str]) -> list[str]:
    """Whoever was told «filed» has a dossier with a number and a receipt."""
    wrong = []
    digests = {code_digest(code): code for code in acknowledged}
    found = dict(Draft.objects.filter(dossier__isnull=False).values_list("code_digest", "dossier__number"))
    receipts = set(Act.objects.filter(kind="receipt").values_list("dossier_ref", flat=True))
    for digest, code in digests.items():
        if digest not in found:
            wrong.append(f"acknowledged and lost: {code}")
        elif found[digest] not in receipts:
            wrong.append(f"no receipt: {found[digest]}")
    return wrong


def _numbers() -> list[str]:
    """No number twice, no number missing: a series says how many it gave."""
    given = Counter(Dossier.objects.values_list("number", flat=True))
    given += Counter(Act.objects.values_list("number", flat=True))
    wrong = [f"given {count} times: {number}" for number, count in given.items() if count > 1]
    for code, last in Series.objects.filter(code__in=["D", "R", "L"]).values_list("code", "last"):
        have = sum(number.startswith(f"{code}-") for number in given)
        if have != last:
            wrong.append(f"series {code} gave {last}, {have} are there")
    return wrong


def _whole() -> list[str]:
    """No half-written dossier: facts, receipt, duty, notice and files are there together."""
    wrong = []
    for dossier in Dossier.objects.all():
        kinds = list(Fact.objects.filter(dossier=dossier).values_list("kind", flat=True))
        if kinds not in (["filed", "completed"], ["filed", "missing_listed"], ["filed", "completed", "outcome_signed"]):
            wrong.append(f"{dossier.number}: facts {kinds}")
        if Act.objects.filter(dossier_ref=dossier.number, kind="receipt").count() != 1:
            wrong.append(f"{dossier.number}: receipts")
        if not Duty.objects.filter(dossier=dossier).exists():
            wrong.append(f"{dossier.number}: no duty")
        if Notice.objects.filter(dossier_ref=dossier.number, key=f"receipt:{dossier.pk}").count() != 1:
            wrong.append(f"{dossier.number}: notices")
    for document in Document.objects.select_related("file"):
        if document.file is None or not document.file.path.exists():
            wrong.append(f"{document.dossier_id}: file missing")
        elif hashlib.sha256(document.file.path.read_bytes()).hexdigest() != document.file.sha256:
            wrong.append(f"{document.dossier_id}: file changed")
    return wrong


def _letters(sealed: Mapping[str, str], whole: bool) -> list[str]:
    """A letter is signed and numbered or neither; it has one paper at most, which seals what was signed."""
    letters = {act.number: act for act in Act.objects.filter(kind="outcome").prefetch_related("pdfs__file")}
    wrong = ["letters are left over"] if whole and {len(letters), len(sealed)} != {Written.objects.count()} else []
    facts = Fact.objects.filter(kind="outcome_signed").values_list("data__act", flat=True)
    if sorted(facts) != sorted(letters):
        wrong.append(f"signed {sorted(facts)}, numbered {sorted(letters)}")
    became = Written.objects.filter(signed_on__isnull=False).values_list("act__number", flat=True)
    if sorted(map(str, became)) != sorted(letters):
        wrong.append(f"signed {sorted(map(str, became))}, numbered {sorted(letters)}")
    for number, act in letters.items():
        papers = [pdf.file for pdf in act.pdfs.all()]
        if len(papers) > 1:
            wrong.append(f"{number}: {len(papers)} papers")
        if number in sealed and [paper.sha256 for paper in papers] != [sealed[number]]:
            wrong.append(f"{number}: what was fetched is not kept")
    keys = known_keys()
    for number in sealed:
        act = letters[number]
        if (status := status_by_code(number, act.check_code)["status"]) != "valid":
            wrong.append(f"{number}: {status}")
        report = verify(act.pdfs.get().file.path.read_bytes(), keys)
        wrong += [f"{number}: {check.code}" for check in report.checks if check.passed is False]
        if not report.good:
            wrong.append(f"{number}: the seal does not hold")
    return wrong


def _register() -> list[str]:
    """The chain holds, every row and file stands under its link, the database is sound."""
    return [str(one) for step in walk() for one in step.found] + problems()


def sweep_and_count() -> None:
    """Run rounds, once every claim of a killed sender has run out, while notices leave; print how many still wait.

    A round sends a bounded number, and a quick machine files many requests between two kills.
    """
    council, before = Council.objects.get(), -1
    with council_scope(council):
        waiting = Notice.objects.filter(status="queued")
        while (left := waiting.count()) not in (0, before):
            before = left
            with simulated(now() + timedelta(hours=1)):
                tick()
        print(
            json.dumps(
                {
                    "waiting": Notice.objects.filter(status="queued").count(),
                    "sent": Notice.objects.filter(status="sent").count(),
                }
            )
        )
