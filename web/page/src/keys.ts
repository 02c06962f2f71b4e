/** Whether single letters are commands; they are only while the board has the focus. */
import { Store } from "./store";

const KEY = "xogql.letters";

export const letterKeys = new Store(localStorage.getItem(KEY) !== "off");

export function toggleLetterKeys(): void {
  letterKeys.set(!letterKeys.get());
  localStorage.setItem(KEY, letterKeys.get() ? "on" : "off");
}
