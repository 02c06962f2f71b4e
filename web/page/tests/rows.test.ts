/** The rows of the lobby, folded. */
import { expect, test } from "bun:test";
import { changed, type News, type Row, swept } from "../src/screens/rows";
import { gameOf } from "./game";

const game = (id: string, minute = 0) => gameOf({ id, createdAt: `2026-01-01T00:${String(minute).padStart(2, "0")}:00Z` });
const news = (parts: Partial<News>): News => ({ snapshot: false, listed: [], unlisted: [], ...parts });
const ids = (rows: readonly Row[]) => rows.map((row) => row.game.id);

const FIRST = changed(null, news({ snapshot: true, listed: [game("b", 2), game("a", 1)] }), 0);

test("at first all are there, the oldest first, and none is new", () => {
  expect(ids(FIRST)).toEqual(["a", "b"]);
  expect(FIRST.some(({ isNew }) => isNew)).toBe(false);
});

test("what comes is at the end, though it is older, and is new", () => {
  const rows = changed(FIRST, news({ listed: [game("c", 0)] }), 0);

  expect(ids(rows)).toEqual(["a", "b", "c"]);
  expect(rows.map(({ isNew }) => isNew)).toEqual([false, false, true]);
});

test("what is listed twice is there once", () => {
  expect(ids(changed(FIRST, news({ listed: [game("a", 1)] }), 0))).toEqual(["a", "b"]);
});

test("what is taken stays in its place for five seconds", () => {
  const rows = changed(FIRST, news({ unlisted: [{ id: "a" }] }), 1_000);

  expect(rows.map(({ taken }) => taken)).toEqual([1_000, null]);
  expect(ids(swept(rows, 5_999))).toEqual(["a", "b"]);
  expect(ids(swept(rows, 6_000))).toEqual(["b"]);
});

test("what was taken first counts, and nothing to sweep is the same list", () => {
  const once = changed(FIRST, news({ unlisted: [{ id: "a" }] }), 1_000);

  expect(changed(once, news({ unlisted: [{ id: "a" }] }), 2_000)[0]?.taken).toBe(1_000);
  expect(swept(FIRST, 9_000)).toBe(FIRST);
});

test("after a reconnection the lobby begins anew", () => {
  const taken = changed(FIRST, news({ unlisted: [{ id: "a" }] }), 0);

  expect(ids(changed(taken, news({ snapshot: true, listed: [game("d")] }), 0))).toEqual(["d"]);
});
