/** A game, followed: the newest version that the cache has, whoever brought it. */
import { useRef } from "react";
import { useQuery, useSubscription } from "urql";
import { GameDocument, GameEventsDocument } from "../generated/graphql";
import type { Game } from "./words";

export interface Followed {
  readonly game: Game | null;
  /** There is no such game, or it is not for us. */
  readonly missing: boolean;
}

export function useGame(gameId: string): Followed {
  const [{ data, fetching }] = useQuery({
    query: GameDocument,
    variables: { gameId },
    requestPolicy: "cache-and-network",
  });
  const game = data?.game ?? null;
  useEvents(game);
  return { game, missing: data?.game === null && !fetching };
}

/** Follow a game from the version that it is known at first; the cache takes what comes. */
function useEvents(game: Game | null): void {
  const from = useRef<Game | null>(null);
  if (game !== null && from.current?.id !== game.id) from.current = game;
  const over = from.current?.status === "FINISHED" || from.current?.status === "CANCELLED";
  useSubscription({
    query: GameEventsDocument,
    variables: { gameId: from.current?.id ?? "", after: from.current?.version ?? 0 },
    pause: from.current === null || over,
  });
}
