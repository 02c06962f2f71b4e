/** The lines of a board: "#" without a frame where cells are large, a full grid where they are small. */
import { runs } from "../game/line";
import { type Cell, isDense, type Mark, type Rules } from "../game/words";

const SHORT = 2; // lines of a "#" end before the edge

export function Lines({ rules }: { rules: Rules }) {
  const { rows, columns } = rules;
  const dense = isDense(rules);
  const from = dense ? 0 : 1;
  const [start, end] = dense ? [0, 100] : [SHORT, 100 - SHORT];
  const down = between(columns, from).map((x) => <line key={x} x1={x} y1={start} x2={x} y2={end} />);
  const across = between(rows, from).map((y) => <line key={y} x1={start} y1={y} x2={end} y2={y} />);
  return (
    <svg className="lines" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <g>{down}</g>
      <g>{across}</g>
    </svg>
  );
}

function between(cells: number, from: number): number[] {
  return Array.from({ length: cells + 1 - 2 * from }, (_, each) => ((each + from) * 100) / cells);
}

const BEYOND = 0.255; // of a cell, past the centre of the last

/** The line through the cells that won. */
export function Strike({ rules, line, winner }: { rules: Rules; line: readonly Cell[]; winner: Mark }) {
  const x = (column: number) => ((column + 0.5) * 100) / rules.columns;
  const y = (row: number) => ((row + 0.5) * 100) / rules.rows;
  return (
    <svg className={`strike ${winner.toLowerCase()}`} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {runs(line, rules.line).map(([first, last]) => {
        const [dx, dy] = [Math.sign(last.column - first.column), Math.sign(last.row - first.row)];
        return (
          <line
            key={`${first.row},${first.column},${last.row},${last.column}`}
           
            x1={x(first.column - dx * BEYOND)}
            y1={y(first.row - dy * BEYOND)}
            x2={x(last.column + dx * BEYOND)}
            y2={y(last.row + dy * BEYOND)}
          />
        );
      })}
    </svg>
  );
}
