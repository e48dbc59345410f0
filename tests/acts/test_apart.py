"""A long act is typeset in a process of its own: the same bytes, and the same refusals."""

from typing import Any

import pytest

from tadbir.acts.documents import apart, pdf
from tests.acts import samples
from tests.acts.conftest import BASE, Chain


def test_a_long_act_gives_the_same_bytes_apart(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    run = apart.subprocess.run

    def spy(command: list[str], **words: Any) -> Any:
        started.append(command)
        return run(command, **words)

    monkeypatch.setattr(apart.subprocess, "run", spy)
    words = {"base": BASE, "paper": "a4", "months": "gazette"}
    for rows, processes in ((3, 0), (400, 1)):
        document = samples.register_pages(rows)
        message = chain.message(document)
        made = apart.render(document, message=message, signed=b"%PDF-signed", **words)
        assert len(started) == processes
        assert made == pdf.render(document, message=message, signed=b"%PDF-signed", **words)
        assert pdf.attachments(made)["signed.pdf"] == b"%PDF-signed"


def test_what_cannot_be_typeset_apart_says_why(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    document = samples.register_pages(400)
    message = chain.message(document)
    with pytest.raises(pdf.PdfRefused, match="unknown paper: a0"):
        apart.render(document, message=message, base=BASE, paper="a0")
    monkeypatch.setattr(apart, "PATIENCE", 0.01)
    with pytest.raises(pdf.PdfRefused, match="not typeset"):
        apart.render(document, message=message, base=BASE, paper="a4")
