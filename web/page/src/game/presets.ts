/** The rules that are offered, and who one may play. */
import type { Rules } from "./words";

export const PRESETS: readonly Rules[] = [
  { rows: 3, columns: 3, line: 3 },
  { rows: 6, columns: 6, line: 4 },
  { rows: 15, columns: 15, line: 5 },
];

export const OPPONENTS = ["ANYONE", "HOUSE", "FRIEND"] as const;
export type Opponent = (typeof OPPONENTS)[number];

export const SHORTEST = 3;
export const LONGEST = 19;

export function isSameRules(one: Rules, another: Rules): boolean {
  return one.rows === another.rows && one.columns === another.columns && one.line === another.line;
}

/** Whether such a game can be played. */
export function areAllowed({ rows, columns, line }: Rules): boolean {
  const sides = [rows, columns].every((side) => Number.isInteger(side) && side >= SHORTEST && side <= LONGEST);
  return sides && Number.isInteger(line) && line >= SHORTEST && line <= Math.max(rows, columns);
}
