/** The game's words, as the schema has them. */
import type { Level, Mark, OfferKind, PlayedFragment } from "../generated/graphql";

export type { Level, Mark, OfferKind };
export type Game = PlayedFragment;
export type Rules = Game["rules"];
export type Move = Game["moves"][number];
export type Player = Game["players"][number]["player"];
export type Cell = { readonly row: number; readonly column: number };

export const MARKS = ["X", "O"] as const;

export function other(mark: Mark): Mark {
  return mark === "X" ? "O" : "X";
}

/** The mark whose move is the next after so many. */
export function toMove(moves: number): Mark {
  return moves % 2 === 0 ? "X" : "O";
}

/** How many of the moves are those of the position that the game began from. */
export function opened({ opening }: Pick<Game, "opening">): number {
  return opening?.moveNumber ?? 0;
}

export function isSame(one: Cell, another: Cell): boolean {
  return one.row === another.row && one.column === another.column;
}

/** Whether cells are small: such a board has a full grid, and is aimed at on touch. */
export function isDense({ rows, columns }: Pick<Rules, "rows" | "columns">): boolean {
  return Math.max(rows, columns) >= 7;
}

/** `b1`: columns are letters from the left, rows are numbers from the top. */
export function nameOf({ row, column }: Cell): string {
  return `${String.fromCharCode(97 + column)}${row + 1}`;
}

export function playerOf(game: Game, mark: Mark): Player | undefined {
  return game.players.find((each) => each.mark === mark)?.player;
}

export function markOf(game: Game, playerId: string | undefined): Mark | null {
  return game.players.find(({ player }) => player.id === playerId)?.mark ?? null;
}

/** Whether *kind* is offered by *mark*. */
export function isOffered({ offers }: Game, kind: OfferKind, mark: Mark | null): boolean {
  return mark !== null && offers.some((each) => each.kind === kind && each.mark === mark);
}
