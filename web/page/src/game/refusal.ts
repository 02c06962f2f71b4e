/** What to say when the rules do not allow something. */
import { texts } from "../texts";
import { calledAt } from "./called";
import { type Cell, type Game, type Mark, nameOf, other } from "./words";

export function refusal(code: string, game: Game, mark: Mark, cell?: Cell): readonly [string, string] {
  const opponent = calledAt(game, other(mark));
  const said = texts.refusals[code]?.(opponent, cell === undefined ? "" : nameOf(cell));
  return said ?? texts.notPlayed.other;
}
