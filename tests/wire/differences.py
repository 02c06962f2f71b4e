"""Where our server does otherwise than the reference, and why."""

from dataclasses import dataclass

from tests.wire.connections import Outcome


@dataclass(frozen=True)
class Difference:
    """What the reference does, and why we do not."""

    reference: Outcome
    reason: str


_TOLD_APART = (
    "The reference tells operations apart by their ids alone, so that the end of one reaches"
    " another that was given its id meanwhile; ours are told apart by what they are."
)
_SERVERS_OWN = (
    "Only servers send this message: to a server it is malformed, and 4500 is for its own faults."
)
_HARMLESS = (
    "One bad operation must not end the others on its socket: the protocol has `error` for it."
)
_CANNOT_BEGIN = (
    "What cannot begin has no result: GraphQL calls it a request error, and the protocol has"
    " `error` for it. The reference gives it as a result without data."
)

DIFFERENCES = {
    "an authentication that hangs is given up": Difference(
        ("silence",),
        "The reference waits for the introduction for 3 s and for its own hook for ever; ours for"
        " both together for 3 s. The client tries again after a 4408.",
    ),
    "an authentication that fails may be tried again": Difference(
        ("closed 4500",),
        "A database that cannot be reached may be back in a moment, but the client never tries"
        " again after a 4500.",
    ),
    "a binary frame is malformed": Difference(
        ("pong", "open"),
        "Messages are text; the reference makes text of whatever comes.",
    ),
    "an object with a number that no double holds is malformed": Difference(
        ('pong {"a": null}', "open"),
        "JavaScript reads it as infinity and writes that as null: the client would not get back"
        " what it sent.",
    ),
    "an object 3000 deep is malformed": Difference(
        ("open",),
        "No request is that deep, and reading it costs stack: 100 levels are enough.",
    ),
    "an acknowledgement is malformed": Difference(("closed 4500",), _SERVERS_OWN),
    "a result is malformed": Difference(("closed 4500",), _SERVERS_OWN),
    "an error is malformed": Difference(("closed 4500",), _SERVERS_OWN),
    "no document is an error of the operation": Difference(("closed 4500",), _HARMLESS),
    "a syntax error is an error of the operation": Difference(("closed 4500",), _HARMLESS),
    "a syntax error harms no other operation": Difference(
        ("s: next news", "closed 4500"), _HARMLESS
    ),
    "a variable of the wrong type is an error of the operation": Difference(
        ("a: next with errors", "a: complete", "open"), _CANNOT_BEGIN
    ),
    "a variable that is missing is an error of the operation": Difference(
        ("a: next with errors", "a: complete", "open"), _CANNOT_BEGIN
    ),
    "a stream that cannot begin is an error": Difference(
        ("a: next with errors", "a: complete", "open"), _CANNOT_BEGIN
    ),
    "a stream that is completed stops": Difference(
        ("a: next news", "a: next news", "b: next answer", "b: complete", "open"),
        "A JavaScript generator that waits goes on to its next result, which the reference still"
        " sends; ours is cancelled.",
    ),
    "a long id that is in use is not given again": Difference(
        ("closed 4500",),
        "The reference says the id in the reason of its 4409, which 123 bytes must hold; ours is"
        " cut there.",
    ),
    "an id is free in the same breath": Difference(
        ("a: complete", "a: next news", "b: next answer", "b: complete", "open"), _TOLD_APART
    ),
    "an id is free before its result is there": Difference(
        ("a: next first", "a: complete", "b: next answer", "b: complete", "open"), _TOLD_APART
    ),
    "a failing cleanup is not told to who has the id now": Difference(
        ("a: next news", "a: complete", "b: next answer", "b: complete", "open"), _TOLD_APART
    ),
    "a failing cleanup does not free the id of who has it now": Difference(
        ("a: next answer", "a: complete"), _TOLD_APART
    ),
}

RACES = frozenset(name for name, each in DIFFERENCES.items() if each.reason == _TOLD_APART)
"""Where the reference takes one operation for another if they overlap: on a busy machine they may
not, and then it does what ours does always."""
