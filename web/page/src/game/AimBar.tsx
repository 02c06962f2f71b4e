/** Under a board that is aimed at, on touch: place what is aimed at, or aim one cell further. */
import { nudged } from "../board/reach";
import { Icon } from "../parts/icons";
import { texts } from "../texts";
import type { Cell, Mark, Rules } from "./words";

const STEPS = [
  ["left", 0, -1],
  ["up", -1, 0],
  ["down", 1, 0],
  ["right", 0, 1],
] as const;

interface AimBarProps {
  rules: Rules;
  mark: Mark;
  aimed: Cell | null;
  /** why nothing can be placed now; the bar stays, so that nothing under it moves */
  waits: string | null;
  onAim: (cell: Cell) => void;
  onPlace: (cell: Cell) => void;
}

export function AimBar({ rules, mark, aimed, waits, onAim, onPlace }: AimBarProps) {
  const from = aimed ?? { row: rules.rows >> 1, column: rules.columns >> 1 };
  return (
    <div className="aimbar">
      <button
        type="button"
        className="btn main big"
        aria-disabled={aimed === null || undefined}
        onClick={() => aimed !== null && onPlace(aimed)}
      >
        {waits ?? (aimed === null ? texts.board.placeNone : texts.board.place(mark, aimed))}
      </button>
      <div className="nudge">
        {STEPS.map(([name, down, right]) => (
          <button
            key={name}
            type="button"
            className="btn square"
            aria-label={texts.board.aim[name]}
            aria-disabled={waits !== null || undefined}
            onClick={waits === null ? () => onAim(nudged(from, down, right, rules)) : undefined}
          >
            <Icon name={name} />
          </button>
        ))}
      </div>
    </div>
  );
}
