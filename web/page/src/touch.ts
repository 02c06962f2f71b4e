/** Whether a tap plays at once, or aims and is confirmed: as the player has chosen on this device. */
import { Store } from "./store";

const KEY = "xogql.touch";

export const CONFIRMS = ["SMALL", "ALWAYS", "NEVER"] as const;
export type Confirms = (typeof CONFIRMS)[number];

export const confirms = new Store<Confirms>(kept());

function kept(): Confirms {
  const found = localStorage.getItem(KEY);
  return CONFIRMS.find((each) => each === found) ?? "SMALL";
}

export function confirm(when: Confirms): void {
  confirms.set(when);
  localStorage.setItem(KEY, when);
}
