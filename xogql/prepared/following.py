"""A subscription that is ready to run."""

from collections.abc import AsyncGenerator, Hashable
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

from graphql import ExecutionResult

from xogql.prepared.doubt import DoubtError
from xogql.prepared.holes import Run, abandon, filled
from xogql.prepared.plan import Answer, Given, Operation, Variant
from xogql.prepared.roots import Root
from xogql.prepared.serialization import serialized


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the events of a subscription, for one context and these variables."""

    operation: Operation
    variables: Given
    _variant: Variant
    _root: Root
    _run: Run

    @property
    def is_impersonal(self) -> bool:
        """Whether it writes the same for every context."""
        return self._variant.is_impersonal

    @property
    def key(self) -> Hashable:
        """Name what it writes: where there are no arguments but the source's, variables are none.

        It is this writer's as long as its operation is kept.
        """
        nested = self._variant.has_nested_arguments
        return id(self.operation), id(self._variant), serialized(self.variables) if nested else None

    def source(self) -> AsyncGenerator[object]:
        """Begin to give the events."""
        return cast("AsyncGenerator[object]", self._root.start(self._run, {}))

    def at_once(self, event: object) -> bytes | None:
        """Write an event if nothing must be waited for; None if that cannot be, or is doubted."""
        run = self._run
        try:
            text = f'{{"data":{{{self._root.head}{self._root.complete(event, run)}}}}}'
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = ""
        if text and not run.holes:
            return text.encode()
        abandon(run)
        return None

    async def written(self, event: object) -> Answer:
        """Write the result for one event of the source."""
        run = Run(self._run.context, self._run.arguments)
        try:
            text = f'{{"data":{{{self._root.head}{self._root.complete(event, run)}}}}}'
            return (await filled(text, run) if run.holes else text).encode()
        except Exception:  # noqa: BLE001 - whatever it is, the judge says it
            abandon(run)
            self.operation.doubts += 1
        return await self.operation.judge.complete_event(run.context, self.variables, event)


@dataclass(frozen=True, slots=True)
class Following:
    """One execution of a subscription: a source of events, each of which is written."""

    source: AsyncGenerator[object]
    writer: Writer

    async def answers(self) -> AsyncGenerator[Answer]:
        """Give the result for each event of the source; what the source raises, this raises."""
        async with aclosing(self.source) as events:
            async for event in events:
                yield await self.writer.written(event)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription, to be executed any number of times."""

    operation: Operation

    def writer(self, context: object, variables: Given) -> Writer:
        """Begin to write it, without a source.

        Raises:
            DoubtError: if it is not plainly right.
        """
        try:
            run, variant = self.operation.begin(context, variables)
        except Exception as error:
            raise DoubtError from error
        return Writer(self.operation, variables, variant, variant.roots[0], run)

    def follow(self, context: object, variables: Given) -> Following:
        """Begin it with a source of its own.

        Raises:
            DoubtError: if it is not plainly right; then nothing has begun.
        """
        writer = self.writer(context, variables)
        try:
            return Following(writer.source(), writer)
        except Exception as error:
            raise DoubtError from error

    async def subscribe(
        self, context: object, variables: Given
    ) -> AsyncGenerator[Answer] | ExecutionResult:
        """Begin it: give the results, or why there are none."""
        try:
            following = self.follow(context, variables)
        except DoubtError:
            self.operation.doubts += 1
            return await self.operation.judge.subscribe(context, variables)
        return following.answers()
