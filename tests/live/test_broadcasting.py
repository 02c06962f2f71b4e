"""What may befall the bell's connections."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from broadcaster import Broadcast
from broadcaster._base import Subscriber

from tests.live.processes import NOWHERE, append, new_stream, process, take, until, versions
from tests.live.proxy import closed_proxy, open_proxy
from xogql.live.broadcasting import CHANNEL, CLOSED, PostgresBackend
from xogql.live.hints import EVERYTHING
from xogql.live.listener import LISTENER
from xogql.live.notifier import NOTIFIER

_KILL = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
where application_name = $1 and datname = current_database()
"""


@asynccontextmanager
async def administrator(url: str) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def heard(subscriber: Subscriber, hint: str) -> None:
    """Wait for *hint* or for what stands for all: the listener rings so as it connects."""
    while {hint, EVERYTHING[0]}.isdisjoint((await subscriber.get()).message.split()):
        pass


async def test_moves_made_while_the_listener_was_dead_arrive(database_url: str) -> None:
    stream = new_stream()
    async with (
        administrator(database_url) as admin,
        process(database_url) as here,
        process(database_url) as there,
    ):
        await there.is_listening()
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            following = tasks.create_task(take(there.feed, stream, 40))
            await there.sleeps(stream)
            for version in range(40):
                if version % 10 == 5:
                    await there.is_listening()
                    assert await admin.fetchval(_KILL, LISTENER)
                await append(here.store, stream, after=version)
        assert versions(following.result()) == list(range(1, 41))
        await there.is_listening()


async def test_a_killed_notifier_says_again_what_it_could_not_say(database_url: str) -> None:
    stream = new_stream()
    async with (
        administrator(database_url) as admin,
        process(database_url) as here,
        process(database_url) as there,
    ):
        await there.is_listening()
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            following = tasks.create_task(take(there.feed, stream, 20))
            await there.sleeps(stream)
            for version in range(20):
                if version % 5 == 2:
                    await admin.fetchval(_KILL, NOTIFIER)
                await append(here.store, stream, after=version)
        assert versions(following.result()) == list(range(1, 21))


async def test_a_silent_connection_is_noticed_and_made_anew(database_url: str) -> None:
    stream = new_stream()
    async with (
        open_proxy(database_url) as proxy,
        process(database_url) as here,
        process(database_url, listen_url=proxy.url) as there,
    ):
        await there.is_listening()
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            following = tasks.create_task(take(there.feed, stream, 3))
            await there.sleeps(stream)
            await append(here.store, stream)
            await until(lambda: there.bell.wakeups.followed() == {stream.name: 1})
            proxy.silence()
            await append(here.store, stream, after=1)
            await append(here.store, stream, after=2)
        assert versions(following.result()) == [1, 2, 3]
        await there.is_listening()


async def test_a_silent_notifier_is_noticed_and_made_anew(database_url: str) -> None:
    stream = new_stream()
    async with (
        open_proxy(database_url) as proxy,
        process(database_url, listen_url=proxy.url) as here,
        process(database_url) as there,
    ):
        await here.is_listening()
        await there.is_listening()
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            following = tasks.create_task(take(there.feed, stream, 1))
            await there.sleeps(stream)
            proxy.silence()
            await append(here.store, stream)
        assert versions(following.result()) == [1]


async def test_a_database_that_is_down_at_the_start_is_found_when_it_is_up(
    database_url: str,
) -> None:
    stream = new_stream()
    async with (
        closed_proxy(database_url) as proxy,
        process(database_url) as here,
        process(proxy.url) as there,
    ):
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            following = tasks.create_task(take(there.feed, stream, 2))
            await append(here.store, stream)
            await until(lambda: stream.name in there.bell.wakeups.followed())
            assert not there.backend.healthy
            await proxy.open()
            await there.is_listening()
            await append(here.store, stream, after=1)
        assert versions(following.result()) == [1, 2]


async def test_health_follows_the_connection(database_url: str) -> None:
    async with administrator(database_url) as admin, process(database_url) as here:
        for _ in range(3):
            await here.is_listening()
            assert await admin.fetchval(_KILL, LISTENER) == 1
            await until(lambda: not here.backend.healthy)
        await here.is_listening()
        assert 0 <= here.backend.queue_usage < 0.5


async def test_disconnecting_ends_every_subscription(database_url: str) -> None:
    broadcast = Broadcast(backend=PostgresBackend(database_url))
    subscribed = asyncio.Barrier(4)

    async def last_of(channel: str) -> str:
        async with broadcast.subscribe(channel) as subscriber:
            await subscribed.wait()
            while message := (await subscriber.get()).message:
                pass
            return message

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks, broadcast:
        waiting = [tasks.create_task(last_of(each)) for each in (CHANNEL, CHANNEL, "another")]
        await subscribed.wait()
    assert [each.result() for each in waiting] == [CLOSED] * 3
    assert broadcast._subscribers == {}


async def test_subscribing_and_publishing_at_once_is_no_race(database_url: str) -> None:
    """Broadcaster's own backend loses messages here, or raises KeyError and InterfaceError."""

    async def hear(number: int) -> None:
        async with broadcast.subscribe(CHANNEL) as subscriber:
            await broadcast.publish(CHANNEL, f"game-{number}=1")
            await heard(subscriber, f"game-{number}=1")

    async with asyncio.timeout(20), Broadcast(backend=PostgresBackend(database_url)) as broadcast:
        for _ in range(20):
            await asyncio.gather(*(hear(number) for number in range(20)))
    assert broadcast._subscribers == {}


async def test_publishing_reaches_this_process_even_without_a_database() -> None:
    async with (
        asyncio.timeout(20),
        Broadcast(backend=PostgresBackend(NOWHERE)) as broadcast,
        broadcast.subscribe(CHANNEL) as subscriber,
    ):
        await broadcast.publish(CHANNEL, "game-1=7 nonsense=-1")
        await broadcast.publish("another", "game-2=7")
        assert (await subscriber.get()).message == "game-1=7"


async def test_a_backend_can_be_connected_again(database_url: str) -> None:
    broadcast = Broadcast(backend=PostgresBackend(database_url))
    for number in range(1, 4):
        async with asyncio.timeout(20), broadcast, broadcast.subscribe(CHANNEL) as subscriber:
            await broadcast.publish(CHANNEL, f"lobby-{number}")
            await heard(subscriber, f"lobby-{number}")


@pytest.mark.parametrize("url", ["nonsense", NOWHERE])
async def test_a_wrong_address_fails_no_start(url: str) -> None:
    backend = PostgresBackend(url)
    async with Broadcast(backend=backend):
        await asyncio.sleep(0)
        assert not backend.healthy


async def test_a_process_knows_that_it_is_not_alone_once_it_has_heard_another(
    database_url: str,
) -> None:
    here, there = PostgresBackend(database_url), PostgresBackend(database_url)
    async with Broadcast(backend=here), Broadcast(backend=there):
        await until(lambda: here.healthy and there.healthy)
        assert not here.in_company

        await there.publish(CHANNEL, "game-1=1")

        await until(lambda: here.in_company)
        assert not there.in_company


async def test_who_needs_no_echo_hears_others_alone(database_url: str) -> None:
    here, there = PostgresBackend(database_url, echo=False), PostgresBackend(database_url)
    async with (
        asyncio.timeout(20),
        Broadcast(backend=here) as broadcast,
        Broadcast(backend=there),
        broadcast.subscribe(CHANNEL) as subscriber,
    ):
        await until(lambda: here.healthy and there.healthy)
        assert (await subscriber.get()).message == EVERYTHING[0]

        await broadcast.publish(CHANNEL, "game-1=1")
        await there.publish(CHANNEL, "game-2=1")

        assert (await subscriber.get()).message == "game-2=1"
