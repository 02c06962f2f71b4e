"""Which texts are ids that a client makes."""

from uuid import UUID

import pytest
from graphql import GraphQLError

from xogql.api.scalars import read_uuid

ONE = UUID("f81d4fae-7dec-41d0-a765-00a0c91e6bf6")


@pytest.mark.parametrize(
    "text",
    [
        "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6",
        "f81d4fae7dec41d0a76500a0c91e6bf6",
        "urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "{f81d4fae-7dec-41d0-a765-00a0c91e6bf6}",
    ],
)
def test_one_id_may_be_written_in_several_ways(text: str) -> None:
    assert read_uuid(text) == ONE


@pytest.mark.parametrize(
    "value",
    [
        "",
        "f81d4fae-7dec-41d0-a765-00a0c91e6bf",
        "f81d4fae-7dec-41d0-a765-00a0c91e6bf66",
        " f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "f81d4fae-7dec-41d0-a765-00a0c91e6bf6\n",
        "f81d_fae-7dec-41d0-a765-00a0c91e6bf6",
        "0x1d4fae7dec41d0a76500a0c91e6bf6",
        "١81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "-f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "x" * 10_000,
        "\ud800",
        17,
        None,
        ["f81d4fae-7dec-41d0-a765-00a0c91e6bf6"],
        ONE,
    ],
)
def test_anything_else_is_none(value: object) -> None:
    with pytest.raises(GraphQLError, match=r"^Value cannot represent a UUID"):
        read_uuid(value)
