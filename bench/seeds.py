"""Fills a log with games, by statements of Postgres alone: it holds what playing would have left.

A game's id is made of a *space* and its number, ascending as the ids of new games are.
"""

from bench.cluster import Database

FINISHED_EVENTS = 12
"""Created, joined, nine moves, ended."""

WAITING, PLAYING = 1, 2
"""How many events a game has that waits, and one that has just begun."""

_GAMES = """
select 'game-' || lpad(to_hex({space}), 8, '0') || '-0000-7000-8000-'
  || lpad(to_hex(number), 12, '0') as game_id, number
from generate_series(1, {games}) number
"""
_EVENTS = """
insert into event (stream_id, version, type, schema_version, data, actor, command_id, ordinal,
  fingerprint)
select game_id, version,
  case version when 1 then 'GameCreated' when 2 then 'PlayerJoined' when 12 then 'GameEnded'
    else 'MoveMade' end,
  1,
  case version
    when 1 then jsonb_build_object('creator', '{x}', 'mark', 'X',
      'rules', jsonb_build_object('rows', {side}, 'columns', {side}, 'line', {line}))
    when 2 then jsonb_build_object('player', '{o}')
    when 12 then '{{"ending":"BOARD_FULL","winner":null,"lines":[]}}'
    else jsonb_build_object('mark', case version % 2 when 1 then 'X' else 'O' end, 'cell',
      jsonb_build_object('row', place / 3, 'column', place % 3)) end,
  case version % 2 when 1 then '{x}' else '{o}' end,
  (substr(game_id, 6, 8) || '-0000-7000-9' || lpad(to_hex(version - version / 12), 3, '0')
    || '-' || substr(game_id, 30, 12))::uuid,
  version / 12, 0
from ({games}) games, generate_series(1, {events}) version,
  lateral (select ('{{0,1,2,4,3,5,7,6,8}}'::int[])[version - 2] as place) cells
order by game_id, version
"""
_GAME = """
insert into game
select game_id, '{status}', now() - number * interval '1 ms' from ({games}) games
"""
_SEAT = """
insert into seat
select '{x}', game_id, '{status}', now() - number * interval '1 ms' from ({games}) games
"""


class Seeds:
    """Games of two players in a database."""

    def __init__(self, database: Database, x: str, o: str) -> None:
        self._database = database
        self._x = x
        self._o = o

    def finished(self, space: int, games: int) -> None:
        """Fill in games of nine moves that are over."""
        self._fill(space, games, FINISHED_EVENTS, "FINISHED")

    def waiting(self, space: int, games: int) -> None:
        """Fill in games that wait for an opponent."""
        self._fill(space, games, WAITING, "WAITING")

    def playing(self, space: int, games: int, side: int) -> list[str]:
        """Fill in games that have begun on large boards; give their ids."""
        self._fill(space, games, PLAYING, "PLAYING", side=side)
        ids = f"select array_agg(game_id) from ({_GAMES.format(space=space, games=games)}) g"
        found: list[str] = self._database.value(ids)
        return found

    def settle(self) -> None:
        """Have Postgres know what it holds, as it would if that had come slowly."""
        self._database.execute("vacuum (analyze)")

    def _fill(self, space: int, games: int, events: int, status: str, *, side: int = 3) -> None:
        named = {"games": _GAMES.format(space=space, games=games), "status": status}
        named |= {"x": self._x, "o": self._o}
        line = 3 if side == 3 else 5  # noqa: PLR2004 - tic-tac-toe
        statement = _EVENTS.format(**named, events=events, side=side, line=line)
        self._database.execute(statement, _GAME.format(**named), _SEAT.format(**named))
