"""What a process keeps of a council is read again as soon as it changed, and only then."""

import pytest
from django.db import transaction

from tadbir.councils.actions import create_council, renew_stamp
from tadbir.councils.memory import read_once
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope, current_council

asked: list[str] = []


@read_once
def name_of(rank: int) -> str:
    """Something worth keeping."""
    asked.append(f"{current_council().slug}:{rank}")
    return asked[-1]


@pytest.mark.django_db
def test_read_once_until_it_changes() -> None:
    first, second = create_council("12.391"), create_council("12.066")
    asked.clear()
    with council_scope(first):
        assert [name_of(1), name_of(1)] == [f"{first.slug}:1"] * 2
    with council_scope(second):
        assert [name_of(1), name_of(1)] == [f"{second.slug}:1"] * 2
    with council_scope(Council.objects.get(pk=first.pk)):  # the next request, in this process
        assert name_of(1) == f"{first.slug}:1"
        assert len(asked) == 2
        renew_stamp()
        name_of(1)
        assert len(asked) == 3
    stale = second.stamp
    with council_scope(Council.objects.get(pk=second.pk)), transaction.atomic():
        renew_stamp()
    assert Council.objects.get(pk=second.pk).stamp != stale  # what another process sees
    with council_scope(second):  # a request that began before goes on with what it read
        name_of(1)
    assert len(asked) == 3
    with council_scope(Council.objects.get(pk=second.pk)):
        name_of(1)
    assert len(asked) == 4
