"""What the tests of the law share."""

import pytest

from tadbir.law import FACTS, LAWS, REGIMES, RULES, RuleBook, loading, vocabulary
from tadbir.law import checks as registry
from tadbir.law import facts as shelf
from tadbir.law import regimes as kinds


@pytest.fixture
def house():
    """The law as it was, whatever the test includes."""
    before = dict(LAWS), dict(FACTS), dict(REGIMES), RuleBook(RULES), dict(registry.CHECKS), set(loading._included)
    yield
    vocabulary.hold_laws(before[0])
    shelf.hold(before[1])
    kinds.hold(before[2])
    RULES.become(before[3])
    registry.CHECKS.clear()
    registry.CHECKS.update(before[4])
    loading._included.clear()
    loading._included.update(before[5])
