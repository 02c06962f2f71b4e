"""A client's operations on a socket, by the ids that it gave them."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import structlog
from graphql import GraphQLError, OperationType

from xogql.api import frames
from xogql.api.answers import written
from xogql.api.context import Context, Line, Services
from xogql.api.execution import Executor, Prepared, Request, RequestRefusedError
from xogql.api.follower import Follower
from xogql.api.frames import Close, ClosingError
from xogql.api.handover import Handover, News
from xogql.api.operation_errors import OperationError, formatted
from xogql.api.patience import PATIENCE, Patience
from xogql.api.quotas import Quotas
from xogql.api.recital import recital_of
from xogql.api.wires import Wire
from xogql.auth.vigil import Claims
from xogql.prepared import DoubtError, Subscription
from xogql.store.codec import UnknownEventError
from xogql.telemetry import Said

_log = structlog.get_logger("xogql.api")

# An enum's members are slow to find in their class.
_SUBSCRIPTION, _MUTATION = OperationType.SUBSCRIPTION, OperationType.MUTATION

End: TypeAlias = Callable[[ClosingError], None]
Work: TypeAlias = Callable[..., Coroutine[Any, Any, None]]

Last: TypeAlias = tuple[bytes, ...] | None
"""What an operation ends with; None: it goes on without a task."""

Operation: TypeAlias = Callable[[str, Any], Coroutine[Any, Any, Last]]


@dataclass(frozen=True, slots=True)
class Host:
    """What all sockets share. *masked*: internal errors are not told to clients."""

    services: Services
    executor: Executor
    quotas: Quotas
    masked: bool
    patience: Patience = PATIENCE


class Operations:
    """Runs operations, each in a task. *claims*: whose they are, if they do not say it themselves.

    Tasks that end with the socket are *stoppable*; a mutation that has begun is carried out.
    """

    __slots__ = (
        "_address",
        "_end",
        "_host",
        "_loop",
        "_named",
        "_stoppable",
        "_wire",
        "claims",
        "line",
    )

    def __init__(self, host: Host, wire: Wire, address: str, end: End) -> None:
        self.claims: Claims | None = None
        self.line = Line()
        self._host = host
        self._wire = wire
        self._address = address
        self._end = end
        self._loop = asyncio.get_running_loop()
        self._named: dict[str, asyncio.Task[None] | Follower] = {}
        self._stoppable: set[asyncio.Task[None]] = set()

    def begin(self, name: str, request: Request) -> None:
        """Begin an operation.

        Raises:
            ClosingError: 4409, if another one has this id.
        """
        if name in self._named:
            raise ClosingError(Close.SUBSCRIBER_EXISTS, f"Subscriber for {name} already exists")
        self._named[name] = self._start(self._operate(name, self._carried_out, request))

    def leave(self, name: str) -> None:
        """Give an operation up, if it is there and may be."""
        operation = self._named.pop(name, None)
        if isinstance(operation, Follower):
            operation.leave()
        elif operation in self._stoppable:
            operation.cancel()

    def stop(self) -> None:
        """Give all of them up."""
        for name in list(self._named):
            self.leave(name)
        for task in self._stoppable:
            task.cancel()

    def catch_up(self, follower: Follower) -> None:
        """See Keeper."""
        self._go_on(follower, self._caught_up, follower)

    def complete(self, follower: Follower) -> None:
        """See Keeper."""
        if self._named.get(follower.name) is follower:
            del self._named[follower.name]
            self._wire.write(frames.write_complete(follower.name))

    def break_off(self, follower: Follower, fault: Exception) -> None:
        """See Keeper."""
        self._go_on(follower, self._broken_off, fault)

    def _go_on(self, follower: Follower, work: Operation, given: Any) -> None:  # noqa: ANN401
        """Go on in a task in the place of a follower, if nobody has taken its id."""
        name = follower.name
        if self._named.get(name) is follower:
            self._named[name] = self._start(self._operate(name, work, given))

    def run(self, work: Work, *given: Any) -> None:  # noqa: ANN401 - its arguments
        """Run a part of the conversation; what it raises ends the whole."""
        _ = self._start(self._guarded(work, *given))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._stoppable.add(task)
        self._wire.tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._stoppable.discard(task)
        self._wire.tasks.discard(task)

    async def _guarded(self, work: Work, *given: Any) -> None:  # noqa: ANN401
        try:
            await work(*given)
        except Exception as fault:  # noqa: BLE001 - logged, and the client is told
            self._break(fault)

    async def _operate(self, name: str, work: Operation, given: Any) -> None:  # noqa: ANN401
        """Carry out one operation; whatever becomes of it harms no other."""
        try:
            try:
                self._check_room()
                last = await work(name, given)
            except Exception as error:  # noqa: BLE001 - logged, and the client is told
                last = (self._refusal(name, error),)
            if last is not None:
                if not self._wire.writable.is_set():
                    await self._room()
                self._finish(name, last)
        except Exception as fault:  # noqa: BLE001 - logged, and the client is told
            self._break(fault)

    def _break(self, fault: Exception) -> None:
        """End the whole conversation."""
        if not isinstance(fault, ClosingError):
            _log.error(Said.INTERNAL_ERROR, exc_info=fault)
            fault = ClosingError(Close.INTERNAL_ERROR, "Internal server error")
        self._end(fault)

    def _check_room(self) -> None:
        most = self._host.quotas.allowances.operations_per_socket
        if len(self._named) > most:
            message = f"A socket carries {most} operations at once: complete one first."
            raise OperationError("TOO_MANY_OPERATIONS", message, limit=most)

    async def _carried_out(self, name: str, request: Request) -> Last:
        prepared = self._host.executor.prepare(request)
        own = await self._claims_of(request.extensions) if request.extensions else None
        context = self._context(own)
        self._host.quotas.take(context.client, prepared)
        if prepared.operation is _SUBSCRIPTION:
            if own is None and isinstance(prepared.plan, Subscription):
                handover = Handover()
                return await self._followed(name, prepared, replace(context, handover=handover))
            async with self._host.services.accounts.while_good(own):
                return await self._followed(name, prepared, context)
        if prepared.operation is _MUTATION and (task := asyncio.current_task(self._loop)):
            self._stoppable.discard(task)
        answer = await self._host.executor.execute(prepared, context)
        return frames.write_answer(name, written(answer, masked=self._host.masked))

    async def _claims_of(self, extensions: Mapping[str, Any]) -> Claims | None:
        """Learn whose an operation is, if it says so.

        Raises:
            TokenRefusedError: if that is no good token.
        """
        authorization = frames.authorization_in(extensions)
        if authorization is None:
            return None
        return await self._host.services.accounts.claims_of(authorization)

    async def _caught_up(self, name: str, follower: Follower) -> Last:
        await self._room()
        context = replace(self._context(None), resume=follower.after, handover=Handover())
        return await self._followed(name, follower.prepared, context)

    async def _broken_off(self, _name: str, fault: Exception) -> Last:
        raise RequestRefusedError([GraphQLError(str(fault), original_error=fault)])

    async def _followed(self, name: str, prepared: Prepared, context: Context) -> Last:
        """Follow until it is over, or an audience is told the rest."""
        while True:
            await self._tell(name, prepared, context)
            news = context.handover.news if context.handover else None
            if news is None or not self._is_wanted(name):
                return (frames.write_complete(name),)
            try:
                past = self._seated(name, prepared, news)
            except DoubtError:
                context = replace(context, resume=news.after, handover=None)
                continue
            if past is None:
                return None
            context = replace(context, resume=news.after, handover=Handover(past))

    def _seated(self, name: str, prepared: Prepared, news: News) -> int | None:
        """Have an audience told the rest; if it has been told more by now, tell up to where.

        Raises:
            DoubtError: if there can be none.
        """
        services = self._host.services
        follower = Follower(self, self._wire, name, prepared.without_text(), news.after)
        recital = recital_of(prepared, news, services, self.claims, masked=self._host.masked)
        audience = services.audiences.join(recital.key, recital, follower)
        if follower not in audience.members:
            return audience.after
        follower.sit(audience)
        self._named[name] = follower
        return None

    async def _tell(self, name: str, prepared: Prepared, context: Context) -> None:
        async with aclosing(self._host.executor.stream(prepared, context)) as results:
            async for result in results:
                payload = written(result, masked=self._host.masked)
                if not self._wire.writable.is_set():
                    await self._room()
                if self._is_wanted(name):
                    self._wire.write(frames.write_next(name, payload))

    def _finish(self, name: str, last: tuple[bytes, ...]) -> None:
        """Send an operation's last messages. Its id is free then: the client may use it at once."""
        if self._is_wanted(name):
            del self._named[name]
            self._wire.write(*last)

    async def wait_to_say(self, text: bytes) -> None:
        """Send a message once there is room for it."""
        await self._room()
        self._wire.write(text)

    async def _room(self) -> None:
        """Wait until the client takes what it was sent."""
        try:
            async with asyncio.timeout(self._host.patience.reading):
                await self._wire.writable.wait()
        except TimeoutError:
            self.line.is_cut = True
            raise ClosingError(Close.TRY_AGAIN_LATER, "Too slow to read") from None

    def _refusal(self, name: str, error: Exception) -> bytes:
        """Write why an operation is refused.

        Raises:
            ClosingError: if that is why the whole conversation ends.
        """
        if isinstance(error, ClosingError):
            raise error
        errors = [GraphQLError(str(error), original_error=error)]
        if isinstance(error, RequestRefusedError):
            errors = error.errors
            if any(isinstance(each.original_error, UnknownEventError) for each in errors):
                # Following goes on at another server; clients take an error for the end.
                raise ClosingError(Close.TRY_AGAIN_LATER, "Try another server") from error
        told = [formatted(each, masked=self._host.masked) for each in errors]
        return frames.write("error", id=name, payload=told)

    def _context(self, own: Claims | None) -> Context:
        return Context(self._host.services, own or self.claims, self._address, line=self.line)

    def _is_wanted(self, name: str) -> bool:
        """Tell whether the id is still this operation's: the client may have given it away."""
        return self._named.get(name) is asyncio.current_task(self._loop)
