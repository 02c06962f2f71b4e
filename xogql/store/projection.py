"""The contract of a read model: rows kept from the log, in the append's own statement."""

from collections.abc import Sequence
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

    def statements(self, won: FromClause) -> Sequence[UpdateBase]:
        """Give what events change.

        *won* has a row for each event that was appended: `stream_id`, `type`, `data` in today's
        form, `recorded_at`. Every statement must rest on it. The statements are parts of one: they
        do not see what the others change, and no two events of a command may change the same row:
        a row that one event of a command makes is made as all of them leave it.
        """
        ...
