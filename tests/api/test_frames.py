"""Messages are read as the standard library reads JSON, strictly, whichever parser reads them."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xogql.api.frames import DEEPEST, Close, ClosingError, Subscribe, read

_TEXTS = st.text(st.characters(codec=None, exclude_categories=()))
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda values: st.lists(values) | st.dictionaries(_TEXTS, values),
    max_leaves=20,
)


@given(st.dictionaries(_TEXTS, _VALUES))
@example({"id": 2**64})
@example({"id": -(2**63) - 1})
@example({"id": [10**19, 1e19, 123456789012345678901.5]})
@example({"half": "\ud800"})
def test_values_are_the_same_as_by_the_standard_library(variables: dict[str, object]) -> None:
    message = {"type": "subscribe", "id": "1", "payload": {"query": "{a}", "variables": variables}}
    for ascii_only in (True, False):
        text = json.dumps(message, ensure_ascii=ascii_only)

        frame = read(text)

        assert isinstance(frame, Subscribe)
        # By what is written, for 1 is no 1.0.
        assert repr(frame.request.variables) == repr(json.loads(text)["payload"]["variables"])


@pytest.mark.parametrize(
    "value",
    ["NaN", "Infinity", "-Infinity", "1e400", "01", "1.", ".5", "[1,]", '"\x01"', "'a'", "nul"],
)
def test_what_is_no_json_is_refused(value: str) -> None:
    with pytest.raises(ClosingError) as refused:
        read(f'{{"type":"ping","payload":{{"a":{value}}}}}')
    assert refused.value.code is Close.INVALID_MESSAGE


@pytest.mark.parametrize("depth", [DEEPEST, 2000, 200_000])
def test_what_is_nested_too_deeply_is_refused(depth: int) -> None:
    with pytest.raises(ClosingError) as refused:
        read('{"type":"ping","payload":{"a":' + "[" * depth + "]" * depth + "}}")
    assert refused.value.code is Close.INVALID_MESSAGE
