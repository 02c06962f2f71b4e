"""What a server must be asked so that it does what a check is about."""

import json
from dataclasses import dataclass
from secrets import token_hex
from typing import TypeAlias

ANSWER = "{ answer: __typename }"
"""A query that every server understands."""

Introduction: TypeAlias = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """Documents whose field is called `answer`, and `news` in subscriptions; None: it has none.

    *slow* is a mutation that takes some 0.1 s at least; *failing*, a query. *endless* gives one
    result and waits, *ticking* gives one after the other, *finite* two; *failing_stream* ends by
    an error, *breaking* by one after a result; *refused_stream* cannot begin; *bequeathing* is as
    *endless*, but its cleanup takes a while and then fails. The rest are introductions: payloads
    of `connection_init`.
    """

    query: str = ANSWER
    mutation: str
    slow: str
    failing: str
    endless: str
    finite: str
    failing_stream: str
    ticking: str | None = None
    breaking: str | None = None
    refused_stream: str | None = None
    bequeathing: str | None = None
    refused_introduction: Introduction
    slow_introduction: Introduction | None = None
    hanging_introduction: Introduction | None = None
    failing_introduction: Introduction | None = None


REFERENCE = Dialect(
    mutation="mutation { answer: quick }",
    slow="mutation { answer: slow }",
    failing="{ answer: fails }",
    endless="subscription { news: waits }",
    ticking="subscription { news: ticks }",
    finite="subscription { news: ends }",
    failing_stream="subscription { news: fails }",
    breaking="subscription { news: breaks }",
    refused_stream="subscription { news: refuses }",
    bequeathing="subscription { news: bequeaths }",
    refused_introduction={"authorization": "refused"},
    slow_introduction={"authorization": "slow"},
    hanging_introduction={"authorization": "hanging"},
    failing_introduction={"authorization": "failing"},
)
"""The reference server's, and its twin's: both are made for these checks."""


def xogql(finished_game: str) -> Dialect:
    """Give our server's; *finished_game* is the id of one that two events ended."""
    game, nobody = json.dumps(finished_game), f"nobody-{token_hex(6)}"
    return Dialect(
        mutation=_wish("issueIntratoken", f"gameId: {game}"),
        slow=_wish("login", f'username: "{nobody}", password: "{nobody}"'),
        failing="{ answer: games(first: 0) { edges { cursor } } }",
        endless="subscription { news: lobby { snapshot } }",
        finite=f"subscription {{ news: gameEvents(gameId: {game}, after: 0) {{ version }} }}",
        failing_stream='subscription { news: gameEvents(gameId: "none") { version } }',
        refused_introduction={"authorization": "Bearer of.bad.news"},
    )


def _wish(mutation: str, wished: str) -> str:
    return f"mutation {{ answer: {mutation}(input: {{{wished}}}) {{ __typename }} }}"
