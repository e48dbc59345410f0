"""What of a submission is the price of an official receipt: CPU of its parts, beside that of the whole."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

#: What filing does that a ticket elsewhere does not: its name here, and the function it is.
PARTS = {
    "facts under links of the chain": "tadbir.dossiers.actions.recording._write",
    "duties derived from the law": "tadbir.dossiers.clockwork.recompute",
    "receipt numbered, sealed, linked": "tadbir.services.papers.issue_receipt",
    "made findable by its words": "tadbir.services.actions.filing.index_dossier",
    "notice to the person": "tadbir.services.actions.filing.tell",
}


@contextmanager
def _watched(target: str, spent: list[float]) -> Iterator[None]:
    module, name = target.rsplit(".", 1)
    real: Callable[..., Any] = getattr(import_module(module), name)

    def timed(*args: Any, **kwargs: Any) -> Any:
        begun = time.process_time()
        try:
            return real(*args, **kwargs)
        finally:
            spent.append(time.process_time() - begun)

    with patch(target, timed):
        yield


def shares(send: Callable[[], Any], rounds: int) -> dict[str, float]:
    """The part of the work of one sending, between 0 and 1, that each of PARTS takes; the median of `rounds`."""
    whole, spent = list[float](), {part: list[float]() for part in PARTS}
    with ExitStack() as stack:
        for part, target in PARTS.items():
            stack.enter_context(_watched(target, spent[part]))
        for _ in range(rounds):
            begun = time.process_time()
            send()
            whole.append(time.process_time() - begun)
    return {
        part: statistics.median(mine / all_of_it for mine, all_of_it in zip(taken, whole, strict=True))
        for part, taken in spent.items()
    }


def lines(found: dict[str, float], ours: float, others: Sequence[float]) -> Iterator[str]:
    """The price in words: milliseconds of our CPU time, and the ratio without it."""
    yield "The price of an official receipt, of the server's own work on submit:"
    for part, share in found.items():
        yield f"  {part:34}{share * ours:>6.1f} ms{share:>7.0%}"
    left = (1 - sum(found.values())) * ours
    ratio = min((other / left for other in others), default=float("nan"))
    yield f"  {'the rest, as a ticket has it':34}{left:>6.1f} ms{'':7}  ratio {ratio:.2f}"
