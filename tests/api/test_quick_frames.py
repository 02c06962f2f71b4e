"""A whole text in one frame is read as the parser reads it; anything else is left to the parser."""

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from xogql.api import quick_frames

MOST = 70_000
DATA = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)
frames = st.builds(
    Frame,
    st.sampled_from([Opcode.TEXT, Opcode.BINARY, Opcode.CONT, Opcode.PING, Opcode.PONG]),
    st.binary(max_size=125) | st.text(max_size=300).map(str.encode),
    fin=st.booleans(),
)


def opened() -> ServerProtocol:
    """A parser that waits for its first frame."""
    protocol = ServerProtocol(state=State.OPEN, max_size=MOST)
    protocol.receive_data(b"")
    return protocol


def texts_of(protocol: ServerProtocol, data: bytes) -> list[str | None]:
    """What the parser makes of it: texts, and None for whatever else."""
    protocol.receive_data(data)
    return [
        bytes(each.data).decode()
        if isinstance(each, Frame) and each.opcode is Opcode.TEXT and each.fin
        else None
        for each in protocol.events_received()
    ]


@given(st.text(max_size=70_000))
def test_a_text_is_read_as_the_parser_reads_it(text: str) -> None:
    data = Frame(Opcode.TEXT, text.encode()).serialize(mask=True)
    found = quick_frames.read(data, MOST)

    assert found == (text if len(text.encode()) < 1 << 16 else None)
    if len(text.encode()) <= MOST:
        assert texts_of(opened(), data) == [text]


@given(st.lists(frames, max_size=3), st.integers(0, 40), st.integers(0, 40))
def test_what_is_read_quickly_is_what_the_parser_reads(
    sent: list[Frame], more: int, less: int
) -> None:
    data = b"".join(
        Frame(each.opcode, each.data, each.fin).serialize(mask=True)
        for each in sent
        if each.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)
        or (each.fin and len(each.data) < 126)
    )
    data = (data + bytes(more))[: len(data) + more - less]
    found = quick_frames.read(data, MOST)

    assert found is None or texts_of(opened(), data) == [found]


@given(st.binary(max_size=200))
def test_anything_else_is_left_to_the_parser(data: bytes) -> None:
    found = quick_frames.read(data, MOST)

    assert found is None or texts_of(opened(), data) == [found]


def test_what_is_too_long_is_left_to_the_parser() -> None:
    data = Frame(Opcode.TEXT, b"a" * 300).serialize(mask=True)

    assert quick_frames.read(data, 299) is None
    assert quick_frames.read(data, 300) == "a" * 300


def test_what_has_begun_goes_on() -> None:
    text = Frame(Opcode.TEXT, b"{}").serialize(mask=True)
    begun = Frame(Opcode.TEXT, b"{", fin=False).serialize(mask=True)
    for before in (*(text[:cut] for cut in range(1, len(text))), begun):
        protocol = opened()
        assert quick_frames.is_between_messages(protocol)
        protocol.receive_data(before)
        assert not quick_frames.is_between_messages(protocol)


def test_after_a_whole_message_another_may_come() -> None:
    protocol = opened()
    for frame in (Frame(Opcode.TEXT, b"{}"), Frame(Opcode.PING, b"")):
        protocol.receive_data(frame.serialize(mask=True))
        assert quick_frames.is_between_messages(protocol)


@given(st.binary(max_size=200) | st.integers(65_000, 67_000).map(bytes))
def test_what_is_written_is_a_frame(text: bytes) -> None:
    assert quick_frames.written(text) == Frame(Opcode.TEXT, text).serialize(mask=False)
