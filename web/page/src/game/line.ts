/** Where to strike through: the lines among the cells that won. */
import type { Cell } from "./words";

const DIRECTIONS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/** Each run of at least *length* cells, as its first and last. */
export function runs(cells: readonly Cell[], length: number): [Cell, Cell][] {
  const all = new Set(cells.map(({ row, column }) => `${row},${column}`));
  const has = (row: number, column: number) => all.has(`${row},${column}`);
  return DIRECTIONS.flatMap(([down, right]) =>
    cells.flatMap(({ row, column }): [Cell, Cell][] => {
      if (has(row - down, column - right)) return [];
      let steps = 0;
      while (has(row + (steps + 1) * down, column + (steps + 1) * right)) steps++;
      const last = { row: row + steps * down, column: column + steps * right };
      return steps + 1 >= length ? [[{ row, column }, last]] : [];
    }),
  );
}
