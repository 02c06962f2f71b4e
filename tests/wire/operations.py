"""Checks of what an operation is answered."""

from functools import partial

from tests.wire.check import Check, Checks, needed
from tests.wire.connections import Connector, Json, Outcome, subscribing
from tests.wire.dialects import ANSWER, Dialect

OPERATIONS = Checks()

_ANSWERED = ("a: next answer", "a: complete", "open")
_REFUSED = ("a: error", "open")

_TWO = "query one { one: __typename } query two { answer: __typename }"
_IF = "query ($yes: Boolean!) { answer: __typename @include(if: $yes) }"

_GOOD: dict[str, Json] = {
    "a query": subscribing("a", ANSWER),
    "a query with null for all that may be left out": subscribing(
        "a", ANSWER, operationName=None, variables=None, extensions=None
    ),
    "the operation that is named of two": subscribing("a", _TWO, operationName="two"),
    "a query with variables": subscribing("a", _IF, variables={"yes": True}),
    "a query with variables that it does not declare": subscribing("a", ANSWER, variables={"b": 1}),
    "a query with extensions": subscribing("a", ANSWER, extensions={"unknown": {"b": [1]}}),
    "a query with parameters that nobody knows": subscribing("a", ANSWER, unknown=1),
    "a subscribe with fields that nobody knows": {**subscribing("a", ANSWER), "unknown": 1},
}
_BAD: dict[str, Json] = {
    "no document": subscribing("a", ""),
    "a syntax error": subscribing("a", "{"),
    "an unknown field": subscribing("a", "{ unknown }"),
    "no operation": subscribing("a", "fragment f on Query { __typename }"),
    "an operation of another name": subscribing("a", "query one { __typename }", operationName="b"),
    "an operation whose name is empty": subscribing("a", ANSWER, operationName=""),
    "one of two operations": subscribing("a", _TWO),
    "a variable of the wrong type": subscribing("a", _IF, variables={"yes": "yes"}),
    "a variable that is missing": subscribing("a", _IF),
    "a subscription to two fields": subscribing("a", "subscription { __typename b: __typename }"),
}


async def _asked(message: Json, connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say(message)
        await wire.until_ended("a")
        return await wire.still_open()


OPERATIONS.extend(
    Check(f"{what} is answered", _ANSWERED, partial(_asked, message))
    for what, message in _GOOD.items()
)
OPERATIONS.extend(
    Check(f"{what} is an error of the operation", _REFUSED, partial(_asked, message))
    for what, message in _BAD.items()
)


@OPERATIONS.expecting(*_ANSWERED)
async def a_mutation_is_carried_out(connector: Connector, dialect: Dialect) -> Outcome:
    return await _asked(subscribing("a", dialect.mutation), connector, dialect)


@OPERATIONS.expecting("a: next with errors", "a: complete", "open")
async def a_field_that_fails_is_a_result(connector: Connector, dialect: Dialect) -> Outcome:
    return await _asked(subscribing("a", dialect.failing), connector, dialect)


@OPERATIONS.expecting("a: next news", "a: next news", "a: complete", "open")
async def a_stream_gives_its_results_and_completes(
    connector: Connector, dialect: Dialect
) -> Outcome:
    return await _asked(subscribing("a", dialect.finite), connector, dialect)


@OPERATIONS.expecting(*_REFUSED)
async def a_stream_that_fails_ends_by_its_error(connector: Connector, dialect: Dialect) -> Outcome:
    return await _asked(subscribing("a", dialect.failing_stream), connector, dialect)


@OPERATIONS.expecting("a: next news", *_REFUSED)
async def a_stream_may_fail_after_a_result(connector: Connector, dialect: Dialect) -> Outcome:
    return await _asked(subscribing("a", needed(dialect.breaking)), connector, dialect)


@OPERATIONS.expecting(*_REFUSED)
async def a_stream_that_cannot_begin_is_an_error(connector: Connector, dialect: Dialect) -> Outcome:
    return await _asked(subscribing("a", needed(dialect.refused_stream)), connector, dialect)


@OPERATIONS.expecting("a: error", "b: next answer", "b: complete", "open")
async def nothing_follows_an_error(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", dialect.failing_stream)
        await wire.until_ended("a")
        await wire.subscribe("b", dialect.slow)
        await wire.until_ended("b")
        return await wire.still_open()


async def _beside(bad: Json, connector: Connector, dialect: Dialect) -> Outcome:
    """Tell what becomes of a subscription, and of the socket, when another operation is bad."""
    async with connector.acknowledged() as wire:
        await wire.subscribe("s", dialect.endless)
        await wire.until("s: next news")
        await wire.say(bad)
        await wire.until_ended("a")
        await wire.subscribe("b", ANSWER)
        await wire.until_ended("b")
        await wire.complete("s")
        return await wire.still_open()


OPERATIONS.extend(
    Check(
        f"{what} harms no other operation",
        ("s: next news", "a: error", "b: next answer", "b: complete", "open"),
        partial(_beside, _BAD[what]),
    )
    for what in ("a syntax error", "an unknown field", "one of two operations")
)


@OPERATIONS.expecting(*("each: next answer", "each: complete") * 50)
async def many_operations_are_told_apart(connector: Connector, dialect: Dialect) -> Outcome:
    names = [str(n) for n in range(50)]
    async with connector.acknowledged() as wire:
        await wire.say(*(subscribing(name, ANSWER) for name in names))
        seen = await wire.until(*(f"{name}: complete" for name in names))
    return tuple(
        each.replace(name, "each", 1)
        for name in names
        for each in seen
        if each.startswith(f"{name}:")
    )


@OPERATIONS.expecting("a: next news", "a: next news", "a: complete", "s: next news", "open")
async def streams_run_beside_each_other(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say(subscribing("s", dialect.endless), subscribing("a", dialect.finite))
        await wire.until("s: next news", "a: complete")
        *seen, last = await wire.still_open()
        return *sorted(seen, key=lambda each: each[0]), last


@OPERATIONS.expecting("a: next news", "b: next answer", "b: complete", "open")
async def a_stream_that_is_completed_stops(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", needed(dialect.ticking))
        await wire.until("a: next news")
        await wire.complete("a")
        await wire.up_to_here()
        wire.forget()
        wire.note("a: next news")
        await wire.subscribe("b", dialect.slow)
        await wire.until_ended("b")
        return await wire.still_open()


@OPERATIONS.expecting("b: next answer", "b: complete", "open")
async def what_is_completed_before_its_result_gives_none(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say(subscribing("a", dialect.slow), {"type": "complete", "id": "a"})
        await wire.subscribe("b", dialect.slow)
        await wire.until_ended("b")
        return await wire.still_open()
