"""One client's socket: graphql-transport-ws over Strawberry's schema."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from graphql import GraphQLError, OperationType
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from xogql.api import frames
from xogql.api.answers import written
from xogql.api.context import Context, Line, Services
from xogql.api.execution import Executor, Request, RequestRefusedError
from xogql.api.frames import Close, ClosingError, Complete, ConnectionInit, Ping, Pong, Subscribe
from xogql.api.operation_errors import OperationError, formatted
from xogql.api.patience import PATIENCE, Patience
from xogql.api.quotas import Bucket, Quotas, TooManySocketsError
from xogql.auth.accounts import Claims
from xogql.auth.tokens import TokenRefusedError
from xogql.store.codec import UnknownEventError
from xogql.store.event_store import EventStoreError
from xogql.telemetry import Said

_WITHOUT_GOODBYE = 1006
"""What a socket is said to be closed with that only broke (RFC 6455, 7.1.5)."""

_log = structlog.get_logger("xogql.api")


@dataclass(frozen=True, slots=True)
class SocketServer:
    """What all sockets share. *masked*: internal errors are not told to clients."""

    services: Services
    executor: Executor
    quotas: Quotas
    masked: bool
    patience: Patience = PATIENCE

    async def serve(self, websocket: WebSocket) -> None:
        """Serve a client from the handshake to the end."""
        if frames.SUBPROTOCOL not in websocket.scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(Close.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        await websocket.accept(frames.SUBPROTOCOL)
        address = websocket.client.host if websocket.client else ""
        try:
            with self.quotas.socket_of(address, self.quotas.allowances.sockets_per_address):
                await _Connection(self, websocket, address).run()
        except TooManySocketsError:
            await websocket.close(Close.TRY_AGAIN_LATER, "Too many sockets")


class _Connection:
    """A socket's state: who it is, and its operations by the client's ids.

    Of its tasks, those that end with it are *stoppable*; a mutation that has begun is carried out.
    """

    def __init__(self, server: SocketServer, websocket: WebSocket, address: str) -> None:
        self._server = server
        self._websocket = websocket
        self._address = address
        self._messages = Bucket(server.quotas.allowances.messages_per_socket)
        self._ended: asyncio.Future[ClosingError | None] = (
            asyncio.get_running_loop().create_future()
        )
        self._stoppable: set[asyncio.Task[None]] = set()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._initialised = False
        self._acknowledged = asyncio.Event()
        self._heard = True
        self._claims: Claims | None = None
        self._line = Line()

    async def run(self) -> None:
        """Read until the client leaves or the socket must be closed; then nothing is left of it."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            self._start(self._read)
            self._start(self._look_after)
            try:
                closing = await self._ended
            finally:
                self._operations.clear()
                for task in self._stoppable:
                    task.cancel()
            await self._close(closing)

    async def _close(self, closing: ClosingError | None) -> None:
        """Tell the client why, if it is still there and takes it."""
        if closing is None or self._websocket.client_state is not WebSocketState.CONNECTED:
            return
        with suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
            async with asyncio.timeout(self._server.patience.leaving):
                await self._websocket.close(closing.code, closing.reason)

    def _start(self, work: Callable[[], Awaitable[None]], operation: str | None = None) -> None:
        """Run a part of the connection; what it raises ends the whole."""
        task = self._group.create_task(self._guarded(work))
        self._stoppable.add(task)
        task.add_done_callback(self._stoppable.discard)
        if operation is not None:
            self._operations[operation] = task

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except ClosingError as closing:
            self._end(closing)
        except WebSocketDisconnect as gone:
            self._line.is_cut |= gone.code == _WITHOUT_GOODBYE
            self._end(None)
        except TooManySocketsError:
            self._end(ClosingError(Close.TRY_AGAIN_LATER, "Too many sockets"))
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
            self._heard = True
            if self._messages.take():
                raise ClosingError(Close.TRY_AGAIN_LATER, "Too many messages")
            text = message.get("text")
            if text is None:
                raise ClosingError(Close.INVALID_MESSAGE, "Invalid message: binary")
            await self._take(frames.read(text))

    async def _take(self, frame: frames.Frame) -> None:
        match frame:
            case ConnectionInit(payload):
                if self._initialised:
                    raise ClosingError(Close.TOO_MANY_INITIALISATIONS, "Initialised already")
                self._initialised = True
                self._start(partial(self._initialise, payload))
            case Ping(payload):
                await self._send("pong", **({} if payload is None else {"payload": payload}))
            case Subscribe(name, request):
                self._subscribe(name, request)
            case Complete(name):
                task = self._operations.pop(name, None)
                if task in self._stoppable:
                    task.cancel()
            case Pong():
                pass

    async def _look_after(self) -> None:
        """Give the client up if it is not acknowledged in time, or later answers no ping."""
        patience = self._server.patience
        try:
            async with asyncio.timeout(patience.introduction):
                await self._acknowledged.wait()
        except TimeoutError:
            raise ClosingError(Close.INITIALISATION_TIMEOUT, "Initialisation timeout") from None
        while True:
            await asyncio.sleep(patience.silence)
            self._heard = False
            await self._send("ping")
            await asyncio.sleep(patience.pong)
            if not self._heard:
                self._line.is_cut = True
                raise ClosingError(Close.TRY_AGAIN_LATER, "No pong")

    async def _initialise(self, payload: frames.Payload) -> None:
        """Learn who it is, tell so, and watch over the token from then on."""
        try:
            self._claims = await self._claims_in(payload, self._websocket.headers)
        except Exception as fault:
            raise _farewell(fault) from fault
        await self._send("connection_ack")
        self._acknowledged.set()
        if self._claims is not None:
            await self._stay_while_good(self._claims)

    async def _stay_while_good(self, claims: Claims) -> None:
        """Count the socket as the player's, and close it when its token is good no more."""
        quotas = self._server.quotas
        with quotas.socket_of(claims.player_id, quotas.allowances.sockets_per_player):
            try:
                reason: Exception = await self._server.services.accounts.over(claims)
            except Exception as fault:  # noqa: BLE001 - the client is told what it may be told
                reason = fault
            raise _farewell(reason)

    async def _claims_in(self, *places: Mapping[str, Any]) -> Claims | None:
        """Learn from the first of some places that says it who somebody is.

        Raises:
            TokenRefusedError: if that is no good token.
        """
        authorization = frames.authorization_in(*places)
        if authorization is None:
            return None
        return await self._server.services.accounts.claims_of(authorization)

    def _subscribe(self, name: str, request: Request) -> None:
        if not self._acknowledged.is_set():
            raise ClosingError(Close.UNAUTHORIZED, "Unauthorized")
        if name in self._operations:
            raise ClosingError(Close.SUBSCRIBER_EXISTS, f"Subscriber for {name} already exists")
        self._start(partial(self._operate, name, request), operation=name)

    async def _operate(self, name: str, request: Request) -> None:
        """Carry out one operation; whatever becomes of it harms no other."""
        try:
            self._check_room()
            await self._carry_out(name, request)
        except (ClosingError, WebSocketDisconnect):
            raise
        except RequestRefusedError as refused:
            if any(isinstance(each.original_error, UnknownEventError) for each in refused.errors):
                # Following goes on at another server; clients take an error for the end.
                raise ClosingError(Close.TRY_AGAIN_LATER, "Try another server") from refused
            await self._refuse(name, refused.errors)
        except Exception as error:  # noqa: BLE001 - logged, and the client is told
            await self._refuse(name, [GraphQLError(str(error), original_error=error)])
        else:
            if self._forget(name):
                await self._send("complete", id=name)

    def _check_room(self) -> None:
        most = self._server.quotas.allowances.operations_per_socket
        if len(self._operations) > most:
            message = f"A socket carries {most} operations at once: complete one first."
            raise OperationError("TOO_MANY_OPERATIONS", message, limit=most)

    async def _carry_out(self, name: str, request: Request) -> None:
        prepared = self._server.executor.prepare(request)
        own = await self._claims_in(request.extensions or {})
        context = self._context(own or self._claims)
        self._server.quotas.take(context.client, prepared)
        if prepared.operation is OperationType.MUTATION and (task := asyncio.current_task()):
            self._stoppable.discard(task)
        watched = own if prepared.operation is OperationType.SUBSCRIPTION else None
        stream = self._server.executor.stream(prepared, context)
        good = self._server.services.accounts.while_good(watched)
        async with good, aclosing(stream) as results:
            async for result in results:
                if self._is_wanted(name):
                    payload = written(result, masked=self._server.masked)
                    await self._send_text(frames.write_next(name, payload))

    async def _refuse(self, name: str, errors: list[GraphQLError]) -> None:
        told = [formatted(each, masked=self._server.masked) for each in errors]
        if self._forget(name):
            await self._send("error", id=name, payload=told)

    def _is_wanted(self, name: str) -> bool:
        """Tell whether the id is still this operation's: the client may have given it away."""
        return self._operations.get(name) is asyncio.current_task()

    def _forget(self, name: str) -> bool:
        """Free an id before its last message is sent: the client may use it again at once."""
        if wanted := self._is_wanted(name):
            del self._operations[name]
        return wanted

    def _context(self, claims: Claims | None) -> Context:
        return Context(self._server.services, claims, self._address, line=self._line)

    async def _send(self, kind: str, **rest: object) -> None:
        await self._send_text(frames.write(kind, **rest))

    async def _send_text(self, text: str) -> None:
        try:
            async with asyncio.timeout(self._server.patience.reading):
                await self._websocket.send_text(text)
        except TimeoutError:
            self._line.is_cut = True
            raise ClosingError(Close.TRY_AGAIN_LATER, "Too slow to read") from None


def _farewell(reason: Exception) -> ClosingError:
    """Tell somebody who is not let in, or not any more."""
    if isinstance(reason, TokenRefusedError):
        return ClosingError(Close.FORBIDDEN, reason.code)
    # It may pass, and the protocol's client would never try again after a 4500.
    if isinstance(reason, EventStoreError | UnknownEventError):
        _log.warning(Said.LOG_UNAVAILABLE, reason=str(reason))
    else:
        _log.error(Said.INTERNAL_ERROR, exc_info=reason)
    return ClosingError(Close.TRY_AGAIN_LATER, "Try again later")
