"""A request as the middlewares and the guard hand it on: in which council, who asks, with which roles today."""

from collections.abc import Sequence

from django.http import HttpRequest

from tadbir.councils.models import Council, Person, Role


class CouncilRequest(HttpRequest):
    """A request after the middlewares: inside a council or none, by an agent or nobody."""

    council: Council | None
    person: Person | None
    roles: list[Role]
    qualities: frozenset[str]


class OfficeRequest(HttpRequest):
    """A request that the guard let in: an agent of this council, with the roles he holds today."""

    council: Council
    person: Person
    roles: list[Role]
    qualities: frozenset[str]


def ask_as(request: CouncilRequest, person: Person | None, roles: Sequence[Role] = ()) -> None:
    """Note who asks; somebody without a role today is nobody."""
    request.person, request.roles = (person, list(roles)) if roles else (None, [])
    request.qualities = frozenset(role.quality for role in request.roles)
