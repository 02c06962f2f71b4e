"""What is sent on a socket: messages of graphql-transport-ws, good and bad, and any frames."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from tests.fuzz.documents import requests
from tests.fuzz.values import JSON, TEXTS, bodies


@dataclass(frozen=True)
class Conversation:
    """*introduced*: it begins with an introduction that is good; *frames*: what comes then."""

    introduced: str | None
    frames: Sequence[bytes]


def conversations(
    ids: tuple[str, ...], authorizations: tuple[str, ...]
) -> st.SearchStrategy[Conversation]:
    """Sequences of frames; *ids* and *authorizations* are some that the server knows."""
    introductions = st.sampled_from([*authorizations, "", None])
    frames = st.lists(_frames(ids, authorizations), min_size=1, max_size=6)
    return st.builds(Conversation, introductions, frames)


def _frames(ids: tuple[str, ...], authorizations: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    texts = bodies(_messages(ids, authorizations))
    whole = texts.map(lambda text: _frame(Opcode.TEXT, text))
    in_parts = st.builds(_parts, texts, st.lists(st.integers(0, 50), max_size=4))
    return st.one_of(whole, whole, whole, whole, in_parts, _control(), _broken())


def _messages(
    ids: tuple[str, ...], authorizations: tuple[str, ...]
) -> st.SearchStrategy[dict[str, object]]:
    names = st.sampled_from(["a", "b", "c", ""]) | TEXTS
    asked = requests(ids)
    authorized = st.builds(
        lambda each, token: {**each, "extensions": {"authorization": token}},
        asked,
        st.sampled_from(authorizations) | TEXTS | JSON,
    )
    subscribing = st.builds(
        lambda name, payload: {"id": name, "type": "subscribe", "payload": payload},
        names,
        asked | authorized,
    )
    almost = st.builds(
        lambda kind, name, payload: {"id": name, "type": kind, "payload": payload},
        st.sampled_from(["subscribe", "complete"]),
        JSON,
        asked | JSON,
    )
    any_message = st.fixed_dictionaries(
        {"type": st.sampled_from(_TYPES) | JSON},
        optional={"id": names | JSON, "payload": JSON | asked, "more": JSON},
    )
    completing = names.map(lambda name: {"id": name, "type": "complete"})
    return st.one_of(subscribing, subscribing, subscribing, completing, almost, any_message)


_TYPES = ("connection_init", "connection_ack", "ping", "pong", "subscribe", "next", "error",
          "complete", "start", "connection_terminate")  # fmt: skip


def _frame(opcode: Opcode, data: bytes, *, fin: bool = True, mask: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=mask)


def _parts(text: bytes, lengths: Sequence[int]) -> bytes:
    """Send one message in fragments, some of them empty."""
    frames, opcode, rest = b"", Opcode.TEXT, text
    for length in lengths:
        frames += _frame(opcode, rest[:length], fin=False)
        opcode, rest = Opcode.CONT, rest[length:]
    return frames + _frame(opcode, rest)


def _control() -> st.SearchStrategy[bytes]:
    return st.builds(_frame, st.sampled_from([Opcode.PING, Opcode.PONG]), st.binary(max_size=125))


def _broken() -> st.SearchStrategy[bytes]:
    """Frames that a socket is closed for: no text, no UTF-8, no frame at all."""
    return st.one_of(
        st.binary(max_size=50).map(lambda data: _frame(Opcode.BINARY, data)),
        st.binary(max_size=50).map(lambda data: _frame(Opcode.TEXT, data)),
        st.binary(max_size=20).map(lambda data: _frame(Opcode.CONT, data)),
        st.just(_frame(Opcode.TEXT, b'{"type":"ping"}', mask=False)),
        st.integers(65_000, 70_000).map(lambda length: _frame(Opcode.TEXT, b" " * length)),
        st.binary(min_size=2, max_size=30),
    )
