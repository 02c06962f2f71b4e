"""Checks of the ids by which a client tells its operations apart."""

from functools import partial

from tests.wire.check import Check, Checks, needed
from tests.wire.connections import Connector, Outcome, subscribing
from tests.wire.dialects import ANSWER, Dialect

IDS = Checks()

_LONG = "long " * 400
_NAMES = {
    "a long": _LONG,
    "a blank": " ",
    "a name of JavaScript's as": "__proto__",
    "another alphabet's": "ы 😀",
    "half a surrogate pair as": "\ud83d",
}


async def _named(name: str, connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe(name, ANSWER)
        await wire.until_ended(name)
        return tuple(each.removeprefix(name) for each in await wire.still_open())


IDS.extend(
    Check(
        f"{what} id is as good as any",
        (": next answer", ": complete", "open"),
        partial(_named, name),
    )
    for what, name in _NAMES.items()
)


async def _twice(name: str, connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe(name, dialect.endless)
        await wire.until(f"{name}: next news")
        wire.forget()
        await wire.subscribe(name, ANSWER)
        return await wire.until_closed()


IDS.extend(
    Check(f"{what} id that is in use is not given again", ("closed 4409",), partial(_twice, name))
    for what, name in {"an": "a", **_NAMES}.items()
)


@IDS.expecting("closed 4409")
async def the_id_of_a_mutation_under_way_is_in_use(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say(subscribing("a", dialect.slow), subscribing("a", ANSWER))
        return await wire.until_closed()


@IDS.expecting("a: next answer", "a: complete", "open")
async def an_id_is_free_when_the_server_completes(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        for _ in range(20):
            wire.forget()
            await wire.subscribe("a", ANSWER)
            await wire.until_ended("a")
        return await wire.still_open()


@IDS.expecting("a: next answer", "a: complete", "open")
async def an_id_is_free_after_an_error(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        for _ in range(20):
            await wire.subscribe("a", dialect.failing_stream)
            await wire.until("a: error")
            wire.forget()
        await wire.subscribe("a", ANSWER)
        await wire.until_ended("a")
        return await wire.still_open()


@IDS.expecting("a: next answer", "a: complete", "open")
async def an_id_is_free_when_the_client_completes(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        for _ in range(20):
            await wire.subscribe("a", dialect.endless)
            await wire.until("a: next news")
            await wire.complete("a")
            await wire.up_to_here()
            wire.forget()
        await wire.subscribe("a", ANSWER)
        await wire.until_ended("a")
        return await wire.still_open()


@IDS.expecting("a: next news", "b: next answer", "b: complete", "open")
async def an_id_is_free_in_the_same_breath(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", dialect.endless)
        await wire.until("a: next news")
        wire.forget()
        wire.say_at_once({"type": "complete", "id": "a"}, subscribing("a", dialect.endless))
        await wire.until("a: next news")
        await wire.subscribe("b", ANSWER)
        await wire.until_ended("b")
        return await wire.still_open()


@IDS.expecting("a: next answer", "a: complete", "b: next answer", "b: complete", "open")
async def an_id_is_free_before_its_result_is_there(
    connector: Connector, dialect: Dialect
) -> Outcome:
    first = dialect.slow.replace("answer", "first")
    async with connector.acknowledged() as wire:
        await wire.say(subscribing("a", first), {"type": "complete", "id": "a"})
        await wire.subscribe("a", dialect.slow)
        await wire.until_ended("a")
        await wire.subscribe("b", dialect.slow)
        await wire.until_ended("b")
        return await wire.still_open()


@IDS.expecting("a: next news", "b: next answer", "b: complete", "open")
async def a_failing_cleanup_is_not_told_to_who_has_the_id_now(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", needed(dialect.bequeathing))
        await wire.until("a: next news")
        wire.forget()
        await wire.complete("a")
        await wire.say(subscribing("a", dialect.endless), subscribing("b", dialect.slow))
        await wire.until("a: next news", "b: complete")
        return await wire.still_open()


@IDS.expecting("closed 4409")
async def a_failing_cleanup_does_not_free_the_id_of_who_has_it_now(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", needed(dialect.bequeathing))
        await wire.until("a: next news")
        await wire.complete("a")
        await wire.say(subscribing("a", dialect.endless), subscribing("b", dialect.slow))
        await wire.until("b: complete")
        wire.forget()
        await wire.subscribe("a", ANSWER)
        return await wire.until("a: complete")


@IDS.expecting("b: next answer", "b: complete", "open")
async def a_failing_cleanup_is_not_told_at_all(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", needed(dialect.bequeathing))
        await wire.until("a: next news")
        wire.forget()
        await wire.complete("a")
        await wire.subscribe("b", dialect.slow)
        await wire.until_ended("b")
        return await wire.still_open()


@IDS.expecting("open")
async def a_complete_of_an_id_that_nobody_has_is_ignored(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.complete("a")
        return await wire.still_open()


@IDS.expecting("a: next answer", "a: complete", "open")
async def a_complete_of_what_is_over_is_ignored(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", ANSWER)
        await wire.until_ended("a")
        await wire.complete("a")
        return await wire.still_open()


@IDS.expecting("a: next news", "open")
async def a_complete_may_come_twice(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", dialect.endless)
        await wire.until("a: next news")
        await wire.complete("a")
        await wire.complete("a")
        return await wire.still_open()


@IDS.expecting("a: next news", "a: next answer", "a: complete", "open")
async def sockets_do_not_share_their_ids(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire, connector.acknowledged() as other:
        await wire.subscribe("a", dialect.endless)
        await wire.until("a: next news")
        await other.subscribe("a", ANSWER)
        await other.until_ended("a")
        await other.complete("a")
        return await wire.up_to_here() + await other.still_open()
