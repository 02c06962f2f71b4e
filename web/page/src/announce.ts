/** What screen readers are told: politely, or at once. */
import { Store } from "./store";

export interface Said {
  readonly text: string;
  readonly number: number;
}

const SILENCE: Said = { text: "", number: 0 };

export const polite = new Store<Said>(SILENCE);
export const urgent = new Store<Said>(SILENCE);

let count = 0;

export function say(text: string): void {
  polite.set({ text, number: ++count });
}

export function alarm(text: string): void {
  urgent.set({ text, number: ++count });
}
