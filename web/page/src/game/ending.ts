/** How a game ended, in words. */
import { texts } from "../texts";
import { type Game, type Mark, other, seatOf } from "./words";

/** What is said large, and what is said small beside it. */
export function endingOf(game: Game, mine: Mark | null): readonly [string, string] {
  const { winner, ending, winningLine } = game;
  if (game.status === "CANCELLED") return [texts.over.cancelled, ""];
  if (winner === null) return [texts.over.drawFull, texts.over.drawFullText];
  const name = (mark: Mark) => seatOf(game, mark)?.player.username ?? texts.theHouse;
  if (ending === "RESIGNATION") {
    if (winner !== mine && mine !== null) return [texts.over.youResigned, texts.over.wins(name(winner))];
    return [texts.over.theyResigned(name(other(winner)), winner === mine), mine === null ? texts.over.wins(name(winner)) : ""];
  }
  const title = winner === mine ? texts.over.youWin : texts.over.wins(name(winner));
  return [title, texts.over.inARow(winningLine ?? [])];
}
