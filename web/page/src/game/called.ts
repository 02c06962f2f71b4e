/** What players are called on this page. */
import { texts } from "../texts";
import { type Game, type Mark, type Player, playerOf } from "./words";

export function calledOf(player: Player | undefined): string {
  return player === undefined || player.kind === "HOUSE" ? texts.theHouse : player.username;
}

export function calledAt(game: Game, mark: Mark): string {
  return calledOf(playerOf(game, mark));
}
