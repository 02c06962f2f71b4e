/** Where a line that won is struck through. */
import { expect, test } from "bun:test";
import { runs } from "../src/game/line";
import { movesOf } from "./game";

const cells = (...names: string[]) => movesOf(...names).map(({ row, column }) => ({ row, column }));

test("a line is struck through once, from end to end", () => {
  const [first, middle, last] = cells("c1", "b2", "a3");

  expect(runs([first!, middle!, last!], 3)).toEqual([[first!, last!]]);
});

test("two lines that meet are struck through both", () => {
  const found = runs(cells("a1", "b1", "c1", "a2", "a3"), 3);

  expect(found).toEqual([
    [{ row: 0, column: 0 }, { row: 0, column: 2 }],
    [{ row: 0, column: 0 }, { row: 2, column: 0 }],
  ]);
});

test("more in a row than is needed is one line", () => {
  const [first, , , last] = cells("a1", "b1", "c1", "d1");

  expect(runs(cells("a1", "b1", "c1", "d1"), 3)).toEqual([[first!, last!]]);
});

test("what is too short is not struck through", () => {
  expect(runs(cells("a1", "b1", "a2", "a3", "a4"), 4)).toEqual([[{ row: 0, column: 0 }, { row: 3, column: 0 }]]);
});
