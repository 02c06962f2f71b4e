"""Guessing is slowed, per name and per address, for all processes together."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from sqlalchemy import Interval, Text, bindparam, case, delete, exists, func, null, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.auth.refusals import TooManyAttemptsError
from xogql.game import PlayerId
from xogql.readmodels.players import username_key
from xogql.store.tables import throttle

_SWEEP_EVERY = 256
_SWEPT_AT_ONCE = 1000

_NOW = func.statement_timestamp()
_KEY = bindparam("key", type_=Text)
_PER = bindparam("per", type_=Interval)
_TOLERANCE = bindparam("tolerance", type_=Interval)

_TAKEN = (
    insert(throttle)
    .values(key=_KEY, tat=_NOW + _PER)
    .on_conflict_do_update(
        index_elements=[throttle.c.key],
        set_={"tat": func.greatest(throttle.c.tat, _NOW) + _PER},
        where=throttle.c.tat <= _NOW + _TOLERANCE,
    )
    .returning(throttle.c.tat)
    .cte("taken")
)
# Locked, so that the newest row is read and not the statement's snapshot of it.
_REFUSED = (
    select(throttle.c.tat)
    .where(throttle.c.key == _KEY, ~exists(select(_TAKEN.c.tat)))
    .with_for_update()
    .cte("refused")
)
# A row that refused, and is not in the snapshot, was made and filled just now.
_NEWEST = func.coalesce(select(_REFUSED.c.tat).scalar_subquery(), _NOW + _TOLERANCE + _PER)
TAKE = select(
    case((exists(select(_TAKEN.c.tat)), null()), else_=_NEWEST - _TOLERANCE - _NOW).label("wait")
)
FORGET = delete(throttle).where(throttle.c.key == _KEY)
SWEEP = delete(throttle).where(
    throttle.c.key.in_(
        select(throttle.c.key)
        .where(throttle.c.tat < _NOW)
        .limit(_SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts at once, and one more after each *per*."""

    burst: int
    per: timedelta

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "burst/seconds": "10/30" is ten at once and one more after each 30 seconds."""
        burst, seconds = text.split("/")
        return cls(int(burst), timedelta(seconds=float(seconds)))


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast somebody may knock at the door."""

    logins_per_name: Limit
    logins_per_address: Limit
    sign_ups_per_address: Limit
    guests_per_address: Limit
    renames_per_player: Limit


def name_key(username: str) -> str:
    """Return the key of the logins to *username*, known or not."""
    return f"name:{username_key(username)}"


def address_key(address: str) -> str:
    """Return the key of the logins from *address*."""
    return f"address:{_household(address)}"


def sign_up_key(address: str) -> str:
    """Return the key of the sign-ups from *address*."""
    return f"sign-up:{_household(address)}"


def guest_key(address: str) -> str:
    """Return the key of the guests from *address*."""
    return f"guest:{_household(address)}"


def rename_key(player_id: PlayerId) -> str:
    """Return the key of a member's changes of name."""
    return f"rename:{player_id}"


class Throttle:
    """Count attempts by the generic cell rate algorithm, in one row a key, by the database's clock.

    The row keeps the theoretical arrival time: when the attempts so far would have ended, had they
    come evenly. One that comes too long before it is over the limit, and leaves it as it is (ITU-T
    Recommendation I.371, annex A: the virtual scheduling algorithm).
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._takes = 0

    async def take(self, key: str, limit: Limit) -> None:
        """Take one attempt of *key*'s; one that is over the *limit* takes nothing.

        Raises:
            TooManyAttemptsError: it is over the limit; with the seconds until it would not be.
        """
        self._takes += 1
        if self._takes % _SWEEP_EVERY == 0:
            await self.sweep()
        values = {
            "key": _digest(key),
            "per": limit.per,
            "tolerance": limit.per * (limit.burst - 1),
        }
        async with self._engine.begin() as connection:
            wait: timedelta | None = await connection.scalar(TAKE, values)
        if wait is not None:
            raise TooManyAttemptsError(math.ceil(wait.total_seconds()))

    async def forget(self, key: str) -> None:
        """Forgive *key* its attempts: a name's, after the right password.

        Never an address's: an attacker's own account would wash it clean.
        """
        async with self._engine.begin() as connection:
            await connection.execute(FORGET, {"key": _digest(key)})

    async def sweep(self) -> None:
        """Remove rows that say nothing any more, a bounded number; `take` does so now and then."""
        async with self._engine.begin() as connection:
            await connection.execute(SWEEP)


def _household(address: str) -> str:
    """Return what one guesser holds of *address*: of IPv6, 64 bits are everybody's own."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((parsed.packed, 64), strict=False))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
