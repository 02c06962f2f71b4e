"""Which form an answer takes: what the client ranks highest of what there is (RFC 9110, 12.5.1)."""

from enum import StrEnum

import mimeparse


class Media(StrEnum):
    """The forms of an answer, the least preferred first where a client ranks them alike."""

    EVENTS = "text/event-stream"
    LEGACY = "application/json"
    MODERN = "application/graphql-response+json"


def media_for(accept: str | None) -> Media | None:
    """Choose the form for an `Accept` header; None if the client takes none of ours.

    Who takes anything gets JSON under its old name, which every client knows.
    """
    if accept is None:
        return Media.LEGACY
    named = [each for each in Media if each is not Media.MODERN or each in accept]
    try:
        found = mimeparse.best_match(named, accept)
    except mimeparse.MimeTypeParseException:
        return Media.LEGACY
    return Media(found) if found else None
