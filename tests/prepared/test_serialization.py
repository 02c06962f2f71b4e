"""JSON that plans write is JSON that is written of graphql-core's results."""

import json
import struct

import orjson
from graphql import GraphQLString
from hypothesis import given
from hypothesis import strategies as st

from xogql.prepared.leaves import leaf_of
from xogql.prepared.serialization import quoted, serialized


def test_strings_are_quoted_as_orjson_quotes_them() -> None:
    for number in (*range(0xD800), *range(0xE000, 0x11000), 0x1F600, 0x10FFFF):
        assert quoted(chr(number)).encode() == orjson.dumps(chr(number)), hex(number)


@given(st.text())
def test_texts_are_quoted_as_orjson_quotes_them(text: str) -> None:
    assert quoted(text).encode() == orjson.dumps(text)


@given(st.integers(0, 2**64 - 1))
def test_what_orjson_refuses_is_written_all_the_same(bits: int) -> None:
    (number,) = struct.unpack("d", struct.pack("Q", bits))
    half, large = chr(0xD800), 2**64 + bits

    for value in ([half], {"large": large}, {1: number if number == number else None}):  # noqa: PLR0124
        assert json.loads(serialized(value)) == json.loads(json.dumps(value))


def test_leaves_of_the_same_kind_are_written_by_one_function() -> None:
    assert leaf_of(GraphQLString) is leaf_of(GraphQLString)
