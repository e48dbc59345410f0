"""What a server writes down: a line for a refusal, a traceback for a fault of ours."""

import io
import logging
from unittest.mock import Mock

import pytest
from django.test import Client

from tadbir.ui.logs import ShortRefusals
from tests.desk.office_desk import address, sign_in
from tests.factories import Office


def test_a_refusal_takes_one_line_of_the_log_and_a_fault_its_traceback() -> None:
    for status, kept in ((403, False), (422, False), (500, True)):
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, "x", (), (ValueError, ValueError(), None))
        record.status_code = status  # type: ignore[attr-defined]
        assert ShortRefusals().filter(record)
        assert bool(record.exc_info) is kept
    other = logging.LogRecord("tadbir", logging.ERROR, "", 0, "x", (), (ValueError, ValueError(), None))
    assert ShortRefusals().filter(other)
    assert other.exc_info


def test_the_log_of_a_server_has_a_line_for_a_refusal_and_a_traceback_for_a_fault(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the handler that the settings configure: it is the filter there that keeps a refusal short."""
    [console] = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    written = io.StringIO()
    monkeypatch.setattr(console, "stream", written)
    client = sign_in(office.clerk, Client(raise_request_exception=False))
    refused = address(office.council, "office-rights")
    assert client.get(refused).status_code == 403
    [line] = written.getvalue().splitlines()
    assert "django.request" in line
    assert refused in line
    fails = Mock(side_effect=RuntimeError("a fault of ours"))
    monkeypatch.setattr("tadbir.desk.office.inbox.render", fails)
    assert client.get(address(office.council, "office-home")).status_code == 500
    assert "Traceback" in written.getvalue()
    assert "RuntimeError: a fault of ours" in written.getvalue()
