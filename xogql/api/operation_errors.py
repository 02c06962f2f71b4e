"""Errors of a whole operation: bugs, auth, limits. What the rules refuse is data, not an error."""

from typing import Any
from uuid import uuid4

import structlog
from graphql import GraphQLError
from graphql.error import GraphQLFormattedError

from xogql.auth.passwords import OverloadedError
from xogql.auth.tokens import TokenRefusedError
from xogql.play.handler import BusyError
from xogql.play.reviews import NoReviewError
from xogql.store.codec import UnknownEventError
from xogql.store.event_store import EventStoreError
from xogql.telemetry import Said

_log = structlog.get_logger("xogql.api")


class OperationError(GraphQLError):
    """An operation that is refused as a whole, with a code for programs."""

    def __init__(self, code: str, message: str, **details: object) -> None:
        super().__init__(message, extensions={"code": code, **details})


def unauthenticated() -> OperationError:
    """Nobody is signed in."""
    return OperationError("UNAUTHENTICATED", "Sign in first: send a token in Authorization.")


def forbidden(message: str) -> OperationError:
    """Somebody else may, the one who asks may not."""
    return OperationError("FORBIDDEN", message)


def invalid_input(message: str, argument: str) -> OperationError:
    """An argument is out of its range."""
    return OperationError("INVALID_INPUT", message, argument=argument)


def formatted(error: GraphQLError, *, masked: bool) -> GraphQLFormattedError:
    """Write an error for a client: always with a code; with *masked*, no word of our insides."""
    told = _named(error, masked=masked)
    answer: GraphQLFormattedError = error.formatted
    return {**answer, "message": told.message, "extensions": dict(told.extensions or {})}


def _named(error: GraphQLError, *, masked: bool) -> GraphQLError:
    match error.original_error or error:
        case OperationError() as known:
            return known
        case GraphQLError() as own:
            return OperationError("GRAPHQL_VALIDATION_FAILED", own.message)
        case TokenRefusedError() | OverloadedError() | BusyError() | EventStoreError() as refused:
            return _refused(refused)
        case NoReviewError() as late:
            return OperationError("OVERLOADED", str(late), retryAfter=1)
        case UnknownEventError() as newer:
            return _outdated(newer)
        case Exception() as bug:
            return _internal(bug, masked=masked)


def _refused(
    error: TokenRefusedError | OverloadedError | BusyError | EventStoreError,
) -> OperationError:
    match error:
        case TokenRefusedError():
            return OperationError(error.code, str(error))
        case OverloadedError():
            return OperationError(error.code, str(error), retryAfter=error.retry_after)
        case BusyError():
            return OperationError("BUSY", str(error.__doc__), retryAfter=1)
        case EventStoreError():
            message = "The log cannot be reached: send it again with the same commandId."
            return OperationError("UNAVAILABLE", message, retryAfter=1)


def _outdated(newer: UnknownEventError) -> OperationError:
    """Send a client on: the log is whole, but another release has to read it."""
    _log.warning(Said.LOG_UNAVAILABLE, reason=str(newer))
    message = "A newer server wrote this: send it again with the same commandId, to another server."
    return OperationError("UNAVAILABLE", message, retryAfter=1)


def _internal(bug: Exception, *, masked: bool) -> OperationError:
    """Log what we did wrong under an id, and tell the client the id."""
    error_id = str(uuid4())
    _log.error(Said.INTERNAL_ERROR, error_id=error_id, exc_info=bug)
    message = "Something went wrong on our side." if masked else f"{type(bug).__name__}: {bug}"
    return OperationError("INTERNAL", message, errorId=error_id)


def format_all(errors: list[GraphQLError] | None, *, masked: bool) -> dict[str, Any]:
    """Write the `errors` of a result, or nothing if there are none."""
    return {"errors": [formatted(each, masked=masked) for each in errors]} if errors else {}
