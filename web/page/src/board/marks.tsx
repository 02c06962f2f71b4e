/** The two marks, drawn. */
import type { Mark } from "../game/words";

const CROSS = "M22 22 78 78M78 22 22 78";

function shape(mark: Mark) {
  return mark === "X" ? <path d={CROSS} /> : <circle cx="50" cy="50" r="30" />;
}

/** A mark in a line of text. */
export function SmallMark({ mark }: { mark: Mark }) {
  return (
    <svg className={`mk ${mark.toLowerCase()}`} viewBox="0 0 100 100" aria-hidden="true">
      {shape(mark)}
    </svg>
  );
}

/** A mark in a cell: in pencil, sent, or in ink. */
export function CellMark({ mark, ghost = false }: { mark: Mark; ghost?: boolean }) {
  return (
    <svg className={`m ${mark.toLowerCase()}${ghost ? " ghost" : ""}`} viewBox="0 0 100 100" aria-hidden="true">
      {shape(mark)}
    </svg>
  );
}
