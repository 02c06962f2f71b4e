"""Audiences: who follow one stream alike are told each event together, written once for all."""

import asyncio
from collections.abc import Coroutine, Hashable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from xogql.live.bell import Bell
from xogql.live.feed import Feed
from xogql.live.tails import Tail
from xogql.live.wakeups import NEWEST
from xogql.store.event_store import Recorded, Stream

E = TypeVar("E")

AT_ONCE = 64
"""An audience of more is told in turns, so that nobody else waits for long."""


class Member(Protocol):
    """One of an audience. *after*: the version that it was told last."""

    after: int

    def tell(self, text: bytes) -> bool:
        """Take what is told; False: it cannot, and is no member any more. Never raises."""
        ...

    def finish(self) -> None:
        """Hear that nothing more comes. Never raises."""
        ...

    def fail(self, fault: Exception) -> None:
        """Hear that it cannot go on. Never raises."""
        ...


class Script(Protocol[E]):
    """What an audience is told of a stream. *after*: how far it has come."""

    @property
    def stream(self) -> Stream[E]: ...  # noqa: D102 - see above

    @property
    def after(self) -> int: ...  # noqa: D102 - see above

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        ...

    def take(self, recorded: Recorded[E]) -> None:
        """Go on by one event."""
        ...

    def text(self) -> bytes | None:
        """Write the event, unless something must be waited for."""
        ...

    async def text_in_time(self) -> bytes:
        """Write the event, whatever it takes."""
        ...


class Audience(Generic[E]):
    """Those who are told the same and have been told as much; *after*: how far.

    Nothing is kept for who cannot take what is told: they leave, and come back when they have
    caught up.
    """

    __slots__ = (
        *("_audiences", "_heard", "_is_untold", "_tail", "_telling"),
        *("after", "key", "members", "script"),
    )

    def __init__(
        self, audiences: "Audiences", key: Hashable, script: Script[E], tail: Tail[E]
    ) -> None:
        self.key = key
        self.after = script.after
        self.members: set[Member] = set()
        self._audiences = audiences
        self.script = script
        self._tail = tail
        self._heard = 0
        self._is_untold = False
        self._telling: asyncio.Task[None] | None = None

    def hear(self, version: int) -> None:
        """See Hearer: tell it at once, if that is soon done."""
        if version <= self.after:
            return
        self._heard = max(self._heard, version)
        try:
            if self._telling is None and not self._told_at_once():
                self._telling = self._audiences.begin(self._tell_on())
        except Exception as fault:  # noqa: BLE001 - whoever rang has nothing to do with it
            self._fail(fault)

    def leave(self, member: Member) -> None:
        """Tell a member nothing more; an audience that has lost its last one is closed."""
        if member not in self.members:
            return
        self.members.remove(member)
        if not self.members:
            self._audiences.close(self)
            if self._telling is not None and self._telling is not asyncio.current_task():
                self._telling.cancel()

    def catch_up(self) -> None:
        """Tell, in the next turn of the loop, what has happened since the script was begun."""
        self._heard = NEWEST
        self._telling = self._audiences.begin(self._tell_on())

    def _told_at_once(self) -> bool:
        """Tell what is kept, while that is soon done; False if there is more to do."""
        for recorded in self._tail.past(self.after):
            self._take(recorded)
            text = self.script.text() if len(self.members) <= AT_ONCE else None
            if text is None:
                return False
            self._tell(text, list(self.members))
            self._told()
            if not self.members:
                return True
        return self._heard <= self.after

    async def _tell_on(self) -> None:
        """Tell what is kept, and what is not, until there is no hint of more."""
        try:
            if self._is_untold:
                await self._tell_slowly()
            while self.members and self._heard > self.after:
                await self._read_on()
        except Exception as fault:  # noqa: BLE001 - all who follow are told
            self._fail(fault)
        finally:
            self._telling = None

    async def _read_on(self) -> None:
        """Tell what there is by now: a hint that was false costs a read."""
        heard, self._heard, since = self._heard, 0, self._tail.reads
        while page := self._tail.past(self.after) or (
            self.after < heard
            and await self._audiences.feed.read(
                self.script.stream, self._tail, self.after, since=since
            )
        ):
            for recorded in page:
                self._take(recorded)
                await self._tell_slowly()
                if not self.members:
                    return

    async def _tell_slowly(self) -> None:
        """Write the event, whatever it takes, and tell it in turns."""
        text, members = await self.script.text_in_time(), list(self.members)
        for first in range(0, len(members), AT_ONCE):
            self._tell(text, members[first : first + AT_ONCE])
            await asyncio.sleep(0)
        self._told()

    def _take(self, recorded: Recorded[E]) -> None:
        self.script.take(recorded)
        self.after, self._is_untold = recorded.version, True

    def _tell(self, text: bytes, members: Sequence[Member]) -> None:
        for member in members:
            if member.after < self.after and member in self.members:
                if member.tell(text):
                    member.after = self.after
                else:
                    self.leave(member)

    def _told(self) -> None:
        """Go on to the next event, if there can be one."""
        self._is_untold = False
        if self.script.is_over:
            for member in list(self.members):
                self.leave(member)
                member.finish()

    def _fail(self, fault: Exception) -> None:
        for member in list(self.members):
            self.leave(member)
            member.fail(fault)


class Audiences:
    """The audiences of this process, by what they are told."""

    def __init__(self, feed: Feed, bell: Bell) -> None:
        self.feed = feed
        self._bell = bell
        self._open: dict[Hashable, Audience[Any]] = {}

    def join(self, key: Hashable, script: Script[E], member: Member) -> Audience[E]:
        """Have a member told what comes; it is none of the audience's if it must catch up first.

        *key*: equal for scripts that say the same. One of them is used for all.
        """
        audience = self._open.get(key)
        if audience is not None and member.after < audience.after:
            return audience
        if audience is None:
            audience = Audience(self, key, script, self._bell.tails.share(script.stream))
            self._open[key] = audience
            self._bell.wakeups.add(script.stream.name, audience)
            audience.catch_up()
        audience.members.add(member)
        return audience

    def close(self, audience: Audience[Any]) -> None:
        """Let an audience hear nothing more."""
        del self._open[audience.key]
        self._bell.wakeups.remove(audience.script.stream.name, audience)
        self._bell.tails.release(audience.script.stream)

    def begin(self, telling: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Have an audience told what takes a while."""
        return self._bell.errands.run(telling)
