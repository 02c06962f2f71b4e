"""Texts and JSON as a client may send them, of any kind and size."""

import json

from hypothesis import strategies as st

TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(categories=["Cs", "Cc", "Lo", "Nd"]), max_size=10),  # surrogates, too
    st.sampled_from(["", "null", "game-", "player-", "\x00", "\ud800", "a" * 5000, "__proto__"]),
)
NUMBERS = st.one_of(
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([2**31, -(2**31) - 1, 2**63, 2**64, 10**400, -0.0, 1e308]),
)
JSON: st.SearchStrategy[object] = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
_DEEP = st.builds(
    lambda depth, opening, inner: opening * depth + inner,
    st.integers(1, 20_000),
    st.sampled_from(["[", '{"a":', '[{"a":']),
    st.sampled_from(["", "1", "]"]),
)
_ODD = st.sampled_from(
    ["1e999", "-", "NaN", "Infinity", "9" * 5000, '"\\ud800"', '{"query":1,"query":"{me{id}}"}',
     "\ufeff{}", "{}{}", "[]", '"', "{'query': 'x'}", '{"query":"\\u0000"}']
)  # fmt: skip


def written(value: object) -> bytes:
    """Write JSON, or what Python takes for it, as UTF-8 with any surrogate escaped."""
    return json.dumps(value).encode()


def bodies(messages: st.SearchStrategy[object]) -> st.SearchStrategy[bytes]:
    """Write messages, most of them well; and what is none."""
    good = messages.map(written)
    return st.one_of(good, good, good, _spoilt(good), st.binary(max_size=100), _texts)


_texts = st.one_of(_DEEP, _ODD).map(str.encode)


def _spoilt(good: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda body, place, more: body[:place] + more + body[place + 1 :],
        good,
        st.integers(0, 200),
        st.binary(max_size=4),
    )
