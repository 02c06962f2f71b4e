/** The letters of the board: they say what stands, and go through the moves. */
import { say } from "../announce";
import { letterKeys } from "../keys";
import { panel, togglePanel } from "../parts/panels";
import { texts } from "../texts";
import type { LookBack } from "./useLookBack";
import { titleOf } from "./useSaid";
import type { Game, Mark } from "./words";

/** Whether *key* meant something. */
export function boardKey(key: string, game: Game, mine: Mark | null, present: number, back: LookBack): boolean {
  if (!letterKeys.get()) return false;
  const shown = back.move ?? present;
  const go = (move: number) => {
    const next = Math.max(0, Math.min(present, move));
    back.go(next);
    say(texts.said.back(next, present, game.moves[next - 1]));
  };
  const last = game.moves[shown - 1];
  const meant: Record<string, () => void> = {
    ",": () => go(shown - 1),
    ".": () => go(shown + 1),
    n: () => go(present),
    l: () => say(last === undefined ? texts.said.noMove : texts.said.move(last.mark, last)),
    b: () => say(rows(game, shown).join(" ")),
    t: () => say(titleOf(game, mine)),
    w: () => togglePanel("wire"),
    "?": () => panel.set("keys"),
  };
  meant[key]?.();
  return key in meant;
}

function rows({ rules, moves }: Game, shown: number): string[] {
  const marks = new Map(moves.slice(0, shown).map(({ row, column, mark }) => [`${row},${column}`, mark]));
  return Array.from({ length: rules.rows }, (_, row) =>
    texts.board.row(row, Array.from({ length: rules.columns }, (_, column) => marks.get(`${row},${column}`) ?? null)),
  );
}
