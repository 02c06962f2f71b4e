"""A subscription that is ready to run."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

from graphql import ExecutionResult

from xogql.prepared.doubt import DoubtError
from xogql.prepared.holes import Run, abandon, filled
from xogql.prepared.plan import Answer, Given, Operation
from xogql.prepared.roots import Root


@dataclass(frozen=True, slots=True)
class Following:
    """One execution of a subscription: a source of events, each of which is written."""

    operation: Operation
    source: AsyncGenerator[object]
    variables: Given
    _root: Root
    _run: Run

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

    async def answers(self) -> AsyncGenerator[Answer]:
        """Give the result for each event of the source; what the source raises, this raises."""
        async with aclosing(self.source) as events:
            async for event in events:
                yield await self.written(event)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription, to be executed any number of times."""

    operation: Operation

    def follow(self, context: object, variables: Given) -> Following:
        """Begin it with a source of its own.

        Raises:
            DoubtError: if it is not plainly right; then nothing has begun.
        """
        try:
            run, (root,) = self.operation.begin(context, variables)
            source = cast("AsyncGenerator[object]", root.start(run, {}))
        except Exception as error:
            raise DoubtError from error
        return Following(self.operation, source, variables, root, run)

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
