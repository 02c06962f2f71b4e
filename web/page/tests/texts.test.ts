/** What the page says: times, cells, names, endings, refusals. */
import { expect, test } from "bun:test";
import { endingOf } from "../src/game/ending";
import { refusal } from "../src/game/refusal";
import { initials } from "../src/session/names";
import { texts } from "../src/texts";
import { gameOf, movesOf } from "./game";

test.each([
  [-1, "0 s"],
  [999, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_999, "59 min"],
  [3_600_000, "1 h"],
  [86_400_000, "1 day"],
  [200_000_000, "2 days"],
])("%d milliseconds are %s", (milliseconds, said) => {
  expect(texts.span(milliseconds)).toBe(said);
});

test.each([
  ["quiet_otter", "QO"],
  ["Quiet Otter", "QO"],
  ["ann", "AN"],
  ["x", "X"],
])("the initials of %s are %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

const LOOK = { last: false, won: false, aimed: false, pending: null, mine: null, word: null, good: false, erred: false };

test("a cell is told by its name and by what is in it", () => {
  const [empty] = movesOf("b1");
  const free = { ...LOOK, ...empty!, mark: null, number: null };

  expect(texts.board.cell(free)).toBe("b1, empty");
  expect(texts.board.cell({ ...free, aimed: true })).toBe("b1, empty, aimed at");
  expect(texts.board.cell({ ...free, pending: "sent", mine: "X" })).toBe("b1, X, sent");
  expect(texts.board.cell({ ...free, mark: "O", number: 4, last: true })).toBe("b1, O, move 4, last move");
});

test("an end is told to the winner, to the loser and to who watches", () => {
  const moves = movesOf("a1", "b2", "b1", "c3", "c1");
  const [first, , second, , third] = moves;
  const winningLine = [first!, second!, third!];
  const game = gameOf({ status: "FINISHED", winner: "X", ending: "LINE", turn: null, moves, winningLine });

  expect(endingOf(game, "X")).toEqual(["You win.", "a1, b1, c1 in a row."]);
  expect(endingOf(game, "O")).toEqual(["ann wins.", "a1, b1, c1 in a row."]);
  expect(endingOf(game, null)).toEqual(["ann wins.", "a1, b1, c1 in a row."]);
});

test("who resigned is told who wins", () => {
  const game = gameOf({ status: "FINISHED", winner: "X", ending: "RESIGNATION", turn: null });

  expect(endingOf(game, "O")).toEqual(["You resigned.", "ann wins."]);
  expect(endingOf(game, "X")).toEqual(["bob resigned. You win.", ""]);
});

test("a refusal is told by its code, and one that is not known in general", () => {
  const [cell] = movesOf("b1");

  expect(refusal("CELL_TAKEN", gameOf(), "X", cell)).toEqual(["b1 is taken.", "Your turn goes on."]);
  expect(refusal("NOT_YOUR_TURN", gameOf(), "X")).toEqual(["Not your turn yet.", "bob is to move."]);
  expect(refusal("SOMETHING_NEW", gameOf(), "X")).toEqual(["That did not work.", "Try again."]);
});
