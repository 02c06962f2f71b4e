/** How the connection is: X and O touch, or have parted. */
import { catchingUp } from "../game/useCatchUp";
import { useStore } from "../store";
import { texts } from "../texts";
import { type Wire, wire } from "../wire/wire";

export function WireChip() {
  const now = useStore(wire);
  const [look, word] = useStore(catchingUp) ? (["catchup", texts.wire.catchup] as const) : told(now);
  return (
    <span className="wire" data-s={look}>
      <svg viewBox="0 0 46 26" aria-hidden="true">
        <path d="M3 3 23 23M23 3 3 23" />
        <circle className="wo" cx="32" cy="13" r="7" />
      </svg>
      <span>{word}</span>
    </span>
  );
}

function told(wire: Wire): readonly [string, string] {
  switch (wire.state) {
    case "connecting":
      return ["connecting", texts.wire.connecting];
    case "slow":
      return ["slow", texts.wire.slow(wire.milliseconds)];
    case "lost":
      return [wire.retryAt === null ? "lost" : "retry", texts.wire.lost];
    case "live":
      return ["live", texts.wire.live];
    case "back":
      return ["live", texts.wire.back];
  }
}
