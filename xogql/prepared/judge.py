"""graphql-core, which decides whatever a plan doubts."""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable

from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    GraphQLResolveInfo,
    GraphQLSchema,
    MiddlewareManager,
    execute,
    execute_subscription_event,
    subscribe,
)

from xogql.prepared.roots import Outcome, Record


@dataclass(frozen=True, slots=True)
class Judge:
    """Executes one operation as if there were no plan."""

    schema: GraphQLSchema
    document: DocumentNode
    operation_name: str | None

    async def execute(
        self, context: object, variables: Mapping[str, object], record: Record
    ) -> ExecutionResult:
        """Execute it; what resolvers at the root have given is completed, they are not asked again.

        So error texts, paths and nulls are graphql-core's, and no command is carried out twice.
        """
        result = execute(
            self.schema,
            self.document,
            context_value=context,
            variable_values=dict(variables),
            operation_name=self.operation_name,
            middleware=MiddlewareManager(_replay(record)) if record else None,
        )
        return await result if isawaitable(result) else result

    async def subscribe(
        self, context: object, variables: Mapping[str, object]
    ) -> AsyncGenerator[ExecutionResult] | ExecutionResult:
        """Begin it, as a subscription."""
        begun = subscribe(
            self.schema,
            self.document,
            context_value=context,
            variable_values=dict(variables),
            operation_name=self.operation_name,
        )
        result = await begun if isawaitable(begun) else begun
        if not isinstance(result, AsyncGenerator | ExecutionResult):
            raise TypeError(result)
        return result

    async def complete_event(
        self, context: object, variables: Mapping[str, object], event: object
    ) -> ExecutionResult:
        """Execute a subscription for one event of its source."""
        executor = Executor.build(
            self.schema,
            self.document,
            None,
            context,
            dict(variables),
            self.operation_name,
        )
        if isinstance(executor, list):
            return ExecutionResult(None, executor)
        result = execute_subscription_event(executor.build_per_event_executor(event))
        return await result if isawaitable(result) else result


def _replay(record: Record) -> Callable[..., object]:
    """Give a middleware that answers in the place of the resolvers that were asked."""

    def replay(
        resolve: Callable[..., object],
        source: object,
        info: GraphQLResolveInfo[object],
        **arguments: object,
    ) -> object:
        outcome = record.get(str(info.path.key)) if info.path.prev is None else None
        if outcome is None:
            return resolve(source, info, **arguments)
        return _later(outcome) if outcome.is_async else _now(outcome)

    return replay


def _now(outcome: Outcome) -> object:
    if outcome.error is not None:
        raise outcome.error
    return outcome.value


async def _later(outcome: Outcome) -> object:
    """Give it as it came, as something to wait for: errors are listed in the order of such."""
    return _now(outcome)
