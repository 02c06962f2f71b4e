/** The row and the column of the cell that is aimed at. */
import type { CSSProperties } from "react";
import type { Cell, Rules } from "../game/words";

export function Cross({ rules, cell }: { rules: Rules; cell: Cell }) {
  const place = {
    "--top": `${(cell.row * 100) / rules.rows}%`,
    "--left": `${(cell.column * 100) / rules.columns}%`,
  } as CSSProperties;
  return (
    <>
      <i className="cross across" style={place} />
      <i className="cross down" style={place} />
    </>
  );
}
