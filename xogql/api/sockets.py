"""One client's socket: graphql-transport-ws over Strawberry's schema."""

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any

import structlog
from graphql import ExecutionResult
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from xogql.api import frames
from xogql.api.context import Context, Services
from xogql.api.execution import Executor, Request, RequestRefusedError
from xogql.api.failures import format_all, formatted
from xogql.api.frames import Close, ClosingError, Complete, ConnectionInit, Ping, Pong, Subscribe
from xogql.auth.accounts import Claims
from xogql.auth.tokens import TokenRefusedError
from xogql.store.event_store import EventStoreError
from xogql.telemetry import Said

INIT_TIMEOUT = 3.0
SEND_TIMEOUT = 10.0

_log = structlog.get_logger("xogql.api")


@dataclass(frozen=True, slots=True)
class SocketServer:
    """What all sockets share. *masked*: internal errors are not told to clients."""

    services: Services
    executor: Executor
    masked: bool

    async def serve(self, websocket: WebSocket) -> None:
        """Serve a client from the handshake to the end."""
        if frames.SUBPROTOCOL not in websocket.scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(Close.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        await websocket.accept(frames.SUBPROTOCOL)
        await _Connection(self, websocket).run()


class _Connection:
    """A socket's state: who it is, and its operations by the client's ids."""

    def __init__(self, server: SocketServer, websocket: WebSocket) -> None:
        self._server = server
        self._websocket = websocket
        self._ended: asyncio.Future[ClosingError | None] = (
            asyncio.get_running_loop().create_future()
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._initialised = False
        self._acknowledged = asyncio.Event()
        self._claims: Claims | None = None

    async def run(self) -> None:
        """Read until the client leaves or the socket must be closed; then nothing is left of it."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            self._start(self._read())
            self._start(self._await_acknowledgement())
            try:
                closing = await self._ended
            finally:
                for task in self._tasks:
                    task.cancel()
        if closing is not None and self._websocket.client_state is WebSocketState.CONNECTED:
            with suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
                async with asyncio.timeout(SEND_TIMEOUT):
                    await self._websocket.close(closing.code, closing.reason)

    def _start(self, work: Coroutine[Any, Any, None], operation: str | None = None) -> None:
        """Run a part of the connection; what it raises ends the whole."""
        task = self._group.create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if operation is not None:
            self._operations[operation] = task

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ClosingError as closing:
            self._end(closing)
        except WebSocketDisconnect:
            self._end(None)
        except TimeoutError:
            self._end(ClosingError(Close.TRY_AGAIN_LATER, "Too slow to read"))
        except EventStoreError:
            self._end(ClosingError(Close.TRY_AGAIN_LATER, "The log cannot be reached"))
        except Exception as bug:  # noqa: BLE001 - logged, and the client is told
            _log.error(Said.INTERNAL_ERROR, exc_info=bug)
            self._end(ClosingError(Close.INTERNAL_ERROR, "Internal server error"))

    def _end(self, closing: ClosingError | None) -> None:
        if not self._ended.done():
            self._ended.set_result(closing)

    async def _read(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code") or 1005)
            text = message.get("text")
            if text is None:
                raise ClosingError(Close.INVALID_MESSAGE, "Invalid message: binary")
            await self._take(frames.read(text))

    async def _take(self, frame: frames.Frame) -> None:
        match frame:
            case ConnectionInit(payload):
                if self._initialised:
                    raise ClosingError(
                        Close.TOO_MANY_INITIALISATIONS, "Too many initialisation requests"
                    )
                self._initialised = True
                self._start(self._initialise(payload))
            case Ping(payload):
                await self._send("pong", **({} if payload is None else {"payload": payload}))
            case Subscribe(name, request):
                self._subscribe(name, request)
            case Complete(name):
                if (task := self._operations.pop(name, None)) is not None:
                    task.cancel()
            case Pong():
                pass

    async def _await_acknowledgement(self) -> None:
        try:
            async with asyncio.timeout(INIT_TIMEOUT):
                await self._acknowledged.wait()
        except TimeoutError:
            raise ClosingError(
                Close.INITIALISATION_TIMEOUT, "Connection initialisation timeout"
            ) from None

    async def _initialise(self, payload: frames.Payload) -> None:
        """Learn who it is, tell so, and watch over the token from then on."""
        authorization = _authorization(payload, self._websocket.headers)
        if authorization is not None:
            try:
                self._claims = await self._server.services.accounts.claims_of(authorization)
            except TokenRefusedError as refused:
                raise ClosingError(Close.FORBIDDEN, refused.code) from refused
        await self._send("connection_ack")
        self._acknowledged.set()
        if self._claims is not None:
            code = await self._server.services.accounts.over(self._claims)
            raise ClosingError(Close.FORBIDDEN, code)

    def _subscribe(self, name: str, request: Request) -> None:
        if not self._acknowledged.is_set():
            raise ClosingError(Close.UNAUTHORIZED, "Unauthorized")
        if name in self._operations:
            raise ClosingError(Close.SUBSCRIBER_EXISTS, f"Subscriber for {name} already exists")
        self._start(self._operate(name, request), operation=name)

    async def _operate(self, name: str, request: Request) -> None:
        """Carry out one operation; whatever becomes of it harms no other."""
        try:
            prepared = self._server.executor.prepare(request)
            async with aclosing(self._server.executor.stream(prepared, self._context())) as results:
                async for result in results:
                    await self._send("next", id=name, payload=self._payload(result))
        except RequestRefusedError as refused:
            masked = self._server.masked
            errors = [formatted(each, masked=masked) for each in refused.errors]
            self._forget(name)
            await self._send("error", id=name, payload=errors)
        else:
            self._forget(name)
            await self._send("complete", id=name)

    def _forget(self, name: str) -> None:
        """Free an id before its last message is sent: the client may use it again at once."""
        if self._operations.get(name) is asyncio.current_task():
            del self._operations[name]

    def _context(self) -> Context:
        client = self._websocket.client
        return Context(self._server.services, self._claims, client.host if client else "")

    def _payload(self, result: ExecutionResult) -> dict[str, Any]:
        return {"data": result.data, **format_all(result.errors, masked=self._server.masked)}

    async def _send(self, kind: str, **rest: object) -> None:
        async with asyncio.timeout(SEND_TIMEOUT):
            await self._websocket.send_text(frames.write(kind, **rest))


def _authorization(payload: frames.Payload, headers: Mapping[str, str]) -> str | None:
    """Find who it is in the payload, whatever the key's case, or else in the handshake.

    Raises:
        ClosingError: 4403, if it is no text.
    """
    for name, value in payload.items():
        if name.lower() == "authorization" and value is not None:
            if not isinstance(value, str):
                raise ClosingError(Close.FORBIDDEN, "TOKEN_INVALID")
            return value
    return headers.get("authorization")
