"""What an audience is told: a subscription's events, written for all who see them alike."""

from collections.abc import Hashable
from typing import Any

from xogql.api.answers import written
from xogql.api.context import Context, Services
from xogql.api.execution import Prepared
from xogql.api.handover import News
from xogql.auth.vigil import Claims
from xogql.prepared import DoubtError, Subscription, Writer
from xogql.store.event_store import Recorded, Stream


def recital_of(
    prepared: Prepared, news: News, services: Services, claims: Claims | None, *, masked: bool
) -> "Recital":
    """Have the rest of a subscription told to whoever may be told the same.

    Raises:
        DoubtError: if there is no plan for it, or its variables are doubted.
    """
    if not isinstance(prepared.plan, Subscription):
        raise DoubtError
    variables = prepared.request.variables or {}
    writer, viewer = prepared.plan.writer(Context(services, None, ""), variables), None
    if not writer.is_impersonal:
        viewer = claims
        writer = prepared.plan.writer(Context(services, claims, ""), variables)
    return Recital(news, writer, viewer=viewer, masked=masked)


class Recital:
    """A Script. *viewer*: who alone is told this; None where all are told the same."""

    __slots__ = ("_event", "_masked", "_news", "_viewer", "_writer")

    def __init__(self, news: News, writer: Writer, *, viewer: Hashable, masked: bool) -> None:
        self._news = news
        self._writer = writer
        self._viewer = viewer
        self._masked = masked
        self._event: object = None

    @property
    def key(self) -> Hashable:
        """Equal for recitals that say the same."""
        return self._news.key, self._writer.key, self._viewer

    @property
    def stream(self) -> Stream[Any]:
        """See Script."""
        return self._news.stream

    @property
    def after(self) -> int:
        """See Script."""
        return self._news.after

    @property
    def is_over(self) -> bool:
        """See Script."""
        return self._news.is_over

    def take(self, recorded: Recorded[Any]) -> None:
        """See Script."""
        self._event = self._news.event(recorded)

    def text(self) -> bytes | None:
        """See Script."""
        return self._writer.at_once(self._event)

    async def text_in_time(self) -> bytes:
        """See Script."""
        return written(await self._writer.written(self._event), masked=self._masked)
