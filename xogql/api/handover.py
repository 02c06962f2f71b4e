"""How a resolver lets others go on: it begins a subscription, and the rest needs no resolver."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from xogql.store.event_store import Recorded, Stream


class News(Protocol):
    """The events of a stream past a version, as a subscription presents them to anybody."""

    @property
    def stream(self) -> Stream[Any]: ...  # noqa: D102 - see above

    @property
    def key(self) -> Hashable:
        """Equal for news that present the same, but for where they stand."""
        ...

    @property
    def after(self) -> int:
        """The version that they have come to."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        ...

    def event(self, recorded: Recorded[Any]) -> object:
        """Go on by one event, and present it."""
        ...


@dataclass(slots=True)
class Handover:
    """Given to a resolver that follows: others go on from its *news* once they are past a version.

    *past*: where those others stand already, who cannot tell again what they have told.
    """

    past: int = 0
    news: News | None = None

    def takes(self, news: News) -> bool:
        """Have others go on with these news, if they can: then the resolver returns."""
        if news.after < self.past:
            return False
        self.news = news
        return True
