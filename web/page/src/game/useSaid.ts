/** What is said of a game while it goes on: moves, turns, its end, and the connection. */
import { useEffect, useRef } from "react";
import { alarm, say } from "../announce";
import { tick } from "../sound";
import { useStore } from "../store";
import { texts } from "../texts";
import { wire } from "../wire/wire";
import { endingOf } from "./ending";
import { calledAt } from "./called";
import { type Game, type Mark } from "./words";

export function useSaid(game: Game, mine: Mark | null, present: number): void {
  const { state } = useStore(wire);
  const before = useRef({ moves: present, status: game.status });

  useEffect(() => {
    const { moves, status } = before.current;
    before.current = { moves: present, status: game.status };
    const last = game.moves[present - 1];
    if (last !== undefined && present > moves) tick(last.mark);
    if (status !== game.status && (game.status === "FINISHED" || game.status === "CANCELLED")) {
      return alarm(endingOf(game, mine).join(" "));
    }
    const next = mine !== null && game.turn === mine && present === game.moves.length;
    const yourTurn = next && texts.said.yourTurn;
    if (present < moves) say([texts.said.takenBack(moves - present), yourTurn].filter(Boolean).join(" "));
    if (last === undefined || present <= moves) return;
    say([texts.said.move(last.mark, last), yourTurn].filter(Boolean).join(" "));
  }, [game, mine, present]);

  useEffect(() => {
    if (state === "lost") alarm(texts.wire.lostAlert);
  }, [state]);

  const title = titleOf(game, mine);
  useEffect(() => {
    document.title = texts.title(title);
  }, [title]);
}

export function titleOf(game: Game, mine: Mark | null): string {
  if (game.status === "WAITING") return texts.waiting.heading;
  if (game.status !== "PLAYING") return endingOf(game, mine)[0];
  if (game.turn === mine) return texts.game.yourTurnShort;
  return game.turn === null ? texts.game.aside : texts.game.theirTurn(calledAt(game, game.turn));
}
