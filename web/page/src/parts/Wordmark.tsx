/** The wordmark: the O rests in the crook of the X. */
import { texts } from "../texts";

export function Wordmark() {
  return (
    <svg viewBox="0 0 108 46" role="img" aria-label={texts.name}>
      <path className="stroke-x" d="M5 8 27 30M27 8 5 30" />
      <circle className="stroke-o" cx="36.5" cy="19" r="8" />
      <circle cx="60" cy="19" r="8" />
      <path d="M68 11V32c0 4.6-3.4 7.5-8 7.5-2.700 0-4.800-.9-6.200-2.200" />
      <circle cx="83" cy="19" r="8" />
      <path d="M91 11V40M103 3V27" />
    </svg>
  );
}
