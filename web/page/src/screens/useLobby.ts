/** The games that wait, or that are played, live: rows keep their places, and what was taken stays a while. */
import { useEffect, useState } from "react";
import { useSubscription } from "urql";
import { type GameStatus, LobbyDocument, type LobbySubscription } from "../generated/graphql";
import type { Game } from "../game/words";

const STAYS = 5_000;

export interface Row {
  readonly game: Game;
  readonly isNew: boolean;
  /** when it was taken, if it was */
  readonly taken: number | null;
}

/** *held*: a pointer or the focus is on the list, so that nothing may go from it. */
export function useLobby(status: GameStatus, held: boolean): readonly Row[] | null {
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [{ data }] = useSubscription({ query: LobbyDocument, variables: { status } });
  useEffect(() => {
    if (data !== undefined) setRows((now) => changed(now, data.lobby));
  }, [data]);
  const gone = rows?.some(({ taken }) => taken !== null) ?? false;
  useEffect(() => {
    if (!gone || held) return;
    const timer = setInterval(() => setRows((now) => now && swept(now)), 1_000);
    return () => clearInterval(timer);
  }, [gone, held]);
  return rows;
}

/** Oldest first; what is new comes at the end, never under a pointer. */
function changed(rows: readonly Row[] | null, { snapshot, listed, unlisted }: LobbySubscription["lobby"]): readonly Row[] {
  const byAge = [...listed].sort((one, another) => one.createdAt.localeCompare(another.createdAt));
  if (snapshot || rows === null) return byAge.map((game) => ({ game, isNew: false, taken: null }));
  const gone = new Set(unlisted.map(({ id }) => id));
  const known = new Set(rows.map(({ game }) => game.id));
  const kept = rows.map((row) => (gone.has(row.game.id) ? { ...row, isNew: false, taken: row.taken ?? Date.now() } : row));
  const added = byAge.filter(({ id }) => !known.has(id)).map((game) => ({ game, isNew: true, taken: null }));
  return [...kept, ...added];
}

function swept(rows: readonly Row[]): readonly Row[] {
  const left = rows.filter(({ taken }) => taken === null || Date.now() - taken < STAYS);
  return left.length === rows.length ? rows : left;
}
