/** Which of two versions of a game the cache keeps under its id. */
import { expect, test } from "bun:test";
import { gameKeys } from "../src/wire/cache";

test("an older version of a game does not take the place of a newer one", () => {
  const key = gameKeys();

  expect(key({ id: "game", version: 3 })).toBe("game");
  expect(key({ id: "game", version: 2 })).toBe("game@2");
  expect(key({ id: "game", version: 3 })).toBe("game");
  expect(key({ id: "game", version: 4 })).toBe("game");
});

test("games do not mind each other, nor one whose version was not asked for", () => {
  const key = gameKeys();
  key({ id: "one", version: 9 });

  expect(key({ id: "another", version: 1 })).toBe("another");
  expect(key({ id: "new" })).toBe("new");
});
