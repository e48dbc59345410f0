"""The wall between councils: a query without a current council does not run.

Every table carries its council. `objects` reads the current one from here and refuses to work without it;
on PostgreSQL the same value feeds row-level security, the second wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from tadbir.councils.personal import Erased

if TYPE_CHECKING:
    from tadbir.councils.models import Council

_current: ContextVar[Council | None] = ContextVar("current_council", default=None)
M = TypeVar("M", bound=models.Model)


class NoCouncil(RuntimeError):
    """A query was made outside any council."""


def current_council() -> Council:
    """The council being served. Raises NoCouncil outside one."""
    council = _current.get()
    if council is None:
        raise NoCouncil("no council is being served: use council_scope(council)")
    return council


def council_or_none() -> Council | None:
    """The council being served, or None on pages that belong to none."""
    return _current.get()


def _tell_database(value: str) -> None:
    """Give PostgreSQL's row-level security the council of this connection (session level)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tadbir.council', %s, false)", [value])


def greet_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """A connection that opens, or comes out of the pool, forgets whom it served and learns whom it serves now."""
    if connection.vendor == "postgresql":
        council = _current.get()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('tadbir.council', %s, false), set_config('tadbir.everywhere', '', false)",
                [str(council.pk) if council else ""],
            )


@contextmanager
def council_scope(council: Council) -> Iterator[Council]:
    """Serve `council` inside the block."""
    before = _current.get()
    token = _current.set(council)
    _tell_database(str(council.pk))
    try:
        yield council
    finally:
        _current.reset(token)
        if not connection.needs_rollback:
            _tell_database(str(before.pk) if before else "")


def one_of(rows: models.QuerySet[M]) -> M | None:
    """The row of a question that has one answer at most; unlike `first` it sorts nothing (sorting costs more)."""
    return next(iter(rows.order_by()[:1]), None)


class ScopedManager(models.Manager[M], Generic[M]):
    """Rows of the current council only; raises NoCouncil without one."""

    #: The question "rows of this council" of each table: asked at every turn, so built once and copied.
    _asked: ClassVar[dict[tuple[type[Any], type[models.Model], int], models.QuerySet[Any]]] = {}

    def get_queryset(self) -> models.QuerySet[M]:
        council = current_council()
        if self._hints or self._db:  # type: ignore[attr-defined]
            return super().get_queryset().filter(council=council)
        key = (self._queryset_class, self.model, council.pk)  # type: ignore[attr-defined]
        if key not in self._asked:
            self._asked[key] = super().get_queryset().filter(council_id=council.pk)
        return self._asked[key].all()


class CouncilModel(models.Model):
    """Base of every table: it has a council, and its default manager keeps to it.

    `everywhere` crosses councils; only `tick`, backup and checks may use it.
    """

    council = models.ForeignKey("councils.Council", models.PROTECT, related_name="+", editable=False)

    #: What of its columns an erasure leaves, and why the others hold nothing of a person (`councils.personal`).
    personal: ClassVar[Mapping[str, Erased]] = {}
    plain: ClassVar[Mapping[str, str]] = {}

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill the council of a new row; refuse to write a row of another council."""
        if not self.council_id:
            self.council = current_council()
        elif (here := _current.get()) is not None and self.council_id != here.pk:
            raise NoCouncil("a row of another council cannot be written here")
        super().save(*args, **kwargs)
