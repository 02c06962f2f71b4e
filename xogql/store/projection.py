"""The contract of a read model: rows kept from the log, in the append's own statement."""

from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from sqlalchemy import FromClause, Table
from sqlalchemy.sql.dml import UpdateBase

from xogql.store.codec import Category

E = TypeVar("E")


class Projection(Protocol, Generic[E]):
    """Keeps its *tables* from the events of one category.

    Its statements read nothing but what they are given, so that rebuilding is repeating them.
    """

    category: Category[E]
    tables: Sequence[Table]

    def kinds(self) -> Sequence[type[E]]:
        """Name the event types that change a row, in the order in which a stream has them."""
        ...

    def statements(self, kind: type[E], won: FromClause) -> Sequence[UpdateBase]:
        """Give what an event of this *kind* changes.

        *won* has one row (`stream_id`, `recorded_at`) if the event was appended and none if it
        was not: every statement must rest on it. Parameters are named as in `parameters`.
        All events of a command share one statement: no two of them may change the same row.
        """
        ...

    def parameters(self, event: E) -> Mapping[str, object]:
        """Give the event's values for the parameters of its statements."""
        ...
