"""Every read model there is."""

from collections.abc import Sequence
from typing import Any

from xogql.readmodels.games import GamesProjection
from xogql.readmodels.players import PlayersProjection
from xogql.store.projection import Projection


def projections() -> Sequence[Projection[Any]]:
    """Give what keeps the rows of each."""
    return (GamesProjection(), PlayersProjection())
