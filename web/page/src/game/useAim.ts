/** Where a finger aims before it plays: where cells are small, or as the player has chosen. */
import { type RefObject, useLayoutEffect, useState } from "react";
import { isSmall } from "../board/reach";
import { useStore } from "../store";
import { confirms } from "../touch";
import { type Cell, isDense, type Rules } from "./words";

export interface Aim {
  /** Whether a tap aims, and another plays. */
  readonly isAsked: boolean;
  readonly aimed: Cell | null;
  at(cell: Cell | null): void;
}

export function useAim(board: RefObject<HTMLElement | null>, rules: Rules): Aim {
  const chosen = useStore(confirms);
  const [small, setSmall] = useState(isDense(rules));
  const [aimed, at] = useState<Cell | null>(null);
  useLayoutEffect(() => {
    const grid = board.current?.querySelector(".grid");
    if (grid == null) return;
    const measure = () => setSmall(isSmall(grid.getBoundingClientRect(), rules));
    const observer = new ResizeObserver(measure);
    observer.observe(grid);
    measure(); // before anything is drawn
    return () => observer.disconnect();
  }, [board, rules]);
  const isAsked = chosen === "ALWAYS" || (chosen === "SMALL" && small);
  return { isAsked, aimed: isAsked ? aimed : null, at };
}
