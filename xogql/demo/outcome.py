"""What a server's answer comes to: the result that the story needs, or why it cannot go on."""

from xogql.demo.documents import Document
from xogql.demo.obstacle import RefusedError, UnexpectedError
from xogql.demo.readable import Json, excerpt


def result_of(who: str, document: Document, answer: Json) -> Json:
    """Give the operation's result: a success or a rejection, both are data.

    Raises:
        RefusedError: if the server refused the operation as a whole.
        UnexpectedError: if it answered something else.
    """
    match answer:
        case {"errors": [{"message": str(message), "extensions": dict(details)}, *_]}:
            raise _refusal(who, document, {**details, "message": message})
        case {"data": {document.field: {"__typename": str()} as result}}:
            return dict(result)
        case _:
            raise UnexpectedError(who=who, expected=document.field, told=excerpt(answer))


def expected(who: str, document: Document, result: Json, kind: str) -> Json:
    """Give the *result* if it is of the *kind* that the story needs.

    Raises:
        RefusedError: if the wish was refused.
        UnexpectedError: if it is something else.
    """
    if result["__typename"] == kind:
        return result
    if "code" in result:
        raise _refusal(who, document, result)
    raise UnexpectedError(who=who, expected=kind, told=excerpt(result))


def _refusal(who: str, document: Document, refusal: Json) -> RefusedError:
    code, wait = refusal.get("code"), refusal.get("retryAfter")
    advice = "" if wait is None else f" Try again in {wait} seconds."
    return RefusedError(
        who=who, field=document.field, code=code, message=refusal.get("message"), advice=advice
    )
