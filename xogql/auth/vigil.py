"""Watches over tokens in use: each is good until its session is ended, or its time is over."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeAlias
from uuid import UUID

from xogql import player
from xogql.auth.sessions import TokenRevokedError
from xogql.auth.tokens import AccessClaims, IntraClaims, TokenExpiredError
from xogql.live.bell import Bell
from xogql.live.jobs import Backoff
from xogql.store.codec import PLAYERS
from xogql.store.event_store import OutcomeUnknownError, Stream, UnavailableError
from xogql.store.states import States

Claims: TypeAlias = AccessClaims | IntraClaims

Over: TypeAlias = Callable[[Exception], None]
"""Told why a token is good no more, or why that cannot be told any more."""


class Watch:
    """One token in use, until it is over or the watch is ended."""

    __slots__ = ("_guard", "_over", "_timer", "claims")

    def __init__(self, guard: "_Guard", claims: Claims, over: Over, seconds: float) -> None:
        self.claims = claims
        self._guard = guard
        self._over = over
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self.tell, TokenExpiredError())

    def end(self) -> None:
        """Watch no more."""
        self._timer.cancel()
        self._guard.dismiss(self)

    def tell(self, reason: Exception) -> None:
        """Say that the token is over."""
        self.end()
        self._over(reason)


class Vigil:
    """Watches the streams of players whose tokens are in use, each once for all of them."""

    def __init__(
        self,
        states: States[player.Player, player.Event],
        bell: Bell,
        now: Callable[[], datetime],
    ) -> None:
        self._states = states
        self._bell = bell
        self._now = now
        self._guards: dict[str, _Guard] = {}

    def watch(self, claims: Claims, over: Over) -> Watch:
        """Have *over* called when a token is good no more: once, and not before this returns."""
        stream = Stream(PLAYERS, claims.player_id)
        known = self._states.kept(stream)
        guard = self._guards.get(stream.name)
        if guard is None:
            guard = _Guard(self, stream, known.version if known else 0)
            self._guards[stream.name] = guard
            self._bell.wakeups.add(stream.name, guard)
        left = (claims.expires_at - self._now()).total_seconds()
        watch = Watch(guard, claims, over, max(0.0, left))
        guard.watches.add(watch)
        if known is None or known.version < guard.after or not is_in(known.state, claims.session):
            guard.look()
        return watch

    def leave(self, stream: Stream[player.Event]) -> None:
        """Watch a player's stream no more."""
        self._bell.wakeups.remove(stream.name, self._guards.pop(stream.name))

    def look(self, guard: "_Guard") -> None:
        """Have a guard read on."""
        _ = self._bell.errands.run(guard.read(self._states))


class _Guard:
    """What the wakeups call when a player's stream has grown; *after*: up to where it is known."""

    __slots__ = ("_hint", "_reading", "_stream", "_vigil", "after", "watches")

    def __init__(self, vigil: Vigil, stream: Stream[player.Event], after: int) -> None:
        self.after = after
        self.watches: set[Watch] = set()
        self._vigil = vigil
        self._stream = stream
        self._hint = False
        self._reading = False

    def hear(self, version: int) -> None:
        """See Hearer."""
        if version > self.after:
            self.look()

    def look(self) -> None:
        """Have the stream read, once more if it is being read."""
        self._hint = True
        if not self._reading:
            self._reading = True
            self._vigil.look(self)

    async def read(self, states: States[player.Player, player.Event]) -> None:
        """Read the stream until there was no hint meanwhile; while it cannot be read, wait."""
        backoff = Backoff()
        while self._hint and self.watches:
            self._hint = False
            try:
                folded = await states.load(self._stream)
            except (UnavailableError, OutcomeUnknownError):
                self._hint = True
                await backoff.pause()
            except Exception as fault:  # noqa: BLE001 - whose tokens these are is told
                self._tell(_every, fault)
            else:
                self.after = max(self.after, folded.version)
                self._tell(partial(_is_out, folded.state), TokenRevokedError())
        self._reading = False

    def dismiss(self, watch: Watch) -> None:
        """Watch over a token no more, and over a player with none."""
        if watch in self.watches:
            self.watches.remove(watch)
            if not self.watches:
                self._vigil.leave(self._stream)

    def _tell(self, concerns: Callable[[UUID], bool], reason: Exception) -> None:
        for watch in [each for each in self.watches if concerns(each.claims.session)]:
            watch.tell(reason)


def is_in(state: player.Player, session: UUID) -> bool:
    """Tell whether a session goes on."""
    return isinstance(state, player.Registered) and state.is_in(session)


def _is_out(state: player.Player, session: UUID) -> bool:
    return not is_in(state, session)


def _every(_session: UUID) -> bool:
    return True
