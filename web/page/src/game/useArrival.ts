/** Who has begun a game, or goes to its rematch, finds the keyboard on its board. */
import { type RefObject, useEffect } from "react";
import type { Cell } from "./words";

/** What goes with an address that leads to a board: the cell to begin at, or the middle. */
export interface Arriving {
  readonly board: Cell | "middle";
}

export function arriving(at?: Cell): { state: Arriving } {
  return { state: { board: at ?? "middle" } };
}

/** Only if nothing else has the focus: it is taken from nobody. */
export function useArrival(board: RefObject<HTMLElement | null>, columns: number): void {
  useEffect(() => {
    const { board: at } = (history.state ?? {}) as Partial<Arriving>;
    if (at === undefined || document.activeElement !== document.body) return;
    const cell = at === "middle" ? '[tabindex="0"]' : `[data-cell="${at.row * columns + at.column}"]`;
    board.current?.querySelector<HTMLElement>(`.grid ${cell}`)?.focus({ preventScroll: true });
  }, [board, columns]);
}
