/** Opening a game, and going there. */
import { useState } from "react";
import { useClient } from "urql";
import { useLocation } from "wouter";
import { type CreateGameInput, CreateGameDocument, type Level, MakeMoveDocument, type PositionInput } from "../generated/graphql";
import { command } from "../game/command";
import { refusal } from "../game/refusal";
import { arriving } from "../game/useArrival";
import type { Cell } from "../game/words";
import { texts } from "../texts";
import { tell } from "../toasts";
import { isUp, wire } from "../wire/wire";
import type { Wish } from "./Setup";

export interface Starting {
  readonly busy: boolean;
  /** the first move, while it is on its way */
  readonly first: Cell | null;
  /** Open the game that is wished for; *first*: and move there, if it is one's turn. */
  start(wish: Wish, first?: Cell): void;
  /** Play the house from a position, with the mark that is to move. */
  startFrom(position: PositionInput, level: Level): void;
}

export function useStart(): Starting {
  const client = useClient();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [first, setFirst] = useState<Cell | null>(null);

  const open = async (input: CreateGameInput, first?: Cell) => {
    const { data } = await client.mutation(CreateGameDocument, { input }).toPromise();
    if (data === undefined) return tell(texts.notPlayed.other);
    const { createGame } = data;
    if (createGame.__typename !== "CreateGameSuccess") return tell(texts.refusals[createGame.code]?.("", "") ?? texts.notPlayed.other);
    const { id, status } = createGame.game;
    if (status === "PLAYING" && first !== undefined) {
      const { row, column } = first;
      const input = { gameId: id, row, column, commandId: crypto.randomUUID() };
      const { makeMove } = await command(client, id, MakeMoveDocument, { input });
      if (makeMove.__typename === "GameRejection") tell(refusal(makeMove.code, makeMove.game, "X", first));
    }
    navigate(`/game/${id}`, arriving(first));
  };
  const begin = (input: CreateGameInput, first?: Cell) => {
    if (!isUp(wire.get())) return tell(texts.notPlayed.needs, { warns: true });
    setBusy(true);
    setFirst(first ?? null);
    open(input, first)
      .catch(() => tell(texts.notPlayed.other))
      .finally(() => {
        setBusy(false);
        setFirst(null);
      });
  };
  return {
    busy,
    first,
    start: (wish, first) => begin(inputOf(wish), first),
    startFrom: (from, level) => begin({ from, opponent: "HOUSE", level, commandId: crypto.randomUUID() }),
  };
}

function inputOf({ opponent, level, rules, isOwn, mark, isLink }: Wish): CreateGameInput {
  const common = { rules, mark: isOwn ? mark : "X", commandId: crypto.randomUUID() } as const;
  switch (opponent) {
    case "HOUSE":
      return { ...common, opponent: "HOUSE", level };
    case "FRIEND":
      return { ...common, visibility: "PRIVATE" };
    case "ANYONE":
      return { ...common, visibility: isLink ? "LINK" : "PUBLIC" };
  }
}
