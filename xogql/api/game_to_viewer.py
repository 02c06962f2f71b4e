"""What a game tells to each who asks: these fields, and no others of a game, are the viewer's."""

import strawberry

from xogql import game
from xogql.api.context import Info
from xogql.api.game_facts import GameFacts
from xogql.api.personal import personal
from xogql.game import GameId


@strawberry.type
class GameToViewer(GameFacts):
    """The fields of a game that are another's for another viewer."""

    @strawberry.field
    @personal
    def invite(self, info: Info) -> str | None:
        """What seats whoever sends it: to its creator, while it waits and is not public."""
        state, context = self.folded.state, info.context
        public = state.visibility is game.Visibility.PUBLIC
        if public or state.status is not game.Status.WAITING or context.viewer != state.creator:
            return None
        return context.services.invites.invite_to(GameId(self.id))

    @strawberry.field
    @personal
    def viewer_mark(self, info: Info) -> game.Mark | None:
        """The mark of the player who asks; null for who has no seat in it."""
        viewer = info.context.viewer
        return None if viewer is None else self.folded.state.mark_of(viewer)
