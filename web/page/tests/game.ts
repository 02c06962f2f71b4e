/** Games for tests. */
import type { Game, Move } from "../src/game/words";

/** Ann, who plays X, and Bob, at 3×3; *parts*: what is otherwise. */
export function gameOf(parts: Partial<Game> = {}): Game {
  const [ann, bob] = [player("ann"), player("bob")];
  return {
    id: "game",
    version: 2,
    status: "PLAYING",
    turn: "X",
    winner: null,
    ending: null,
    visibility: "PUBLIC",
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    rules: { rows: 3, columns: 3, line: 3 },
    moves: [],
    winningLine: null,
    creator: ann,
    players: [
      { mark: "X", player: ann },
      { mark: "O", player: bob },
    ],
    offers: [],
    rematch: null,
    opening: null,
    ...parts,
  };
}

function player(name: string): Game["players"][number]["player"] {
  return { id: name, username: name, kind: "GUEST", level: null };
}

/** Moves by their names, in turn. */
export function movesOf(...names: string[]): Move[] {
  return names.map((name, index) => ({
    mark: index % 2 === 0 ? "X" : "O",
    column: name.charCodeAt(0) - 97,
    row: Number(name.slice(1)) - 1,
  }));
}
