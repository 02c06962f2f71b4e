"""Which rematches are agreed on and have not begun: a crash may have come between."""

from collections.abc import Sequence

from sqlalchemy import FromClause, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

from xogql.game import GameCreated, GameId, RematchAgreed
from xogql.store.questions import ask
from xogql.store.tables import game, rematch

MOST = 100

_LEFT = select(rematch.c.rematch_of).limit(MOST)


def rematches(won: FromClause) -> Sequence[UpdateBase]:
    """Give what events change: see Projection.

    When the log is read again, the second game may come before the agreement.
    """
    agreed_on = won.c.data["game"].astext
    begun = exists().where(game.c.game_id == agreed_on)
    agreed = select(agreed_on, won.c.stream_id).where(won.c.type == RematchAgreed.__name__, ~begun)
    return (
        insert(rematch).from_select([rematch.c.game_id, rematch.c.rematch_of], agreed),
        delete(rematch).where(
            rematch.c.game_id == won.c.stream_id, won.c.type == GameCreated.__name__
        ),
    )


class Unbegun:
    """Finds rematches that have not begun."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def left(self) -> Sequence[GameId]:
        """Give games whose players have agreed on a rematch that is not there yet, some of them.

        Raises:
            UnavailableError: if they cannot be read.
        """
        return [GameId(row.rematch_of) for row in await ask(self._engine, _LEFT)]
