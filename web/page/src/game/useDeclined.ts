/** Tells who offered something that the other said no. A move says it by itself. */
import { useEffect } from "react";
import { texts } from "../texts";
import { tell } from "../toasts";
import type { GameEvent } from "./useGame";
import type { Mark } from "./words";

export function useDeclined(event: GameEvent | null, mine: Mark | null): void {
  useEffect(() => {
    if (event?.__typename === "OfferDeclined" && event.mark === mine) tell([texts.game.declined[event.kind], ""]);
  }, [event, mine]);
}
