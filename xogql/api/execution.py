"""Documents made ready once and executed often, by graphql-core on Strawberry's schema."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, NamedTuple

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    execute,
    specified_rules,
    subscribe,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged

from xogql.api.context import Context
from xogql.api.deadlines import Deadline, Deadlines
from xogql.api.limits import DocumentLimits, Measure, Size
from xogql.api.operation_errors import OperationError
from xogql.api.persisted import Persisted
from xogql.api.root_fields import are_moves, root_fields
from xogql.prepared import Answer, Plan, Plans, Subscription

SIZES = 1024
KEPT = 500_000
"""Characters of documents that are kept parsed; their trees take a hundred times as much."""

MOST_COMPARISONS = 20_000
"""What it may cost to see that fields of one name are alike: far more than any client needs."""

# graphql-core's own budget lets 5 kB of text cost more than a second, in which nobody is served.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = MOST_COMPARISONS


class Request(NamedTuple):
    """What a client sends, over HTTP or a socket: GraphQL's request parameters."""

    query: str | None
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None
    extensions: Mapping[str, Any] | None = None
    document_id: str | None = None


class Prepared(NamedTuple):
    """A request whose document is parsed, valid, and names one operation.

    *fields*: how many fields it has at the root; *is_move*: whether they are a player's in a game.
    *plan*: the operation compiled, if it is.
    """

    document: DocumentNode
    operation: OperationType
    request: Request
    fields: int
    is_move: bool
    plan: Plan | Subscription | None = None

    def without_text(self) -> "Prepared":
        """Give the same, for who keeps it for long: a plan has all that it needs."""
        request = self.request
        return self.again(Request(None, request.operation_name, request.variables))

    def again(self, request: Request) -> "Prepared":
        """Give the same for another request."""
        return Prepared(
            self.document, self.operation, request, self.fields, self.is_move, self.plan
        )


@dataclass(frozen=True, slots=True)
class _Checked:
    """A document, or what is wrong with it, and how many characters it was read from."""

    document: DocumentNode | list[GraphQLError]
    length: int


def _length(checked: _Checked) -> int:
    return checked.length


class RequestRefusedError(Exception):
    """The document of a request cannot be executed; *errors* say why."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(self.__doc__)
        self.errors = errors


class Executor:
    """Prepares requests and carries them out; *timeout*: for queries and mutations, in seconds."""

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        persisted: Persisted,
        limits: DocumentLimits,
        plans: Plans,
        introspection: bool = True,
        timeout: float = 10.0,
    ) -> None:
        self._schema = schema
        self._persisted = persisted
        self._limits = limits
        self._plans = plans
        self._rules = [
            *specified_rules,
            *([] if introspection else [NoSchemaIntrospectionCustomRule]),
        ]
        self._deadlines = Deadlines(timeout)
        self._documents: LRUCache[str, _Checked] = LRUCache(KEPT, getsizeof=_length)
        self._sizes: LRUCache[tuple[str, str | None], Size] = LRUCache(SIZES)
        self._ready: dict[tuple[str, str | None], Prepared] = {}

    def prepare(self, request: Request) -> Prepared:
        """Parse and validate a request's document, find its operation and measure it.

        Raises:
            RequestRefusedError: if one of the four fails.
        """
        try:
            text = self._persisted.text(request.query, request.document_id, request.extensions)
            ready = self._ready.get((text, request.operation_name))
            return ready.again(request) if ready else self._prepared(text, request)
        except OperationError as error:
            raise RequestRefusedError([error]) from error
        except RecursionError as error:
            nested = GraphQLError("The document is nested too deeply.")
            raise RequestRefusedError([nested]) from error

    def _prepared(self, text: str, request: Request) -> Prepared:
        document = self._document(text)
        operation = _operation(document, request.operation_name)
        self._limits.check(self._size(text, document, operation, request))
        roots = root_fields(operation)
        plan = self._plans.find(text, document, request.operation_name)
        prepared = Prepared(
            document, operation.operation, request, max(1, len(roots)), are_moves(roots), plan
        )
        key = text, request.operation_name
        if plan is not None and key in self._sizes:
            self._keep_ready(key, prepared)
        return prepared

    def _keep_ready(self, key: tuple[str, str | None], prepared: Prepared) -> None:
        """Have nothing looked up any more for what has a plan, and one size for all variables."""
        if len(self._ready) >= SIZES:
            del self._ready[next(iter(self._ready))]
        self._ready[key] = prepared.again(Request(None))

    async def execute(self, prepared: Prepared, context: Context) -> Answer:
        """Answer a query, or carry out a mutation.

        Raises:
            RequestRefusedError: if it cannot begin: a variable has the wrong type.
        """
        try:
            with Deadline(self._deadlines):
                if isinstance(prepared.plan, Plan):
                    variables = prepared.request.variables or {}
                    answer = await prepared.plan.execute(context, variables)
                else:
                    answer = await self._executed(prepared, context)
        except TimeoutError as error:
            raise RequestRefusedError([_timed_out()]) from error
        if isinstance(answer, bytes):
            return answer
        if answer.data is None and any(each.path is None for each in answer.errors or ()):
            raise RequestRefusedError(answer.errors or [])
        return answer

    async def _executed(self, prepared: Prepared, context: Context) -> ExecutionResult:
        result = execute(
            self._schema,
            prepared.document,
            context_value=context,
            variable_values=dict(prepared.request.variables or {}),
            operation_name=prepared.request.operation_name,
        )
        answer = await result if isawaitable(result) else result
        if not isinstance(answer, ExecutionResult):
            raise TypeError(answer)
        return answer

    async def stream(self, prepared: Prepared, context: Context) -> AsyncGenerator[Answer]:
        """Carry out any operation: a subscription gives results until it ends, others one.

        Raises:
            RequestRefusedError: if it cannot begin, or a subscription ends by an error.
        """
        if prepared.operation is not OperationType.SUBSCRIPTION:
            yield await self.execute(prepared, context)
            return
        async with aclosing(await self._subscribed(prepared, context)) as results:
            iterator = aiter(results)
            while True:
                try:
                    result = await anext(iterator)
                except StopAsyncIteration:
                    return
                except GraphQLError as error:
                    raise RequestRefusedError([error]) from error
                except Exception as error:
                    located = GraphQLError(str(error), original_error=error)
                    raise RequestRefusedError([located]) from error
                yield result

    async def _subscribed(self, prepared: Prepared, context: Context) -> AsyncGenerator[Answer]:
        if isinstance(prepared.plan, Subscription):
            planned = await prepared.plan.subscribe(context, prepared.request.variables or {})
            if isinstance(planned, ExecutionResult):
                raise RequestRefusedError(planned.errors or [])
            return planned
        result = subscribe(
            self._schema,
            prepared.document,
            context_value=context,
            variable_values=dict(prepared.request.variables or {}),
            operation_name=prepared.request.operation_name,
        )
        source = await result if isawaitable(result) else result
        if isinstance(source, AsyncGenerator):
            return source
        if isinstance(source, ExecutionResult):
            raise RequestRefusedError(source.errors or [])
        raise TypeError(source)

    def _document(self, text: str) -> DocumentNode:
        checked = self._documents.get(text)
        if checked is None:
            checked = _Checked(self._checked(text), len(text))
            if checked.length <= KEPT:
                self._documents[text] = checked
        if isinstance(checked.document, list):
            raise RequestRefusedError(checked.document)
        return checked.document

    def _size(
        self,
        text: str,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        request: Request,
    ) -> Size:
        """Measure an operation, once if no variable changes what it comes to."""
        key = text, request.operation_name
        size = self._sizes.get(key)
        if size is None:
            measure = Measure(self._schema, document, request.variables or {})
            size = measure.of(operation)
            if not measure.depends:
                self._sizes[key] = size
        return size

    def _checked(self, query: str) -> DocumentNode | list[GraphQLError]:
        try:
            document = self._limits.parse(query)
        except GraphQLError as error:
            return [error]
        return validate(self._schema, document, self._rules) or document


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Find the operation to execute (GraphQL, GetOperation)."""
    operations = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    if name is None and len(operations) > 1:
        error = GraphQLError("The document has several operations: send operationName.")
        raise RequestRefusedError([error])
    for each in operations:
        if name is None or (each.name is not None and each.name.value == name):
            return each
    raise RequestRefusedError([GraphQLError(f"The document has no operation “{name}”.")])


def _timed_out() -> OperationError:
    message = "This took too long: send a command again with the same commandId."
    return OperationError("TIMEOUT", message, retryAfter=1)
