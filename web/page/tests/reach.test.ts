/** Which cell a finger means. */
import { expect, test } from "bun:test";
import { isSmall, nudged, target } from "../src/board/reach";

const RULES = { rows: 15, columns: 15, line: 5 };
const BOARD = { left: 10, top: 100, width: 360, height: 360 }; // cells of 24 pixels

/** A point in the cell of a row and a column, in parts of that cell. */
function point(row: number, column: number, down = 0.5, right = 0.5) {
  return { clientX: BOARD.left + (column + right) * 24, clientY: BOARD.top + (row + down) * 24 };
}

test("cells are small if they are narrower than a fingertip", () => {
  expect(isSmall({ width: 360 }, { columns: 15 })).toBe(true);
  expect(isSmall({ width: 360 }, { columns: 8 })).toBe(false);
});

test("the cell under the finger is meant if nothing is aimed at, at its edge too", () => {
  const cell = { row: 7, column: 7 };

  expect(target(cell, point(7, 7, 0.5, 0.01), BOARD, RULES, null)).toEqual(cell);
});

test.each([
  ["its left edge", point(7, 7, 0.5, 0.05), { row: 7, column: 6 }],
  ["its middle", point(7, 7), { row: 7, column: 7 }],
  ["its other edge", point(7, 7, 0.5, 0.95), { row: 7, column: 7 }],
])("beside what is aimed at, %s", (_, touched, meant) => {
  const aimed = { row: 7, column: 6 };

  expect(target({ row: 7, column: 7 }, touched, BOARD, RULES, aimed)).toEqual(meant);
});

test("a corner is near to what is aimed at on the slant", () => {
  const aimed = { row: 6, column: 6 };

  expect(target({ row: 7, column: 7 }, point(7, 7, 0.1, 0.1), BOARD, RULES, aimed)).toEqual(aimed);
});

test("large cells have no edge", () => {
  const [cell, aimed] = [{ row: 0, column: 1 }, { row: 0, column: 0 }];
  const rules = { rows: 3, columns: 3, line: 3 };

  expect(target(cell, { clientX: 131, clientY: 150 }, BOARD, rules, aimed)).toEqual(cell);
});

test("an aim is moved by one, and stays on the board", () => {
  expect(nudged({ row: 3, column: 3 }, -1, 0, RULES)).toEqual({ row: 2, column: 3 });
  expect(nudged({ row: 14, column: 0 }, 1, -1, RULES)).toEqual({ row: 14, column: 0 });
});
