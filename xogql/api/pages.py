"""Pages of lists: how many entries, past which cursor (Relay's cursor connections)."""

import re
from typing import Annotated

import strawberry

from xogql.api import operation_errors

LONGEST = 100

_VERSION = re.compile(r"[1-9]\d{0,9}", re.ASCII)

First = Annotated[int, strawberry.argument(description=f"How many at most, 1 to {LONGEST}.")]
After = Annotated[
    str | None, strawberry.argument(description="Go on past this cursor; absent: from the start.")
]


@strawberry.type
class PageInfo:
    """Where a page of a list stands."""

    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether this page began past a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last edge: `after` for the next page."
    )


def page_size(first: int) -> int:
    """Check how many entries are asked for.

    Raises:
        OperationError: if it is less than one or more than a page holds.
    """
    if not 1 <= first <= LONGEST:
        raise operation_errors.invalid_input(f"A page has 1 to {LONGEST} entries.", "first")
    return first


def page_info(cursors: list[str], *, after: str | None, has_next: bool) -> PageInfo:
    """Tell where a page with these cursors stands."""
    return PageInfo(
        has_next_page=has_next,
        has_previous_page=after is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def version_after(cursor: str | None, newest: int) -> int:
    """Read a cursor that is the version of an event: 0 without one.

    Raises:
        OperationError: if it is none that has been, the *newest* being the last.
    """
    if cursor is None:
        return 0
    if not _VERSION.fullmatch(cursor) or int(cursor) > newest:
        message = f"A cursor is the version of an event: 1 to {newest}."
        raise operation_errors.invalid_input(message, "after")
    return int(cursor)
