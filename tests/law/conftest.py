"""What the tests of the law share."""

import pytest

from tadbir.law import FACTS, LAWS, REGIMES, RULES, RuleBook, loading, vocabulary
from tadbir.law import checks as registry
from tadbir.law import facts as shelf
from tadbir.law import regimes as kinds


@pytest.fixture(autouse=True, scope="package")
def _shipped():
    """The law as Tadbir ships it: the domain of the tests (tests/visits) has joined the other tests with its own."""
    before = dict(LAWS), dict(FACTS), dict(REGIMES), RuleBook(RULES)
    vocabulary.hold_laws({code: law for code, law in before[0].items() if code != "visits-charter"})
    shelf.hold({code: kind for code, kind in before[1].items() if not code.startswith("visit_")})
    kinds.hold({code: regime for code, regime in before[2].items() if code != "visit"})
    RULES.become(RuleBook(rule for rule in before[3] if rule.law != "visits-charter"))
    yield
    vocabulary.hold_laws(before[0])
    shelf.hold(before[1])
    kinds.hold(before[2])
    RULES.become(before[3])


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
