/** Where a screen is scrolled to: to its top if one goes to it, to where it was left if one comes back. */
import { useLayoutEffect, useRef } from "react";

let returnedTo: string | null = null;

// Before anybody else hears of it. What was left the browser restores.
addEventListener("popstate", () => (returnedTo = location.pathname), { capture: true });

export function useTop(path: string): void {
  const known = useRef(path);
  useLayoutEffect(() => {
    if (path !== known.current && path !== returnedTo) scrollTo(0, 0);
    known.current = path;
    returnedTo = null;
  }, [path]);
}
