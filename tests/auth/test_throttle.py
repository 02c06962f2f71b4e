import asyncio
import hashlib
from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.auth.refusals import TooManyAttemptsError
from xogql.auth.throttle import (
    TAKE,
    Limit,
    Throttle,
    address_key,
    name_key,
    sign_up_key,
)
from xogql.settings import Settings
from xogql.store import tables
from xogql.store.engine import make_engine

DEFAULTS = Settings()
LIMITS = [
    Limit.read(DEFAULTS.logins_per_name),
    Limit.read(DEFAULTS.logins_per_address),
    Limit.read(DEFAULTS.sign_ups_per_address),
    Limit.read(DEFAULTS.guests_per_address),
    Limit.read(DEFAULTS.renames_per_player),
]
ANN = hashlib.sha256(b"ann").hexdigest()
WAITING = text("""
select exists (
  select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
)
""")
HOUR = timedelta(hours=1)
HOURLY = Limit(burst=5, per=HOUR)


@pytest.fixture
def throttle(engine: AsyncEngine) -> Throttle:
    return Throttle(engine)


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncGenerator[Throttle]:
    """The throttle of another process."""
    engine = make_engine(database_url)
    yield Throttle(engine)
    await engine.dispose()


async def later(engine: AsyncEngine, time: timedelta) -> None:
    """Let *time* pass, which to the rows is as if they were older by it."""
    async with engine.begin() as connection:
        await connection.execute(update(tables.throttle).values(tat=tables.throttle.c.tat - time))


async def somebody_waits(engine: AsyncEngine) -> None:
    """Return when a statement waits for the end of another's transaction."""
    async with asyncio.timeout(10), engine.begin() as connection:
        while not await connection.scalar(WAITING):
            pass


async def rows(engine: AsyncEngine) -> list[str]:
    async with engine.begin() as connection:
        return list(await connection.scalars(select(tables.throttle.c.key)))


async def passes(throttle: Throttle, key: str, limit: Limit = HOURLY) -> bool:
    try:
        await throttle.take(key, limit)
    except TooManyAttemptsError:
        return False
    return True


async def refusal(throttle: Throttle, key: str, limit: Limit = HOURLY) -> TooManyAttemptsError:
    with pytest.raises(TooManyAttemptsError) as refused:
        await throttle.take(key, limit)
    return refused.value


async def exhaust(throttle: Throttle, key: str, limit: Limit = HOURLY) -> None:
    for _ in range(limit.burst):
        await throttle.take(key, limit)


async def test_a_burst_passes_and_the_next_is_over_the_limit(throttle: Throttle) -> None:
    await exhaust(throttle, "ann")

    refused = await refusal(throttle, "ann")

    assert (refused.code, str(refused)) == ("TOO_MANY_ATTEMPTS", TooManyAttemptsError.__doc__)
    assert 3500 < refused.retry_after <= 3600


async def test_keys_do_not_share_a_limit(throttle: Throttle) -> None:
    await exhaust(throttle, "ann")

    assert await passes(throttle, "bob")


async def test_after_each_period_one_more_passes(throttle: Throttle, engine: AsyncEngine) -> None:
    await exhaust(throttle, "ann")
    await later(engine, HOUR)

    assert await passes(throttle, "ann")
    assert not await passes(throttle, "ann")


async def test_a_long_rest_gives_a_burst_and_no_more(
    throttle: Throttle, engine: AsyncEngine
) -> None:
    await exhaust(throttle, "ann")
    await later(engine, 1000 * HOUR)

    await exhaust(throttle, "ann")
    assert not await passes(throttle, "ann")


async def test_what_is_refused_takes_nothing(throttle: Throttle, engine: AsyncEngine) -> None:
    await exhaust(throttle, "ann")
    for _ in range(10):
        await refusal(throttle, "ann")
    await later(engine, HOUR)

    assert await passes(throttle, "ann")


@pytest.mark.parametrize("elapsed", [timedelta(minutes=m, milliseconds=1) for m in (0, 7, 59)])
async def test_who_waits_as_told_passes_and_who_waits_less_does_not(
    throttle: Throttle, engine: AsyncEngine, elapsed: timedelta
) -> None:
    await exhaust(throttle, "ann")
    await later(engine, elapsed)
    refused = await refusal(throttle, "ann")

    await later(engine, timedelta(seconds=refused.retry_after) - timedelta(seconds=30))
    assert not await passes(throttle, "ann")
    await later(engine, timedelta(seconds=30))
    assert await passes(throttle, "ann")


async def test_of_many_at_once_exactly_a_burst_passes(throttle: Throttle) -> None:
    answers = await asyncio.gather(*(passes(throttle, "ann") for _ in range(50)))

    assert sum(answers) == 5


async def test_of_many_at_once_all_are_told_the_time(
    throttle: Throttle, elsewhere: Throttle
) -> None:
    takes = [each.take("ann", HOURLY) for each in (throttle, elsewhere) for _ in range(25)]
    answers = await asyncio.gather(*takes, return_exceptions=True)
    waits = [each.retry_after for each in answers if isinstance(each, TooManyAttemptsError)]

    assert len(waits) == 45
    assert all(3500 < wait <= 3600 for wait in waits)


@pytest.mark.parametrize("known", [True, False])
async def test_who_loses_a_race_is_told_the_newest_time(
    throttle: Throttle, engine: AsyncEngine, *, known: bool
) -> None:
    once, values = Limit(1, HOUR), {"key": ANN, "per": HOUR, "tolerance": timedelta()}
    if known:
        await throttle.take("ann", once)
        await later(engine, 10 * HOUR)
    transactions = engine.execution_options(isolation_level="READ COMMITTED")

    async with asyncio.TaskGroup() as group, transactions.begin() as winner:
        await winner.execute(TAKE, values)
        loser = group.create_task(refusal(throttle, "ann", once))
        await somebody_waits(engine)

    assert 3500 < loser.result().retry_after <= 3600


async def test_processes_share_the_limit(throttle: Throttle, elsewhere: Throttle) -> None:
    for each in (throttle, elsewhere, throttle, elsewhere, throttle):
        await each.take("ann", HOURLY)

    await refusal(throttle, "ann")
    await refusal(elsewhere, "ann")


async def test_whom_one_forgives_has_a_burst_again(
    throttle: Throttle, elsewhere: Throttle, engine: AsyncEngine
) -> None:
    await exhaust(throttle, "ann")
    await elsewhere.forget("ann")
    await elsewhere.forget("nobody")

    assert await rows(engine) == []
    await exhaust(throttle, "ann")
    await refusal(throttle, "ann")


async def test_names_and_addresses_are_kept_as_digests(
    throttle: Throttle, engine: AsyncEngine
) -> None:
    await throttle.take(name_key("ann"), HOURLY)
    await throttle.take(address_key("192.0.2.7"), HOURLY)
    keys = await rows(engine)

    assert len(keys) == 2
    assert all(len(key) == 64 and not {"ann", "192"} & {key[:3]} for key in keys)


@pytest.mark.parametrize("key", ["", "\0", "\ud800", "a" * 100_000])
async def test_a_key_may_be_any_text(throttle: Throttle, key: str) -> None:
    await exhaust(throttle, key)

    assert not await passes(throttle, key)


async def test_rows_that_say_nothing_any_more_are_swept(
    throttle: Throttle, engine: AsyncEngine
) -> None:
    await throttle.take("ann", HOURLY)
    await later(engine, HOUR)
    await exhaust(throttle, "bob")
    kept = await rows(engine)

    await throttle.sweep()

    assert len(kept) == 2
    assert len(await rows(engine)) == 1
    assert not await passes(throttle, "bob")


async def test_taking_sweeps_now_and_then(throttle: Throttle, engine: AsyncEngine) -> None:
    await throttle.take("ann", HOURLY)
    await later(engine, HOUR)
    for _ in range(256):
        await passes(throttle, "bob")

    assert len(await rows(engine)) == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    burst=st.integers(1, 4),
    steps=st.lists(st.none() | st.integers(1, 6), max_size=20),
)
async def test_it_counts_as_a_bucket_that_leaks_once_an_hour(
    throttle: Throttle, engine: AsyncEngine, burst: int, steps: list[int | None]
) -> None:
    key, level = str(uuid4()), 0
    for hours in steps:
        if hours is None:
            assert await passes(throttle, key, Limit(burst, HOUR)) == (level < burst)
            level = min(level + 1, burst)
        else:
            await later(engine, hours * HOUR)
            level = max(0, level - hours)


def test_a_name_has_one_key_in_any_case() -> None:
    assert name_key("Ann") == name_key("ANN") != name_key("bob")


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("192.0.2.7", "::ffff:192.0.2.7"),
        ("2001:db8::1", "2001:0db8:0:0:ffff:ffff:ffff:ffff"),
        ("fe80::1%eth0", "fe80::2"),
        ("testclient", "testclient"),
    ],
)
def test_one_guesser_has_one_key(address: str, other: str) -> None:
    assert address_key(address) == address_key(other)
    assert sign_up_key(address) == sign_up_key(other)


@pytest.mark.parametrize("other", ["192.0.2.8", "::192.0.2.7", "2001:db8::", "unknown", ""])
def test_another_has_another(other: str) -> None:
    assert address_key(other) != address_key("192.0.2.7")


def test_no_key_passes_for_another_kinds() -> None:
    keys = [name_key("192.0.2.7"), address_key("192.0.2.7"), sign_up_key("192.0.2.7")]

    assert len(set(keys)) == 3


@pytest.mark.parametrize("limit", LIMITS)
async def test_the_limits_let_people_in_and_slow_guessers(throttle: Throttle, limit: Limit) -> None:
    answers = await asyncio.gather(*(passes(throttle, "ann", limit) for _ in range(40)))

    assert limit.burst <= sum(answers) < 40
