/** Looking back: the position that is shown, if it is not the present one. It is in the address. */
import { useCallback } from "react";
import { useSearchParams } from "wouter";

export interface LookBack {
  /** after how many moves; null: now */
  readonly move: number | null;
  /** from 0 to the present number of moves, which is now */
  go(move: number): void;
}

export function useLookBack(present: number): LookBack {
  const [parameters, setParameters] = useSearchParams();
  const asked = Number(parameters.get("move") ?? Number.NaN);
  const move = Number.isInteger(asked) && asked >= 0 && asked < present ? asked : null;
  const go = useCallback(
    (move: number) => {
      const next = Math.max(0, move);
      setParameters(next >= present ? {} : { move: `${next}` }, { replace: true });
    },
    [present, setParameters],
  );
  return { move, go };
}
