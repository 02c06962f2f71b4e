/** Who is here: to be subscribed is to be here oneself, and to be away while the page is hidden. */
import { useSyncExternalStore } from "react";
import { useSubscription } from "urql";
import { GamePresenceDocument, type GamePresenceSubscription } from "../generated/graphql";

export type Presence = GamePresenceSubscription["gamePresence"];

export function usePresence(gameId: string, invite: string | null = null): Presence | null {
  const attention = useSyncExternalStore(watchHidden, isHidden) ? "AWAY" : "HERE";
  const [{ data }] = useSubscription({ query: GamePresenceDocument, variables: { gameId, attention, invite } });
  return data?.gamePresence ?? null;
}

const isHidden = () => document.hidden;

function watchHidden(watcher: () => void): () => void {
  document.addEventListener("visibilitychange", watcher);
  return () => document.removeEventListener("visibilitychange", watcher);
}
