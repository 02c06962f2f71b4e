/** How what was missed is shown: move by move, or at once. */
const TOO_MANY = 12;

/** Whether so many missed moves are played one after the other; *still*: nothing shall move. */
export function isPlayed(missed: number, { still }: { still: boolean }): boolean {
  return !still && missed >= 2 && missed <= TOO_MANY;
}

/** The order of what was missed, by the number of the move: of *all* moves so many were *known*. */
export function orders(known: number, all: number): ReadonlyMap<number, number> {
  const missed = Math.max(0, all - known);
  return new Map(Array.from({ length: missed }, (_, each) => [known + each + 1, each + 1]));
}
