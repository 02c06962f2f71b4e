"""What a server's answer comes to: the result that the story needs, or why it cannot go on."""

from typing import Any

from xogql.demo.documents import Document
from xogql.demo.obstacle import ObstacleError
from xogql.demo.readable import Json, discreet, laid_out


def result_of(who: str, document: Document, answer: Json) -> Json:
    """Give the operation's result: a success or a rejection, both are data.

    Raises:
        ObstacleError: if the server refused the operation as a whole, or answered something else.
    """
    match answer:
        case {"errors": [{"message": str(message), **rest}, *_]}:
            details: Json = rest.get("extensions", {})
            raise ObstacleError(_refusal(who, document, {**details, "message": message}))
        case {"data": {document.field: {"__typename": str()} as result}}:
            return dict(result)
        case _:
            told = laid_out(discreet(answer))
            raise ObstacleError(f"{who}'s {document.field} was answered with no result: {told}")


def expected(who: str, document: Document, result: Json, *kinds: str) -> Json:
    """Give the *result* if its type is of these *kinds*.

    Raises:
        ObstacleError: if it is not.
    """
    if result["__typename"] in kinds:
        return result
    if "code" in result:
        raise ObstacleError(_refusal(who, document, result))
    told = laid_out(discreet(result))
    raise ObstacleError(f"{who}'s {document.field} was to give {' or '.join(kinds)}, not {told}")


def _refusal(who: str, document: Document, refusal: Json) -> str:
    code, message = refusal.get("code", "no code"), refusal["message"]
    wait: Any = refusal.get("retryAfter")
    advice = "" if wait is None else f" Try again in {wait} seconds."
    return f"{who}'s {document.field} was refused ({code}): {message}{advice}"
