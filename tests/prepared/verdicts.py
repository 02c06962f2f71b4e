"""What graphql-core answers, and what a plan does, as bytes."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLSchema, execute, subscribe
from graphql.pyutils import is_awaitable

from xogql.prepared import Answer, Plan, Subscription, serialized


def written(answer: Answer) -> bytes:
    """Write an answer: what a plan has written must be the whole."""
    if isinstance(answer, bytes):
        return answer
    errors = [each.formatted for each in answer.errors or ()]
    try:
        return serialized({"data": answer.data, **({"errors": errors} if errors else {})})
    except TypeError:  # a custom scalar gave what is no JSON
        return b"no JSON, and " + serialized(errors)


async def expected(
    schema: GraphQLSchema, document: DocumentNode, context: object, variables: Mapping[str, Any]
) -> list[bytes]:
    """Give the answers of graphql-core: several of a subscription."""
    if document.definitions[0].operation.value != "subscription":  # type: ignore[attr-defined]
        result = execute(schema, document, None, context, dict(variables))
        return [written(await result if is_awaitable(result) else result)]  # type: ignore[arg-type]
    begun = subscribe(schema, document, None, context, dict(variables))
    stream: Any = await begun if is_awaitable(begun) else begun
    return [written(stream)] if isinstance(stream, ExecutionResult) else await _told(stream)


async def planned(
    plan: Plan | Subscription, context: object, variables: Mapping[str, Any]
) -> list[bytes]:
    """Give the answers of a plan."""
    if isinstance(plan, Plan):
        return [written(await plan.execute(context, variables))]
    stream = await plan.subscribe(context, variables)
    return [written(stream)] if isinstance(stream, ExecutionResult) else await _told(stream)


async def _told(stream: AsyncGenerator[Any]) -> list[bytes]:
    """Give what a stream yields, and the error it ends by, if it does."""
    told: list[bytes] = []
    try:
        async for each in stream:
            told += [written(each)]
    except Exception as error:  # noqa: BLE001 - any
        told.append(repr(error).encode())
    return told
