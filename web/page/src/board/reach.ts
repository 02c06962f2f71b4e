/** Which cell a finger means: what touches the edge of a small cell may mean its neighbour. */
import { type Cell, isDense, type Rules } from "../game/words";

const EDGE = 0.12; // of a cell
const FINGER = 44; // pixels: cells from there up are played by one tap

type Point = { readonly clientX: number; readonly clientY: number };
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Whether cells are too small to be played by one tap. */
export function isSmall({ width }: Pick<Box, "width">, { columns }: Rules): boolean {
  return width / columns < FINGER;
}

/** Give the cell that is meant; null: it cannot be told. */
export function target(cell: Cell, point: Point, board: Box, rules: Rules, aimed: Cell | null): Cell | null {
  if (!isDense(rules) || !isSmall(board, rules)) return cell;
  const x = ((point.clientX - board.left) / board.width) * rules.columns - cell.column;
  const y = ((point.clientY - board.top) / board.height) * rules.rows - cell.row;
  if (Math.min(x, y, 1 - x, 1 - y) >= EDGE) return cell;
  const isNear =
    aimed !== null && Math.abs(aimed.row - cell.row) <= 1 && Math.abs(aimed.column - cell.column) <= 1;
  return isNear ? aimed : null;
}
