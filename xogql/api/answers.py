"""What an operation came to, as JSON."""

from collections.abc import Sequence

from graphql import ExecutionResult, GraphQLError

from xogql.api.operation_errors import format_all
from xogql.prepared import Answer, serialized


def written(answer: Answer, *, masked: bool) -> bytes:
    """Write a result. *masked*: internal errors are not told."""
    if isinstance(answer, bytes):
        return answer
    return _payload(answer, masked=masked)


def refusal(errors: Sequence[GraphQLError], *, masked: bool) -> bytes:
    """Write why a request has no result."""
    return serialized(format_all(list(errors), masked=masked))


def _payload(result: ExecutionResult, *, masked: bool) -> bytes:
    return serialized({"data": result.data, **format_all(result.errors, masked=masked)})
