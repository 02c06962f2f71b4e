/** After a cut: the moves that were missed, played one after the other. */
import { useCallback, useEffect, useRef, useState } from "react";
import { Store, useStore } from "../store";
import { wire } from "../wire/wire";
import { isPlayed, orders } from "./pace";
import type { Game } from "./words";

const STEP = 200;
const BADGES = 4_000;

/** Whether a game on this page is behind: the header's glyph shows it. */
export const catchingUp = new Store(false);

export interface CatchUp {
  /** how many moves are shown as the present */
  readonly present: number;
  /** the order of what was missed, by the number of the move */
  readonly missed: ReadonlyMap<number, number>;
  readonly catching: { readonly shown: number; readonly all: number } | null;
  /** how many moves were missed, just after */
  readonly caught: number | null;
  /** Show the present at once. */
  skip(): void;
  /** The player goes on: what comes now was not missed. */
  settle(): void;
}

const NOTHING: ReadonlyMap<number, number> = new Map();
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function useCatchUp({ moves }: Pick<Game, "moves">): CatchUp {
  const { state } = useStore(wire);
  const all = moves.length;
  const [from, setFrom] = useState<number | null>(null); // what was known when the wire was cut
  const [shown, setShown] = useState(all);
  const [caught, setCaught] = useState<number | null>(null);
  const latest = useRef(all);
  latest.current = all;

  const end = useCallback((missed: number) => {
    setCaught(missed);
    setFrom(null);
  }, []);

  useEffect(() => {
    if (state !== "lost") return;
    setFrom((now) => now ?? latest.current);
    setShown(latest.current);
    setCaught(null);
  }, [state]);

  const isBack = from !== null && (state === "back" || state === "live" || state === "slow");
  const missed = from === null ? 0 : all - from;
  const behind = isBack && missed > 0 && shown < all;

  useEffect(() => {
    if (!behind) return;
    if (!isPlayed(missed, { still: still.matches })) return setShown(all);
    const timer = setTimeout(() => setShown((now) => now + 1), STEP);
    return () => clearTimeout(timer);
  }, [behind, missed, shown, all]);

  // "Back" lasts a moment: what was missed has come by its end.
  useEffect(() => {
    if (isBack && state !== "back" && shown >= all && from !== null) end(all - from);
  }, [isBack, state, shown, all, from, end]);

  useEffect(() => {
    if (caught === null) return;
    const timer = setTimeout(() => setCaught(null), BADGES);
    return () => clearTimeout(timer);
  }, [caught]);

  const isCatching = behind && missed >= 2;
  useEffect(() => {
    catchingUp.set(isCatching);
    return () => catchingUp.set(false);
  }, [isCatching]);

  const present = from !== null && (!isBack || behind) ? Math.min(shown, all) : all;
  const known = from ?? (caught === null ? null : all - caught);
  return {
    present,
    missed: known === null || all <= known ? NOTHING : orders(known, all),
    catching: isCatching && from !== null ? { shown: shown - from, all: missed } : null,
    caught: from !== null && isBack && !behind && missed > 0 ? missed : caught,
    skip: () => setShown(all),
    settle: () => {
      setFrom(null);
      setCaught(null);
    },
  };
}
