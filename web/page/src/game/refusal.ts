/** What to say when the rules do not allow something. */
import { texts } from "../texts";
import { type Cell, type Game, type Mark, nameOf, other, seatOf } from "./words";

export function refusal(code: string, game: Game, mark: Mark, cell?: Cell): readonly [string, string] {
  const opponent = seatOf(game, other(mark))?.player.username ?? texts.theHouse;
  const said = texts.refusals[code]?.(opponent, cell === undefined ? "" : nameOf(cell));
  return said ?? texts.notPlayed.other;
}
