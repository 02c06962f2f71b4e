/** One message at a time, which goes by itself. */
import { say } from "./announce";
import { Store } from "./store";

export interface Toast {
  readonly title: string;
  readonly text: string;
  readonly warns: boolean;
  /** where it leads; it stays until it is followed, or another comes */
  readonly href?: string;
}

export const toast = new Store<Toast | null>(null);

export function tell([title, text]: readonly [string, string], { warns = false } = {}): void {
  toast.set({ title, text, warns });
  say(`${title} ${text}`);
}
