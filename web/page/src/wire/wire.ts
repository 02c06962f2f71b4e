/** How the connection is: what the glyph in the header, the board and the slot show. */
import { Store } from "../store";

export type Wire =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "slow"; readonly milliseconds: number }
  | { readonly state: "lost"; readonly retryAt: number | null; readonly restarting: boolean }
  | { readonly state: "back" };

export const wire = new Store<Wire>({ state: "connecting" });

/** Whether what is sent now is on its way at once. */
export function isUp({ state }: Wire): boolean {
  return state === "live" || state === "slow" || state === "back";
}

const SLOW = 600;
const SLOW_FOR = 5_000;
const BACK_FOR = 2_000;
const LONGEST_PAUSE = 5_000;

let slowSince: number | undefined;
let wake: (() => void) | undefined;

/** The server has acknowledged us. */
export function connected(): void {
  if (wire.get().state !== "lost") return wire.set({ state: "live" });
  const back: Wire = { state: "back" };
  wire.set(back);
  setTimeout(() => wire.get() === back && wire.set({ state: "live" }), BACK_FOR);
}

/** The connection is gone; *restarting*: the server has said that it stops. */
export function lost({ restarting }: { restarting: boolean }): void {
  slowSince = undefined;
  wire.set({ state: "lost", retryAt: null, restarting });
}

/** An answer to a ping took so long. */
export function measured(milliseconds: number): void {
  const { state } = wire.get();
  slowSince = milliseconds > SLOW ? (slowSince ?? performance.now()) : undefined;
  const isSlow = slowSince !== undefined && performance.now() - slowSince >= SLOW_FOR;
  if (isSlow) wire.set({ state: "slow", milliseconds: Math.round(milliseconds / 50) * 50 });
  else if (state === "slow") wire.set({ state: "live" });
}

/** Wait before another attempt to connect: longer each time, 5 seconds at most, or until `tryNow`. */
export async function pause(attempts: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE, 250 * 2 ** attempts);
  const wait = longest * (0.5 + Math.random() / 2);
  show(Date.now() + wait);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, wait);
    wake = () => (clearTimeout(timer), resolve());
  });
  wake = undefined;
  show(null);
}

/** Do not wait any longer. */
export function tryNow(): void {
  wake?.();
}

function show(retryAt: number | null): void {
  const now = wire.get();
  if (now.state === "lost") wire.set({ ...now, retryAt });
}
