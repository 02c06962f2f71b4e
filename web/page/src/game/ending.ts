/** How a game ended, in words. */
import { texts } from "../texts";
import { calledAt } from "./called";
import { type Game, type Mark, other } from "./words";

/** What is said large, and what is said small beside it. */
export function endingOf(game: Game, mine: Mark | null): readonly [string, string] {
  const { winner, ending, winningLine } = game;
  if (game.status === "CANCELLED" || ending === "ABORTED") return [texts.over.cancelled, ""];
  if (ending === "AGREEMENT") return [texts.over.drawAgreed, ""];
  if (winner == null) return [texts.over.drawFull, texts.over.drawFullText];
  const name = calledAt(game, winner);
  if (ending === "RESIGNATION") {
    if (mine !== null && winner !== mine) return [texts.over.youResigned, texts.over.wins(name)];
    return [texts.over.theyResigned(calledAt(game, other(winner)), winner === mine), mine === null ? texts.over.wins(name) : ""];
  }
  const title = winner === mine ? texts.over.youWin : texts.over.wins(name);
  return [title, texts.over.inARow(winningLine ?? [])];
}
