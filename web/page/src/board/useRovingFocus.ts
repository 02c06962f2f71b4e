/** The keyboard on the board: Tab enters it once, arrows go through it. */
import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useState } from "react";
import type { Cell, Rules } from "../game/words";

export function useRovingFocus(
  grid: RefObject<HTMLElement | null>,
  { rows, columns }: Rules,
  onKey?: (key: string) => boolean,
) {
  const [cell, setCell] = useState<Cell>({ row: (rows - 1) >> 1, column: (columns - 1) >> 1 });
  const [isShown, setIsShown] = useState(false);

  const at = useCallback((cell: Cell) => setCell(cell), []);
  const go = (row: number, column: number) => {
    const next = { row: within(row, rows), column: within(column, columns) };
    setCell(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.row * columns + next.column}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    const { row, column } = cell;
    const steps: Record<string, () => void> = {
      ArrowLeft: () => go(row, column - 1),
      ArrowRight: () => go(row, column + 1),
      ArrowUp: () => go(row - 1, column),
      ArrowDown: () => go(row + 1, column),
      Home: () => go(event.ctrlKey ? 0 : row, 0),
      End: () => go(event.ctrlKey ? rows : row, columns),
      PageUp: () => go(0, column),
      PageDown: () => go(rows, column),
    };
    const step = steps[event.key];
    if (step !== undefined) step();
    else if (event.ctrlKey || onKey?.(event.key.toLowerCase()) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = ({ target }: FocusEvent) => {
    const index = Number((target as HTMLElement).dataset["cell"]);
    setCell({ row: Math.floor(index / columns), column: index % columns });
    setIsShown((target as HTMLElement).matches(":focus-visible"));
  };
  const onBlur = () => setIsShown(false);
  return { cell, shown: isShown ? cell : null, at, onKeyDown, onFocus, onBlur };
}

function within(value: number, length: number): number {
  return Math.max(0, Math.min(length - 1, value));
}
