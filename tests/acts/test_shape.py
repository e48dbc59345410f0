"""The shape of a document: what is wrong is refused before a number is given, what has it can be printed."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tadbir.acts.documents import layout, pdf, shape
from tests.acts import samples


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title_ar": " "}, "title_ar"),
        ({"number": "1"}, "number"),
        ({"blocks": [{"t": "script", "text": "x"}]}, r"blocks\[0\].t"),
        ({"blocks": [{"t": "table", "head": ["a"], "rows": [["1", "2"]]}]}, "rows"),
        ({"blocks": [{"t": "p", "text": 5}]}, "text"),
        ({"remedies": [{"text_ar": "x", "file_before": "31/01/2027"}]}, "file_before"),
        ({"receipt": None}, "receipt"),
        ({"receipt": samples.receipt_filing()["receipt"] | {"missing": []}}, "missing"),
        ({"extra": 1.5}, "extra"),
        ({"extra": 7}, "as text"),
        ({"blocks": [{"t": "p", "text": "x" * 500_000}]}, "too long"),
    ],
)
def test_a_wrong_shape_is_refused_before_a_number_is_given(change: dict[str, Any], where: str) -> None:
    good = {k: v for k, v in samples.receipt_complete().items() if k not in shape.FILLED}
    shape.check_body("receipt", good)
    with pytest.raises(shape.WrongShape, match=where):
        shape.check_body("receipt", good | change)


texts = st.text(min_size=1, max_size=30).filter(shape.visible)
pairs = st.lists(st.text(max_size=9), min_size=2, max_size=2)
block = (
    st.fixed_dictionaries({"t": st.sampled_from(["p", "h", "note"]), "text": texts})
    | st.fixed_dictionaries({"t": st.just("list"), "items": st.lists(texts, max_size=3)})
    | st.fixed_dictionaries({"t": st.just("kv"), "rows": st.lists(pairs, max_size=3)})
    | st.fixed_dictionaries({"t": st.just("table"), "head": st.just(["", "ب"]), "rows": st.lists(pairs, max_size=3)})
)


loose = st.text(max_size=20)
labelled = st.fixed_dictionaries({"text_ar": texts, "text_fr": loose})
clocks = st.none() | st.fixed_dictionaries(
    {
        "starts_on": st.just("2026-12-01"),
        "do_by": st.just("2027-02-01"),
        "sentence_ar": texts,
        "sentence_fr": loose,
        "steps": st.lists(labelled, max_size=2),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    blocks=st.lists(block, max_size=4),
    name=texts,
    title=texts,
    other=loose,
    missing=st.lists(labelled, max_size=3),
    clock=clocks,
    dossier=st.sampled_from(["", "D-1"]),
)
def test_what_has_the_shape_can_be_printed(
    blocks: list[Any], name: str, title: str, other: str, missing: list[Any], clock: Any, dossier: str
) -> None:
    receipt = {
        "state": "filing" if missing else "filed",
        "regime": "55-19",
        "procedure_ar": name,
        "missing": missing,
        "procedure_fr": other,
        "filed_at": "2026-12-01T09:42",
        "channel_ar": other,
        "clock": clock,
        "code": other,
    }
    body = {
        "title_ar": title,
        "title_fr": other,
        "blocks": blocks,
        "fr": blocks,
        "sender_ar": name,
        "copies": missing,
        "recipient": {"name_ar": name, "address_ar": other},
        "remedies": missing,
        "receipt": receipt,
        "reference_ar": other,
        "greeting_ar": other,
    }
    for kind, paper in (("letter", "a4"), ("receipt", "a5"), ("act", "a4"), ("register_pages", "a4")):
        shape.check_body(kind, body)
        made = pdf.render(samples.act(kind, dossier=dossier) | body, paper=paper)
        said = pdf.actual_texts(made)
        assert said
        assert "" not in said


def test_a_field_that_templates_need_is_named() -> None:
    broken = samples.receipt_complete()
    del broken["receipt"]
    with pytest.raises(layout.CannotPrint, match="receipt"):
        pdf.render(broken)
    with pytest.raises(layout.CannotPrint, match="paper"):
        pdf.render(samples.letter(), paper="a0")
