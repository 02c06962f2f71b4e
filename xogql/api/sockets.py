"""The server of sockets: graphql-transport-ws over Strawberry's schema."""

from dataclasses import dataclass
from typing import cast

from starlette.websockets import WebSocket

from xogql.api import frames
from xogql.api.connections import DIRECT
from xogql.api.conversation import Conversation
from xogql.api.frames import Close
from xogql.api.operations import Host
from xogql.api.quotas import TooManySocketsError
from xogql.api.wires import AsgiWire, Wire


@dataclass(frozen=True, slots=True)
class SocketServer(Host):
    """What all sockets share, and how each begins."""

    async def serve(self, websocket: WebSocket) -> None:
        """Serve a client from the handshake on: to the end, or have its own connection do so."""
        if frames.SUBPROTOCOL not in websocket.scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(Close.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        await websocket.accept(frames.SUBPROTOCOL)
        address = websocket.client.host if websocket.client else ""
        try:
            self.quotas.open_socket(address, self.quotas.allowances.sockets_per_address)
        except TooManySocketsError:
            await websocket.close(Close.TRY_AGAIN_LATER, "Too many sockets")
            return
        wire = self._wire(websocket)
        await wire.serve(Conversation(self, wire, address, websocket.headers.get("authorization")))

    def _wire(self, websocket: WebSocket) -> Wire:
        """Find the way around ASGI, where the server has one."""
        direct = cast("Wire | None", (websocket.scope.get("extensions") or {}).get(DIRECT))
        return direct or AsgiWire(websocket, self.patience.leaving)
