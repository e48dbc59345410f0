"""Every column of a council's tables: changed behind the program's back it is named, or here stands why it is not.

The models are walked, so that a new column is decided on when it comes: a link of the chain answers for it, or nothing
does, for a reason that somebody wrote down.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tadbir.councils import actions as councils
from tadbir.councils.models import Account, Council
from tadbir.councils.scope import CouncilModel
from tadbir.database import rowsecurity, triggers
from tadbir.database.packed import PackedJSON
from tadbir.desk.actions import powers
from tadbir.desk.actions.enrolling import make_link
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import Dossier
from tadbir.ledgers.periods import Period
from tadbir.services import actions as services
from tadbir.services.actions import receive_upload
from tadbir.services.actions.paper import print_block
from tests import at_once as desk
from tests.conftest import at
from tests.desk.erased import bureau, lived, picture
from tests.desk.office_desk import opens
from tests.factories import Office, loan_filing
from tests.register.tampering import proved

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof, pytest.mark.postgres]

#: Why a whole table is not proved.
TABLES = {
    "councils.Council": "what the installation is; its code is in every seal; its epoch is proved (test_proof)",
    "councils.AccessLogEntry": "a log of readings, which binds nobody",
    "textsearch.SearchEntry": "made of the dossiers at any time (`tadbir reindex`)",
    "acts.Draft": "nothing official: whoever signs reads it then, and what is sealed of it is proved",
    "services.Draft": "what somebody is still writing",
    "services.DraftDocument": "what somebody is still writing",
    "dossiers.Redating": "work that waits; what it does is a fact",
    "notify.Notice": "mail in its way; that somebody was told is a fact",
    "councils.Correction": "tells a reader what a link of the register says with its values",
    "ledgers.RegisterScan": "needs a signed page; tests/ledgers proves it",
    "register.Replay": "answers kept for a form that is sent twice",
}
_LINK = "its link has the moment and says who"
#: Why a column of a proved table is not.
COLUMNS = {
    "councils.PowerChange": {"made_at": _LINK},
    "councils.Person": {"name_ar name_fr": "an act keeps the name of its signatory as it was"},
    "register.Series": {"closed_at": "no number follows; a later one is named"},
    "register.Content": {"erased_ground": "the link of the erasure says it"},
    "register.StoredFile": {"kept_at": "when it was last sent"},
    "procedures.Sheet": {
        "unit": "who works on it today",
        "catalogue_sha256 settled_sha256 updated_on written_by written_at": "the story of a text, which is proved",
        "switched_on": "whether it is offered today",
    },
    "acts.Act": {"status_at": "the link of the end has its own moment"},
    "acts.ActPdf": {"made_at": "when a copy was made"},
    "acts.SealKey": {"root starts_at revoked_reason": "its public key is proved, and when it ends"},
    "dossiers.Party": {
        "kind name phone email address language identity_kind identity_seen_on": "the sealed receipt says who asked"
    },
    "dossiers.Dossier": {
        "language": "in which language it is answered",
        "opened_at": "the link of the first fact has the moment",
    },
    "dossiers.Fact": {"relayed_from": "older links do not say it"},
    "dossiers.ClosedDay": {"by recorded_at": _LINK},
    "dossiers.DefinitionChange": {
        "recorded_at ended_at ended_by": _LINK,
        "ended_reason": "words beside a day that is proved",
    },
    "ledgers.RegisterPrint": {
        "part previous ends_on first_number last_number": "stand on the pages, whose bytes are proved",
        "printed_at printed_by": _LINK,
    },
    "services.PaperBlock": {
        "code size unit": "stand on its sealed act, and in its link",
        "printed_at printed_by closed_at": _LINK,
    },
    "services.PaperReceipt": {
        "number block": "a number that no paper bears; the one that a dossier was filed with is proved"
    },
    "dossiers.Link": {"made_at": _LINK},
    "councils.Account": {"language last_login": "opens nothing"},
    "councils.Enrolment": {"used_at": "its link has the moment; that it is over is proved (test_signing_in)"},
    "mfa.Authenticator": {"created_at last_used_at": "opens nothing"},
}


class Undone(Exception):
    """Ends a transaction whose changes are not wanted."""


@contextmanager
def undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def another(field: Any, value: Any) -> Any:
    """A value of the same type that is not this one."""
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=value) if value else field.related_model._base_manager
        found = others.order_by("pk").values_list("pk", flat=True).first()
        assert found or field.null, f"the story has no other row for {field}"
        return found
    if isinstance(field, models.JSONField | PackedJSON):
        return {"another": 1}
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.DateTimeField):
        return value + timedelta(days=1) if value else at("2026-11-01 10:00")
    if isinstance(field, models.DateField):
        return value + timedelta(days=1) if value else date(2026, 11, 1)
    if isinstance(field, models.BinaryField):
        return bytes(value or b"") + b"\n"
    return f"{value or ''}x"[-(field.max_length or 99) :]


def is_named(row: Any, field: Any) -> bool:
    """Whether the proof, or the database itself, tells on a column of a row that somebody changed."""
    table, key = row._meta.db_table, row._meta.pk.column
    with undone():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                statement = f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{key}" = %s'
                value = field.get_db_prep_save(another(field, getattr(row, field.attname)), connection)
                cursor.execute(statement, [value, row.pk])
        except IntegrityError:
            return True
        return bool(proved())
    raise AssertionError("unreachable")


def walked() -> Iterator[type[Any]]:
    for model in apps.get_models():
        if (
            issubclass(model, CouncilModel | Council | Account | Authenticator)
            and not model._meta.proxy
            and "tests" not in model.__module__
        ):
            yield model


def silent_columns(model: type[Any]) -> set[str]:
    if not (rows := list(model._base_manager.order_by("pk")[:12])):
        return {"the story leaves none"}
    fields = [one for one in model._meta.concrete_fields if not one.primary_key and one.name != "council"]
    return {field.name for field in fields if not any(is_named(row, field) for row in rows)}


def test_every_column_is_proved_or_says_why_not(bureau: Office) -> None:
    councils.delegate(bureau.president, bureau.head, ["letter"], "3/2026", date(2026, 12, 1))
    ground = Ground("قرار المجلس", "décision du conseil", "مقرر رقم 3/2026", date(2026, 11, 1))
    desk.change_rule(bureau.director, "PROC-DECIDE", ground, {"owner": "unit"})
    sheet = lived(bureau).sheet
    assert sheet is not None
    second = services.file_request(loan_filing(sheet)).dossier
    receive_upload(second, "liability", "scan.png", BytesIO(picture("olive")), len(picture("olive")))
    day = desk.learn_closed_day(bureau.director, "closure", date(2026, 12, 24), "بلاغ 4/2026")
    desk.correct_closed_day(bureau.director, day, "أخطأنا اليوم", day=date(2026, 12, 23), days=1, source="بلاغ 4/2026")
    desk.print_register(bureau.director, "requests", Period(2026, "m12"))
    for _again in range(2):
        print_block(bureau.clerk, bureau.unit, 10)
    opens(bureau.president, bureau.director)
    Authenticator.objects.create(user=bureau.president.account, type="totp", data={"secret": "x"})
    make_link(bureau.clerk, bureau.director)
    dossiers.link(second, Dossier.objects.exclude(pk=second.pk).get(), "same_matter", bureau.clerk)
    powers.give_role(bureau.clerk, "head", date(2026, 12, 1), bureau.unit, None, by=bureau.director)
    assert proved() == []
    with triggers.lifted(), rowsecurity.everywhere():
        found = {model._meta.label: silent_columns(model) for model in walked() if model._meta.label not in TABLES}
    said = {label: {name for names in columns for name in names.split()} for label, columns in COLUMNS.items()}
    unlike = {label: found.get(label, set()) ^ said.get(label, set()) for label in found | said}
    assert "; ".join(f"{label}: {' '.join(sorted(names))}" for label, names in unlike.items() if names) == ""
