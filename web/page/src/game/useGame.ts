/** A game, followed: the newest version that the cache has, whoever brought it. */
import { useRef } from "react";
import { useQuery, useSubscription } from "urql";
import { GameDocument, GameEventsDocument, type GameEventsSubscription, type GameQuery } from "../generated/graphql";
import type { Game } from "./words";

export type GameEvent = GameEventsSubscription["gameEvents"];

export interface Followed {
  readonly game: GameQuery["game"];
  /** the last thing that happened, since it is followed */
  readonly event: GameEvent | null;
  /** There is no such game, or it is not for us. */
  readonly missing: boolean;
}

/** *invite*: what a private game is shown for. */
export function useGame(gameId: string, invite: string | null = null): Followed {
  const [{ data, error, fetching }] = useQuery({
    query: GameDocument,
    variables: { gameId, invite },
    requestPolicy: "cache-and-network",
  });
  const game = data?.game ?? null;
  const event = useEvents(game, invite);
  return { game, event, missing: !fetching && (data?.game === null || (game === null && error !== undefined)) };
}

/**
 * Follow a game from the version that it is known at first. The cache takes what comes, so that
 * whoever asks for the game has the newest; the last event is given to who does not ask.
 */
export function useEvents(game: Game | null, invite: string | null = null): GameEvent | null {
  const from = useRef<Game | null>(null);
  if (game !== null && from.current?.id !== game.id) from.current = game;
  const [{ data }] = useSubscription({
    query: GameEventsDocument,
    variables: { gameId: from.current?.id ?? "", after: from.current?.version ?? 0, stay: true, invite },
    pause: from.current === null || from.current.status === "CANCELLED",
  });
  return data?.gameEvents ?? null;
}
