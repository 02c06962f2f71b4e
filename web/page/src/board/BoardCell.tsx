/** One cell of the board. */
import { memo } from "react";
import type { Cell, Mark } from "../game/words";
import { texts } from "../texts";
import { CellMark } from "./marks";

export interface CellLook extends Cell {
  index: number;
  mark: Mark | null;
  /** of the move that stands here */
  number: number | null;
  pending: "sent" | "refused" | null;
  /** the viewer's mark, in what is pending */
  mine: Mark | null;
  last: boolean;
  won: boolean;
  dim: boolean;
  aimed: boolean;
  missed: number | null;
  word: string | null;
  good: boolean;
  erred: boolean;
}

interface CellProps extends CellLook {
  playable: boolean;
  dense: boolean;
  ghost: Mark | null;
  hovered: boolean;
  tabbable: boolean;
  onPress: (cell: Cell, event: React.MouseEvent) => void;
}

const CORNERS = "M2 16V2H16M84 2H98V16M98 84V98H84M16 98H2V84";

export const BoardCell = memo(function BoardCell(cell: CellProps) {
  const { row, column, index, mark, pending, mine, ghost, onPress } = cell;
  const classes = [
    "cell",
    mark !== null && `taken by-${mark.toLowerCase()}`,
    pending,
    cell.hovered && "hover",
    cell.aimed && mark === null && "aim",
    cell.last && "last",
    cell.won && "win",
    cell.dim && "dim",
    cell.erred && "erred",
  ];
  return (
    <button
      type="button"
      role="gridcell"
      className={classes.filter(Boolean).join(" ")}
      data-cell={index}
      aria-colindex={column + 1}
      aria-label={texts.board.cell(cell)}
      aria-disabled={cell.playable ? undefined : true}
      tabIndex={cell.tabbable ? 0 : -1}
      onClick={(event) => onPress({ row, column }, event)}
    >
      {mark !== null && <CellMark mark={mark} />}
      {mark === null && pending !== null && mine !== null && <CellMark mark={mine} />}
      {mark === null && pending === null && ghost !== null && <CellMark mark={ghost} ghost />}
      {cell.word !== null && mark === null && <span className={cell.good ? "say good" : "say"}>{cell.word}</span>}
      {cell.missed !== null && <b className="ord">{cell.missed}</b>}
      {cell.last && !cell.dense && (
        <svg className="tick" viewBox="0 0 100 100" aria-hidden="true">
          <path d={CORNERS} />
        </svg>
      )}
    </button>
  );
});
