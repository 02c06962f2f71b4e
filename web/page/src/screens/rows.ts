/** The rows of a list of games: they keep their places, and what was taken stays a while. */
import type { Game } from "../game/words";

const STAYS = 5_000;

export interface Row {
  readonly game: Game;
  readonly isNew: boolean;
  /** when it was taken, if it was */
  readonly taken: number | null;
}

/** What the lobby tells: all there is, or what came and went. */
export interface News {
  readonly snapshot: boolean;
  readonly listed: readonly Game[];
  readonly unlisted: readonly Pick<Game, "id">[];
}

/** Oldest first; what is new comes at the end, never under a pointer. */
export function changed(rows: readonly Row[] | null, news: News, now: number): readonly Row[] {
  const { snapshot, listed, unlisted } = news;
  const byAge = [...listed].sort((one, another) => one.createdAt.localeCompare(another.createdAt));
  if (snapshot || rows === null) return byAge.map((game) => ({ game, isNew: false, taken: null }));
  const gone = new Set(unlisted.map(({ id }) => id));
  const known = new Set(rows.map(({ game }) => game.id));
  const kept = rows.map((row) => (gone.has(row.game.id) ? { ...row, isNew: false, taken: row.taken ?? now } : row));
  const added = byAge.filter(({ id }) => !known.has(id)).map((game) => ({ game, isNew: true, taken: null }));
  return [...kept, ...added];
}

/** Leave out what was taken longer ago than it stays. */
export function swept(rows: readonly Row[], now: number): readonly Row[] {
  const left = rows.filter(({ taken }) => taken === null || now - taken < STAYS);
  return left.length === rows.length ? rows : left;
}
