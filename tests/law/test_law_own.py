"""Each regime speaks under its own law: no article of another's in its words, its letters, its clocks."""

import json
import re
from dataclasses import asdict

import pytest

from tadbir.law import REGIMES, RULES

#: What each regime may cite: its own law and its decree, then the laws common to what follows a decision.
COURT = {"41-90", "112-14"}
OWN = {
    "55-19": {"55-19", "03-01"} | COURT,
    "31-13": {"31-13", "112-14", "03-01"},  # the reasons of its silence
    "09-08": {"09-08", "2-09-165", "03-01"} | COURT,
    "complaint": {"2-17-265", "41-90"},  # a court that was seised is written down in any dossier
    "petition": {"03-01"} | COURT,
    "council-commitment": {"03-01"} | COURT,
    "signpost": {"41-90"},
}
EVERY = ("55-19", "31-13", "09-08", "2-09-165", "2-17-265", "41-90", "03-01", "54-19")
PERSONS = sorted(OWN)


def cited(text: str) -> set[str]:
    """The laws that a text names by their number, written as in French or as in Arabic."""
    return {law for law in EVERY if re.search(rf"(?<![\d.-]){law.replace('-', '[-.]')}(?![\d-])", text)}


def test_the_reader_of_laws_reads_both_ways():
    assert cited("المادة 14 من القانون رقم 55.19.") == {"55-19"}
    assert cited("décret n° 2-09-165, le 2026-03-01") == {"2-09-165"}


def test_every_regime_of_a_person_is_here():
    asked = {code for code, regime in REGIMES.items() if regime.opened_by == "person"}
    assert asked - {"visit"} == set(OWN), "the visits are a domain of the tests"


@pytest.mark.parametrize("code", PERSONS)
def test_what_a_regime_words_is_of_its_own_law(code):
    """Letters, remedies, receipts, appeals. Letter `information_asked` cited law 55-19 wherever it was asked."""
    regime = REGIMES[code]
    said = json.dumps({**asdict(regime), "facts": {}}, ensure_ascii=False, default=str)
    for row in regime.facts.values():
        said += json.dumps(asdict(row), ensure_ascii=False, default=str)
    assert cited(said) <= OWN[code] | {code}, cited(said) - OWN[code]


@pytest.mark.parametrize("code", PERSONS)
def test_its_clocks_explain_themselves_under_it(code):
    for rule in RULES.for_kind(code):
        waits = [one for one in rule.only_after if code in one.kinds]
        words = (rule.sentence, rule.start, rule.effect_words, *rule.readings, *rule.effects, *waits)
        said = " ".join(f"{one.ar} {one.fr}" for one in words) + f" {rule.law} "
        assert cited(said) - {"council"} <= OWN[code], (rule.id, cited(said) - OWN[code])


def test_a_step_that_suspends_or_returns_is_worded_by_each_regime():
    """A letter without words of its own names no sanction; one with another's would invent it (article 10 of 55-19)."""
    asking = {"replacement_asked", "original_asked", "information_asked", "extended", "extension_notified"}
    for code in PERSONS:
        facts = REGIMES[code].facts
        for fact in (asking | {"file_returned", "misdirected"}) & set(facts):
            assert facts[fact].letters, (code, fact)
            assert not facts[fact].letters[-1].where, "the last one speaks everywhere"
    commitment = REGIMES["council-commitment"].facts
    assert "30" not in commitment["replacement_asked"].letter({}).ar + commitment["replacement_asked"].letter({}).fr
    assert "المادة 37" in REGIMES["09-08"].facts["information_asked"].letter({}).ar


def test_an_urgent_extension_cites_the_article_of_the_urgent_delay():
    row = REGIMES["31-13"].facts["extension_notified"]
    assert "articles 16 et 17" in row.letter({"urgent": True}).fr
    assert "articles" not in row.letter({}).fr
    from .facts import allowed

    filed = [["2026-11-05", "filed", {"urgent": True}]]
    assert allowed("extension_notified", filed, "2026-11-06", kind="31-13").article == "17"
    assert allowed("extension_notified", [["2026-11-05", "filed"]], "2026-11-09", kind="31-13").article == "16"


def test_readings_of_another_kind_stay_out_of_a_dossier():
    told = {kind: next(one for one in RULES.for_kind(kind) if one.id == "COURT-60") for kind in ("55-19", "petition")}
    assert len(told["55-19"].readings) == len(told["petition"].readings) + 2  # of a return, of an answer
    assert len(RULES["COURT-60"].readings) == len(told["55-19"].readings)
