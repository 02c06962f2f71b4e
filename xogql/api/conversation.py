"""One client's conversation on a socket: who it is, whether it is there, and what it asks for."""

import asyncio
from collections.abc import Callable

import structlog

from xogql.api import frames
from xogql.api.frames import Close, ClosingError, Complete, ConnectionInit, Ping, Pong, Subscribe
from xogql.api.operations import Host, Operations
from xogql.api.quotas import Bucket, TooManySocketsError
from xogql.api.wires import Wire
from xogql.auth.tokens import TokenRefusedError
from xogql.auth.vigil import Claims, Watch
from xogql.store.codec import UnknownEventError
from xogql.store.event_store import EventStoreError
from xogql.telemetry import Said

_log = structlog.get_logger("xogql.api")

_PING = frames.write("ping")


class Conversation:
    """A Reader of graphql-transport-ws. *handshake*: the authorization that came with it."""

    __slots__ = (
        "_acknowledged",
        "_address",
        "_handshake",
        "_heard",
        "_host",
        "_initialised",
        "_messages",
        "_operations",
        "_over",
        "_timer",
        "_watch",
        "_wire",
    )

    def __init__(self, host: Host, wire: Wire, address: str, handshake: str | None) -> None:
        self._host = host
        self._wire = wire
        self._address = address
        self._handshake = handshake
        self._messages = Bucket(host.quotas.allowances.messages_per_socket)
        self._operations = Operations(host, wire, address, self.end)
        self._initialised = self._acknowledged = self._over = False
        self._heard = True
        self._watch: Watch | None = None
        late = ClosingError(Close.INITIALISATION_TIMEOUT, "Initialisation timeout")
        self._timer = _after(host.patience.introduction, self.end, late)

    def take(self, text: str | None) -> None:
        """See Reader."""
        if self._over:
            return
        self._heard = True
        try:
            if self._messages.take():
                raise ClosingError(Close.TRY_AGAIN_LATER, "Too many messages")  # noqa: TRY301
            self._obey(frames.read(text))
        except ClosingError as closing:
            self.end(closing)
        except Exception as bug:  # noqa: BLE001 - logged, and the client is told
            _log.error(Said.INTERNAL_ERROR, exc_info=bug)
            self.end(ClosingError(Close.INTERNAL_ERROR, "Internal server error"))

    def lost(self, *, cut: bool) -> None:
        """See Reader."""
        self.end(None, cut=cut)

    def end(self, closing: ClosingError | None, *, cut: bool = False) -> None:
        """End it, once, and tell a client that is still there why: then nothing is left of it."""
        if self._over:
            return
        self._over = True
        self._operations.line.is_cut |= cut
        self._timer.cancel()
        self._operations.stop()
        self._host.quotas.close_socket(self._address)
        if self._watch is not None:
            self._watch.end()
            self._host.quotas.close_socket(self._watch.claims.player_id)
        if closing is not None:
            self._wire.close(closing.code, closing.reason)

    def _obey(self, frame: frames.Frame) -> None:
        match frame:
            case Subscribe():
                if not self._acknowledged:
                    raise ClosingError(Close.UNAUTHORIZED, "Unauthorized")
                self._operations.begin(frame.id, frame.request)
            case Complete(name):
                self._operations.leave(name)
            case Ping(payload):
                rest = {} if payload is None else {"payload": payload}
                self._wire.write(frames.write("pong", **rest))
            case Pong():
                pass
            case ConnectionInit(payload):
                if self._initialised:
                    raise ClosingError(Close.TOO_MANY_INITIALISATIONS, "Initialised already")
                self._initialised = True
                self._operations.run(self._initialise, payload)

    async def _initialise(self, payload: frames.Payload) -> None:
        """Learn who it is, tell so, and watch over the token from then on."""
        accounts, handshake = self._host.services.accounts, {"authorization": self._handshake}
        try:
            authorization = frames.authorization_in(payload, handshake)
            if authorization is not None:
                self._operations.claims = await accounts.claims_of(authorization)
        except Exception as fault:
            raise _farewell(fault) from fault
        self._wire.write(frames.write("connection_ack"))
        self._acknowledged = True
        self._timer.cancel()
        self._timer = _after(self._host.patience.silence, self._ask)
        if self._operations.claims is not None:
            self._stay_while_good(self._operations.claims)

    def _stay_while_good(self, claims: Claims) -> None:
        """Count the socket as the player's, and close it when its token is good no more."""
        quotas = self._host.quotas
        try:
            quotas.open_socket(claims.player_id, quotas.allowances.sockets_per_player)
        except TooManySocketsError:
            raise ClosingError(Close.TRY_AGAIN_LATER, "Too many sockets") from None
        self._watch = self._host.services.accounts.watch(claims, self._dismiss)

    def _dismiss(self, reason: Exception) -> None:
        self.end(_farewell(reason))

    def _ask(self) -> None:
        """Ask whether the client is there; it says so, or is given up."""
        self._heard = False
        if self._wire.writable.is_set():
            self._wire.write(_PING)
        else:
            self._operations.run(self._operations.wait_to_say, _PING)
        self._timer = _after(self._host.patience.pong, self._judge)

    def _judge(self) -> None:
        if self._heard:
            self._timer = _after(self._host.patience.silence, self._ask)
        else:
            self.end(ClosingError(Close.TRY_AGAIN_LATER, "No pong"), cut=True)


def _after(seconds: float, then: Callable[..., None], *given: object) -> asyncio.TimerHandle:
    return asyncio.get_running_loop().call_later(seconds, then, *given)


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
