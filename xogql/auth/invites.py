"""Invites: secrets that seat whoever sends them in a game that is not open to all.

They stand in no table and in no event: whoever has the server's secret derives them anew.
"""

import hmac
from base64 import urlsafe_b64encode

from xogql.game import GameId

_PURPOSE = b"xogql invite"
_BYTES = 18


class Invites:
    """Makes invites with *secret*; takes those made with it or with the *previous_secret*."""

    def __init__(self, secret: str, *, previous_secret: str | None = None) -> None:
        secrets = (secret, previous_secret) if previous_secret else (secret,)
        self._keys = tuple(_digest(each.encode(), _PURPOSE) for each in secrets)

    def invite_to(self, game_id: GameId) -> str:
        """Make the invite to a game: 24 characters that need no escape in an address."""
        return _invite(self._keys[0], game_id)

    def admits(self, invite: str | None, game_id: GameId) -> bool:
        """Tell whether *invite* is one to this game, in a time that says nothing of how near."""
        if invite is None:
            return False
        given = invite.encode(errors="surrogatepass")
        right = [hmac.compare_digest(_invite(key, game_id).encode(), given) for key in self._keys]
        return any(right)


def _invite(key: bytes, game_id: GameId) -> str:
    return urlsafe_b64encode(_digest(key, game_id.encode(errors="surrogatepass"))[:_BYTES]).decode()


def _digest(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
