/** The games that wait, or that are played, live. */
import { useEffect, useState } from "react";
import { useSubscription } from "urql";
import { type GameStatus, LobbyDocument } from "../generated/graphql";
import { changed, type Row, swept } from "./rows";

/** *held*: a pointer or the focus is on the list, so that nothing may go from it. */
export function useLobby(status: GameStatus, held: boolean): readonly Row[] | null {
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [{ data }] = useSubscription({ query: LobbyDocument, variables: { status } });
  useEffect(() => {
    if (data !== undefined) setRows((now) => changed(now, data.lobby, Date.now()));
  }, [data]);
  const gone = rows?.some(({ taken }) => taken !== null) ?? false;
  useEffect(() => {
    if (!gone || held) return;
    const timer = setInterval(() => setRows((now) => now && swept(now, Date.now())), 1_000);
    return () => clearInterval(timer);
  }, [gone, held]);
  return rows;
}
