/** The board: a grid of buttons, 3×3 to 19×19, for mouse, touch, keyboard and screen reader. */
import { type CSSProperties, type PointerEvent, useCallback, useMemo, useRef, useState } from "react";
import { type Cell, isDense, isSame, type Mark, type Move, type Rules } from "../game/words";
import { BoardCell, type CellLook } from "./BoardCell";
import { Cross } from "./Cross";
import { Lines, Strike } from "./Lines";
import { target } from "./reach";
import { useRovingFocus } from "./useRovingFocus";

/** How a cell was pressed: small cells are aimed at first on touch. */
export type How = "keys" | "mouse" | "touch";

export interface BoardProps {
  rules: Rules;
  /** what stands on it */
  moves: readonly Move[];
  label: string;
  /** the mark that a press places; null: nothing can be placed now */
  placing?: Mark | null;
  onPress?: (cell: Cell, how: How) => void;
  /** a letter was typed while the board had the focus; whether it meant something */
  onKey?: (key: string) => boolean;
  aimed?: Cell | null;
  sent?: Cell | null;
  /** what was refused just now fades away */
  refused?: Cell | null;
  line?: readonly Cell[] | null;
  winner?: Mark | null;
  /** the order of the moves that were missed, by the number of the move */
  missed?: ReadonlyMap<number, number>;
  /** words in free cells, by `row,column` */
  says?: ReadonlyMap<string, { word: string; good: boolean }> | undefined;
  erred?: Cell | null;
  paused?: boolean;
  done?: boolean;
}

export function Board(props: BoardProps) {
  const { rules, placing = null, onPress, onKey, aimed = null } = props;
  const dense = isDense(rules);
  const [hovered, setHovered] = useState<Cell | null>(null);
  const pointer = useRef<How>("mouse");
  const grid = useRef<HTMLDivElement>(null);
  const focus = useRovingFocus(grid, rules, onKey);
  const looks = useMemo(() => looksOf(props), [props]);
  const pencilled = placing === null ? null : (hovered ?? focus.shown);

  const press = useCallback(
    (cell: Cell, event: { detail: number; clientX: number; clientY: number }) => {
      const how = event.detail === 0 ? "keys" : pointer.current;
      focus.at(cell);
      const rect = grid.current?.getBoundingClientRect();
      onPress?.(how === "touch" && rect !== undefined ? target(cell, event, rect, rules, aimed) : cell, how);
    },
    [aimed, focus.at, onPress, rules],
  );
  const over = (event: PointerEvent) => {
    const found = event.pointerType === "mouse" ? cellUnder(event.target, rules.columns) : null;
    setHovered((now) => (now !== null && found !== null && isSame(now, found) ? now : found));
  };

  const states = [dense && "dense", props.paused && "paused", props.done && "done"].filter(Boolean);
  const sides = { "--rows": rules.rows, "--columns": rules.columns } as CSSProperties;
  return (
    <div className={["board", ...states].join(" ")} style={sides}>
      <Lines rules={rules} />
      {dense && aimed !== null && <Cross rules={rules} cell={aimed} />}
      <div
        ref={grid}
        className="grid"
        role="grid"
        aria-label={props.label}
        aria-rowcount={rules.rows}
        aria-colcount={rules.columns}
        onKeyDown={focus.onKeyDown}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        onPointerDown={({ pointerType }) => (pointer.current = pointerType === "touch" ? "touch" : "mouse")}
        onPointerOver={over}
        onPointerLeave={() => setHovered(null)}
      >
        {looks.map((row, index) => (
          <div key={index} className="row" role="row" aria-rowindex={index + 1}>
            {row.map((look) => {
              const { row, column } = look;
              const isPencilled = pencilled !== null && isSame(pencilled, look) && look.mark === null;
              return (
                <BoardCell
                  key={column}
                  {...look}
                  dense={dense}
                  playable={placing !== null && look.mark === null}
                  ghost={isPencilled || (look.aimed && look.mark === null) ? placing : null}
                  hovered={isPencilled && !look.aimed}
                  tabbable={focus.cell.row === row && focus.cell.column === column}
                  onPress={press}
                />
              );
            })}
          </div>
        ))}
      </div>
      {props.line && props.winner && <Strike rules={rules} line={props.line} winner={props.winner} />}
    </div>
  );
}

/** The names of columns and rows, around a board. */
export function Coordinates({ rules, children }: { rules: Rules; children: React.ReactNode }) {
  const sides = { "--rows": rules.rows, "--columns": rules.columns } as CSSProperties;
  const letters = Array.from({ length: rules.columns }, (_, each) => String.fromCharCode(97 + each));
  const numbers = Array.from({ length: rules.rows }, (_, each) => each + 1);
  return (
    <div className="coords" style={sides}>
      <div className="cols" aria-hidden="true">{letters.map((each) => <span key={each}>{each}</span>)}</div>
      <div className="rows" aria-hidden="true">{numbers.map((each) => <span key={each}>{each}</span>)}</div>
      {children}
    </div>
  );
}

function cellUnder(element: EventTarget, columns: number): Cell | null {
  const index = (element as Element).closest<HTMLElement>("[data-cell]")?.dataset["cell"];
  if (index === undefined) return null;
  return { row: Math.floor(Number(index) / columns), column: Number(index) % columns };
}

function looksOf(props: BoardProps): CellLook[][] {
  const { rules, moves, aimed, sent, refused, line, missed, says, erred, placing = null } = props;
  const standing = new Map(moves.map((move, index) => [`${move.row},${move.column}`, { move, index }]));
  const won = new Set(line?.map(({ row, column }) => `${row},${column}`));
  const has = (cell: Cell | null | undefined, row: number, column: number) =>
    cell?.row === row && cell.column === column;
  return Array.from({ length: rules.rows }, (_, row) =>
    Array.from({ length: rules.columns }, (_, column): CellLook => {
      const key = `${row},${column}`;
      const found = standing.get(key);
      const isSent = found === undefined && has(sent, row, column);
      const isRefused = found === undefined && has(refused, row, column);
      return {
        row,
        column,
        index: row * rules.columns + column,
        mark: found?.move.mark ?? null,
        number: found === undefined ? null : found.index + 1,
        pending: isSent ? "sent" : isRefused ? "refused" : null,
        mine: placing,
        last: found !== undefined && found.index === moves.length - 1 && won.size === 0 && !has(erred, row, column),
        won: won.has(key),
        dim: won.size > 0 && found !== undefined && !won.has(key),
        aimed: has(aimed, row, column),
        missed: found === undefined ? null : (missed?.get(found.index + 1) ?? null),
        word: says?.get(key)?.word ?? null,
        good: says?.get(key)?.good ?? false,
        erred: has(erred, row, column),
      };
    }),
  );
}
