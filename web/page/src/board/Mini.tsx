/** A board in miniature: a game that is on, or what rules look like. */
import { isDense, type Move, type Rules } from "../game/words";

const EDGE = 2;
const WIDTH = 96;

/** The marks of a game. */
export function Mini({ rules, moves }: { rules: Rules; moves: readonly Move[] }) {
  const dense = isDense(rules);
  return <Drawn {...rules} dense={dense} faint={dense} moves={moves} stroke={dense ? 0.2 : 0.13} />;
}

/** What rules look like: a line that wins, on a board that is larger or smaller. */
export function RulesIcon({ rules }: { rules: Rules }) {
  const size = Math.max(rules.rows, rules.columns);
  const shown = size <= 4 ? size : size < 7 ? 5 : size < 12 ? 6 : 8;
  const line = Math.min(rules.line, shown);
  const margin = Math.floor((shown - line) / 2);
  const moves = Array.from({ length: line }, (_, step) => ({
    mark: "X" as const,
    row: shown - 1 - margin - step,
    column: margin + step,
  }));
  return <Drawn rows={shown} columns={shown} dense={size >= 7} moves={moves} stroke={0.16} icon />;
}

export function OwnIcon() {
  return (
    <svg className="mini own" viewBox="0 0 100 100" aria-hidden="true">
      <path className="l" d="M50 30V70M30 50H70" />
      <rect className="l" x="4" y="4" width="92" height="92" rx="18" strokeDasharray="5 6" />
    </svg>
  );
}

interface Drawing {
  rows: number;
  columns: number;
  dense: boolean;
  moves: readonly Move[];
  /** of a mark, in cells */
  stroke: number;
  faint?: boolean;
  icon?: boolean;
}

function Drawn({ rows, columns, dense, moves, stroke, faint = false, icon = false }: Drawing) {
  const cell = WIDTH / Math.max(rows, columns);
  const wide = EDGE + columns * cell;
  const high = EDGE + rows * cell;
  const span = cell * 0.27;
  const inner = dense ? 0 : 1;
  return (
    <svg className={icon ? "mini ic" : "mini"} viewBox="0 0 100 100" aria-hidden="true">
      <path
        className={faint ? "l f" : "l"}
        d={[
          ...ticks(columns, inner).map((at) => `M${EDGE + at * cell} ${EDGE}V${high}`),
          ...ticks(rows, inner).map((at) => `M${EDGE} ${EDGE + at * cell}H${wide}`),
        ].join("")}
      />
      {moves.map(({ mark, row, column }) => {
        const [x, y] = [EDGE + (column + 0.5) * cell, EDGE + (row + 0.5) * cell];
        const key = `${row},${column}`;
        return mark === "X" ? (
          <path
            key={key}
            className="mx"
            strokeWidth={stroke * cell}
            d={`M${x - span} ${y - span}l${2 * span} ${2 * span}m0 ${-2 * span}l${-2 * span} ${2 * span}`}
          />
        ) : (
          <circle key={key} className="mo" strokeWidth={stroke * cell} cx={x} cy={y} r={cell * 0.29} />
        );
      })}
    </svg>
  );
}

/** Where lines are: between the cells, and around them too from *inner* 0. */
function ticks(cells: number, inner: 0 | 1): number[] {
  return Array.from({ length: cells + 1 - 2 * inner }, (_, each) => each + inner);
}
