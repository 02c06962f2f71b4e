/** The sound of a mark, if it was asked for: made here, so that nothing is loaded. */
import { Store } from "./store";

const KEY = "xogql.sound";

export const sound = new Store(localStorage.getItem(KEY) === "on");

let context: AudioContext | undefined;

export function toggleSound(): void {
  sound.set(!sound.get());
  localStorage.setItem(KEY, sound.get() ? "on" : "off");
  if (sound.get()) tick("X");
}

/** A short tone, lower for O. */
export function tick(mark: "X" | "O"): void {
  if (!sound.get()) return;
  context ??= new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  const now = context.currentTime;
  tone.frequency.value = mark === "X" ? 520 : 390;
  volume.gain.setValueAtTime(0.12, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + 0.14);
  tone.connect(volume).connect(context.destination);
  tone.start(now);
  tone.stop(now + 0.15);
}
