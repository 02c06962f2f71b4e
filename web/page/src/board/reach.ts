/** Which cell a finger means: what touches the edge of a small cell may mean its neighbour. */
import type { Cell, Rules } from "../game/words";

const EDGE = 0.12; // of a cell
const FINGER = 44; // pixels: cells from there up are played by one tap

type Point = { readonly clientX: number; readonly clientY: number };
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Whether cells are too small to be played by one tap. */
export function isSmall({ width }: Pick<Box, "width">, { columns }: Pick<Rules, "columns">): boolean {
  return width / columns < FINGER;
}

/** Give the cell that is meant: the one under the finger, or the one aimed at if it is as near as that. */
export function target(cell: Cell, point: Point, board: Box, rules: Rules, aimed: Cell | null): Cell {
  if (aimed === null || !isSmall(board, rules)) return cell;
  const x = ((point.clientX - board.left) / board.width) * rules.columns - aimed.column;
  const y = ((point.clientY - board.top) / board.height) * rules.rows - aimed.row;
  const isNear = [x, y].every((each) => each >= -EDGE && each <= 1 + EDGE);
  return isNear ? aimed : cell;
}

/** Give the cell so many rows down and columns right of another, or the last before the edge. */
export function nudged({ row, column }: Cell, down: number, right: number, { rows, columns }: Rules): Cell {
  return { row: within(row + down, rows), column: within(column + right, columns) };
}

function within(value: number, length: number): number {
  return Math.max(0, Math.min(length - 1, value));
}
