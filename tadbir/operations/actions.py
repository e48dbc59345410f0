"""The writers of operations: the daily round, the first stones of an installation, what a restore leaves."""

import fcntl
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import translation
from django_q.models import OrmQ, Schedule, Task

from tadbir.acts.keys import make_keys
from tadbir.councils import actions as councils
from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.clock import now, today
from tadbir.councils.models import Council, Person, Quality
from tadbir.councils.scope import council_scope, current_council
from tadbir.database.trouble import refused_by_the_machine
from tadbir.desk.actions import leave_folders, return_opinions
from tadbir.desk.actions.digest import send_digests
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.actions.redating import IN_QUEUE, ask_anew, redate
from tadbir.dossiers.queries import UPGRADE, open_redatings
from tadbir.notify import actions as notify
from tadbir.notify.ways import MAIL, Way
from tadbir.operations import signer
from tadbir.operations.proving import prove_part
from tadbir.operations.refusals import why
from tadbir.register.actions import append, sweep_files
from tadbir.register.baseline import Progress, lay_baseline
from tadbir.register.models import Series, files_folder
from tadbir.register.queries import head
from tadbir.register.witnesses import bear_witness
from tadbir.services.actions import discard_old_drafts
from tadbir.textsearch.actions import TURN, reindex_later, reindex_stale

log = logging.getLogger("tadbir.tick")
#: Minutes between two rounds. A delay lapses at the end of a day: minutes are more than enough.
EVERY = 10
TICK = "tadbir.operations.actions.tick"


def tick() -> dict[str, Any]:
    """The round of every council: lapses, notices, witness mail, old drafts and files. Safe twice, and twice at once.

    Returns what was done by council. A council whose round fails does not stop the others; the error is
    raised at the end.
    """
    if settings.DRILL:
        return {"drill": True}
    with (Path(settings.HOME) / "tick.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return {"already_running": True}
        done: dict[str, Any] = {}
        failed: list[str] = []
        for council in Council.objects.order_by("code"):
            # Whoever calls it, in whatever language: what it writes is in the language of record.
            with council_scope(council), translation.override(settings.LANGUAGE_CODE):
                done[council.slug], errors = run_steps()
            failed += [f"{council.slug}/{error}" for error in errors]
        Session.objects.filter(expire_date__lt=now()).delete()
        if failed:
            raise RuntimeError("; ".join(failed))
        return done


def send_witness() -> int:
    """Write the head of the chain down, and once a day send it to the addresses the council chose; how many there are.

    Somebody outside then holds a proof that the register was not rewritten since.
    """
    council = current_council()
    addresses = [str(item) for item in council.settings.get("witness_emails", [])][:2]
    seq, digest = head()
    bear_witness()
    if not addresses or not seq:
        return 0
    titles = {"council_ar": council.title_ar, "council_fr": council.title_fr}
    values = {**titles, "seq": str(seq), "head": digest, "signer": signer.fingerprint(Path(settings.HOME))}
    with transaction.atomic():
        for rank, address in enumerate(addresses, 1):
            notify.queue(
                "register_head",
                to=[Way(MAIL, address)],
                language="ar",
                values=values,
                key=f"register_head:{today()}:{rank}",
            )
    return len(addresses)


def _lapses() -> int:
    return len(record_lapses())


def _redating() -> int:
    """Go on with what a killed page or queue left of dating dossiers anew."""
    return redate(IN_QUEUE)


def _search_index() -> int:
    """Go on indexing what a stemmer older than this one indexed."""
    return reindex_stale(TURN)


def _outbox() -> int:
    return notify.sweep()


def _files() -> dict[str, int]:
    """Sweep the files in the first round of a day: it reads their whole folder."""
    folder, day = files_folder(current_council().pk), today().isoformat()
    note = folder / "swept"
    if not folder.exists() or (note.exists() and note.read_text("ascii") == day):
        return {}
    done = asdict(sweep_files())
    note.write_text(day, "ascii")
    return done


STEPS: dict[str, Callable[[], int | dict[str, int]]] = {
    "redating": _redating,  # before the lapses: a delay must not run out by a calendar that is no more
    "lapses": _lapses,
    "opinions": return_opinions,
    "sent_back": leave_folders,
    "search_index": _search_index,
    "old_drafts": discard_old_drafts,
    "witness": send_witness,
    "proof": prove_part,
    "digests": send_digests,
    "outbox": _outbox,
    "old_notices": notify.forget_delivered,
    "files": _files,
}


def run_steps() -> tuple[dict[str, int | dict[str, int]], list[str]]:
    """The round of the current council: what each step did, and which ones failed (told in the log)."""
    done: dict[str, int | dict[str, int]] = {}
    failed: list[str] = []
    for name, step in STEPS.items():
        try:
            done[name] = step()
        except (DatabaseError, OSError, ValidationError, LookupError, ValueError, RuntimeError) as error:
            if refused_by_the_machine(error):  # no fault of the program: where it stopped says nothing
                log.error("the step “%s” failed: %s", name, why(error))
                failed.append(f"{name}: {why(error)}")
            else:
                log.exception("the step “%s” failed", name)
                failed.append(f"{name}: {error}")
    return done, failed


def schedule_tick() -> None:
    """Have the queue run the round; the next one is due at once."""
    Schedule.objects.update_or_create(
        name="tick",
        defaults={"func": TICK, "schedule_type": Schedule.MINUTES, "minutes": EVERY, "repeats": -1, "next_run": now()},
    )


def catch_up_search() -> list[str]:
    """After an upgrade, have the queue index again what an older stemmer indexed; the councils where it was needed."""
    found = []
    for council in Council.objects.order_by("code"):
        with council_scope(council):
            if reindex_later():
                found.append(council.slug)
    return found


def take_over(told: Progress | None = None) -> tuple[int, int]:
    """After an upgrade: the register takes over, once, what stood in the tables of the current council before it spoke
    of them, and open dossiers that this program counts otherwise than the one before wait to be dated anew.

    In parts that each stand by themselves: after a stop the next call goes on. Returns how many rows were taken over,
    and how many dossiers wait.
    """

    def ending(noun: str, laid: int) -> None:
        if noun == "derived" and laid:
            ask_anew(None, UPGRADE)

    laid = lay_baseline(told, ending)
    return laid, sum(row.total - row.done for row in open_redatings())


@transaction.atomic
def found_council(code: str, email: str, name: str, *, witnesses: Sequence[str] = ()) -> tuple[Council, str]:
    """Lay the first stones of a council: its row, its seal key, its administrator.

    Returns the council and the token of the administrator's one-use enrolment link. Raises ValidationError.
    """
    council = councils.create_council(code)
    council.settings = {"witness_emails": [councils.address_of(one) for one in witnesses[:2]]}
    council.save(update_fields=["settings"])
    with council_scope(council):
        make_keys()
        person = councils.create_person(name, name, email)
        councils.give_role(person, Quality.ADMIN, today())
        append("council_founded", {"code": council.code, "demo": False})
        lay_baseline()
        return council, make_enrolment(person)


def new_link(person: Person) -> str:
    """A fresh one-use enrolment link for a person."""
    return make_enrolment(person)


def forget_the_living() -> None:
    """Forget, in a database just restored, who is signed in, what waits to run and what was counted for a while.

    People sign in again; the round finds by itself what is to be done.
    """
    for model in (Session, UserSession, OrmQ, Schedule, Task):
        model.objects.all().delete()
    cache.clear()


def _draw_epoch() -> int:
    """Six digits drawn by chance: another restore of the same backup, on whatever machine, draws others."""
    return 100_000 + secrets.randbelow(900_000)


@transaction.atomic
def mark_restored(council: Council, manifest: dict[str, Any]) -> list[str]:
    """Open a new numbering epoch in a restored council and leave a link in its chain.

    Returns, in words, the numbers that may have been given between the backup and the loss: a paper with one
    of them may exist although the register does not know it.
    """
    with council_scope(council):
        given = [
            {"series": row.code, "year": row.year, "epoch": row.epoch, "after": row.last}
            for row in Series.objects.filter(epoch=council.numbering_epoch).order_by("code", "year")
        ]
        used = {1, *Series.objects.values_list("epoch", flat=True)}
        epoch = next(drawn for drawn in iter(_draw_epoch, None) if drawn not in used)
        Council.objects.filter(pk=council.pk).update(numbering_epoch=epoch)
        council.refresh_from_db()
        append(
            "restored",
            {
                "backup": manifest["taken_at"],
                "signer": manifest["signer"],
                "epoch": council.numbering_epoch,
                "maybe_given_after": given,
            },
        )
        return [f"{row['series']}-{row['year']} > {row['after']}" for row in given]
