/** The viewer's games: those that are on, live, and those that are over. */
import { useEffect, useState } from "react";
import { useQuery, useSubscription } from "urql";
import { MyFinishedGamesDocument, MyGamesDocument } from "../generated/graphql";
import type { Game } from "../game/words";

/** The games that wait or are played, each as it is now. */
export function useGamesNow(): readonly Game[] | null {
  const [games, setGames] = useState<readonly Game[] | null>(null);
  const [{ data }] = useSubscription({ query: MyGamesDocument });
  useEffect(() => {
    if (data === undefined) return;
    const { snapshot, games: changed, gone } = data.myGames;
    const left = new Set([...changed, ...gone].map(({ id }) => id));
    setGames((now) => [...changed, ...(snapshot ? [] : (now ?? []).filter(({ id }) => !left.has(id)))]);
  }, [data]);
  return games;
}

export interface FinishedGames {
  readonly games: readonly Game[] | null;
  /** Ask for older ones; null: there are none. */
  readonly more: (() => void) | null;
}

export function useFinishedGames(): FinishedGames {
  const [after, setAfter] = useState<string | null>(null);
  const [known, setKnown] = useState<readonly Game[]>([]);
  const [{ data }] = useQuery({
    query: MyFinishedGamesDocument,
    variables: { after },
    requestPolicy: "cache-and-network",
  });
  const page = data?.me?.games;
  if (page === undefined) return { games: known.length === 0 ? null : known, more: null };
  const games = [...known, ...page.edges.map(({ node }) => node).filter(({ id }) => known.every((each) => each.id !== id))];
  const { hasNextPage, endCursor } = page.pageInfo;
  const more = () => {
    setKnown(games);
    setAfter(endCursor ?? null);
  };
  return { games, more: hasNextPage ? more : null };
}
