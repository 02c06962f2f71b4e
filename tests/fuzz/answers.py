"""What no answer may be, and no log may hold, whatever was sent."""

import json
from collections.abc import Iterator
from typing import Any

INSIDES = ("Traceback", "site-packages", 'File "/', "asyncpg.", "sqlalchemy.", "xogql.")
"""What would tell a client of the server's insides."""

CLOSE_CODES = {1000, 1002, 1007, 1009, 1012, 1013, 4400, 4401, 4403, 4406, 4408, 4409, 4429}
"""Those of docs/protocol.md that are not for the server's own bugs, and the answer to a goodbye."""

OWN_BUGS = {"INTERNAL", "UNAVAILABLE", "TIMEOUT"}


def check_text(text: str) -> None:
    """Refuse a text that tells of the server's insides."""
    assert [each for each in INSIDES if each in text] == [], text


def check_result(result: Any) -> None:
    """Refuse a GraphQL result that is malformed, or tells of a bug."""
    assert isinstance(result, dict), result
    assert set(result) <= {"data", "errors", "extensions"}, result
    assert set(result) & {"data", "errors"}, result
    check_errors(result.get("errors", []))


def check_errors(errors: Any) -> None:
    """Refuse errors without a code, or with that of a bug."""
    assert isinstance(errors, list), errors
    codes = {each["extensions"]["code"] for each in errors if isinstance(each["message"], str)}
    assert len(codes) > 0 or not errors, errors
    assert codes.isdisjoint(OWN_BUGS), errors


def check_message(message: Any) -> None:
    """Refuse a message that graphql-transport-ws does not know."""
    match message:
        case {"type": "connection_ack" | "ping" | "pong"}:
            pass
        case {"type": "next", "id": str(), "payload": result}:
            check_result(result)
        case {"type": "error", "id": str(), "payload": [_, *_] as errors}:
            check_errors(errors)
        case {"type": "complete", "id": str()}:
            pass
        case _:
            raise AssertionError(message)


def check_log(log: str) -> None:
    """Refuse a log that tells of a bug."""
    assert "Traceback" not in log, log
    assert "internal_error" not in log, log


def results_in(stream: str) -> Iterator[Any]:
    """Give the results of an event stream as far as it came."""
    for event in stream.split("\n\n")[:-1]:
        lines = dict(line.partition(": ")[::2] for line in event.splitlines())
        if lines.get("event") == "next":
            yield json.loads(lines["data"])
