/** How what was missed is shown. */
import { expect, test } from "bun:test";
import { isPlayed, orders } from "../src/game/pace";

test.each([
  [1, false],
  [2, true],
  [12, true],
  [13, false],
])("whether %d missed moves are played one after the other", (missed, played) => {
  expect(isPlayed(missed, { still: false })).toBe(played);
});

test("nothing is played to who wants nothing to move", () => {
  expect(isPlayed(5, { still: true })).toBe(false);
});

test("what was missed is numbered from one", () => {
  expect([...orders(3, 5)]).toEqual([
    [4, 1],
    [5, 2],
  ]);
});

test("nothing is numbered if moves were taken back meanwhile", () => {
  expect(orders(5, 3).size).toBe(0);
});
