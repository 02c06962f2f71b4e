/** Opening a game, and going there. */
import { useState } from "react";
import { useClient } from "urql";
import { useLocation } from "wouter";
import { CreateGameDocument, MakeMoveDocument } from "../generated/graphql";
import { command } from "../game/command";
import type { Cell } from "../game/words";
import { texts } from "../texts";
import { tell } from "../toasts";
import { isUp, wire } from "../wire/wire";
import type { Wish } from "./Setup";

export interface Starting {
  readonly busy: boolean;
  /** Open the game that is wished for; *first*: and move there, if it is one's turn. */
  start(wish: Wish, first?: Cell): void;
}

export function useStart(): Starting {
  const client = useClient();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);

  const open = async ({ rules, isOwn, mark }: Wish, first?: Cell) => {
    const input = { rules, mark: isOwn ? mark : "X", commandId: crypto.randomUUID() } as const;
    const { data } = await client.mutation(CreateGameDocument, { input }).toPromise();
    if (data?.createGame.__typename !== "CreateGameSuccess") return tell(texts.notPlayed.other);
    const { id, turn } = data.createGame.game;
    navigate(`/game/${id}`);
    if (first === undefined || turn !== "X") return;
    const { row, column } = first;
    await command(client, id, MakeMoveDocument, { input: { gameId: id, row, column, commandId: crypto.randomUUID() } });
  };
  const start = (wish: Wish, first?: Cell) => {
    if (!isUp(wire.get())) return tell(texts.notPlayed.needs, { warns: true });
    setBusy(true);
    open(wish, first)
      .catch(() => tell(texts.notPlayed.other))
      .finally(() => setBusy(false));
  };
  return { busy, start };
}
