"""A day that cannot be meant is refused by what is done with it, whoever asks: a form, the API, an import."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from tadbir.councils import actions as councils
from tadbir.councils.days import require_days, require_within
from tadbir.councils.models import Delegation, Quality, Role
from tadbir.desk.actions import powers
from tadbir.reading.days import Span
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office

FAR, LONG_AGO = date(2062, 1, 1), date(1905, 1, 1)


def test_a_day_out_of_its_bounds_names_the_bound() -> None:
    with override("fr"), pytest.raises(ValidationError, match="le premier possible est le 1er janvier 2026"):
        require_within(date(2025, 12, 31), date(2026, 1, 1), None)
    with pytest.raises(ValidationError, match="لآخر يوم ممكن: 5 يناير 2026"):
        require_within(date(2026, 1, 6), None, date(2026, 1, 5))
    with pytest.raises(ValidationError, match="9999"):
        require_within(date(9999, 1, 1), None, None)


def test_only_what_is_said_is_judged() -> None:
    require_days(Span.OFFICE, starts_on=SINCE, ends_on=None)
    require_days(Span.OFFICE, starts_on=SINCE, ends_on=SINCE)
    with pytest.raises(ValidationError) as refused:
        require_days(Span.OFFICE, starts_on=date(2026, 12, 2), ends_on=date(2026, 12, 1))
    assert [*refused.value.message_dict] == ["ends_on"]


WRONG: dict[str, tuple[str, Callable[[Office, Role, Delegation], Any]]] = {
    "role from": ("starts_on", lambda o, r, d: councils.give_role(o.clerk, "officer", LONG_AGO, o.unit)),
    "role until": ("ends_on", lambda o, r, d: councils.give_role(o.clerk, "officer", SINCE, o.unit, FAR)),
    "role backwards": ("ends_on", lambda o, r, d: councils.give_role(o.clerk, "admin", SINCE, None, date(2025, 1, 1))),
    "role ended before": ("ends_on", lambda o, r, d: councils.end_role(r, date(2020, 1, 1))),
    "role ended late": ("ends_on", lambda o, r, d: powers.end_role(r, FAR, o.director, give=False)),
    "order until": ("ends_on", lambda o, r, d: councils.delegate(o.president, o.head, ["*"], "1", SINCE, FAR)),
    "order ended before": ("ends_on", lambda o, r, d: councils.end_delegation(d, date(2020, 1, 1))),
    "order asked to end before": ("ends_on", lambda o, r, d: powers.end_delegation(d, date(2020, 1, 1), o.president)),
    "away from": ("absent_from", lambda o, r, d: councils.record_absence(o.clerk, FAR, None)),
    "away until only": ("absent_from", lambda o, r, d: councils.record_absence(o.clerk, None, date(2026, 12, 9))),
    "away backwards": (
        "absent_until",
        lambda o, r, d: councils.record_absence(o.clerk, date(2026, 12, 9), date(2026, 12, 8)),
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_every_writer_of_days_refuses_what_cannot_be_meant(office: Office, what: str) -> None:
    order = councils.delegate(office.president, office.head, ["*"], "3/2026", SINCE)
    name, does = WRONG[what]
    with pytest.raises(ValidationError) as refused:
        does(office, office.officer.roles.get(), order)
    assert [*refused.value.message_dict] == [name]
    assert Role.objects.filter(person=office.clerk).count() == 1
    assert Delegation.objects.get().ends_on is None


def test_the_page_says_it_beside_the_day(office: Office) -> None:
    director = sign_in(office.director)
    give = address(office.council, "office-give-role", office.clerk.pk)
    sent = {"quality": Quality.OFFICER, "unit": office.unit.pk, "starts_on": "2026-12-02", "ends_on": "2026-12-01"}
    answer = director.post(give, sent)
    assert answer.status_code == 422
    assert "تاريخ النهاية قبل تاريخ البداية" in answer.content.decode()
