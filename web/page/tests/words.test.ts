/** The words of the game: cells by name, turns, offers. */
import { expect, test } from "bun:test";
import { areAllowed } from "../src/game/presets";
import { isDense, isOffered, markOf, nameOf, toMove } from "../src/game/words";
import { gameOf } from "./game";

test.each([
  ["a1", 0, 0],
  ["b1", 0, 1],
  ["s19", 18, 18],
])("%s is the cell of row %d and column %d, from 0", (name, row, column) => {
  expect(nameOf({ row, column })).toBe(name);
});

test("X moves first, and then each in turn", () => {
  expect([0, 1, 2, 3].map(toMove)).toEqual(["X", "O", "X", "O"]);
});

test("a player has a mark, and others have none", () => {
  expect([markOf(gameOf(), "bob"), markOf(gameOf(), "eve"), markOf(gameOf(), undefined)]).toEqual(["O", null, null]);
});

test("an offer is that of a kind and a mark", () => {
  const game = gameOf({ offers: [{ kind: "TAKEBACK", mark: "O" }] });

  expect(isOffered(game, "TAKEBACK", "O")).toBe(true);
  expect(isOffered(game, "TAKEBACK", "X")).toBe(false);
  expect(isOffered(game, "DRAW", "O")).toBe(false);
  expect(isOffered(game, "TAKEBACK", null)).toBe(false);
});

test("boards are dense from seven cells a side on", () => {
  expect(isDense({ rows: 6, columns: 6 })).toBe(false);
  expect(isDense({ rows: 3, columns: 7 })).toBe(true);
});

test.each([
  [{ rows: 3, columns: 3, line: 3 }, true],
  [{ rows: 3, columns: 5, line: 5 }, true],
  [{ rows: 4, columns: 4, line: 5 }, false],
  [{ rows: 20, columns: 3, line: 3 }, false],
  [{ rows: Number.NaN, columns: 3, line: 3 }, false],
  [{ rows: 3, columns: 3, line: 2 }, false],
])("whether %o can be played", (rules, allowed) => {
  expect(areAllowed(rules)).toBe(allowed);
});
