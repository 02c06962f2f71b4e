/** What a name tells. */
import type { Session } from "./session";

export function isGuest({ kind }: Session["player"]): boolean {
  return kind === "GUEST";
}

/** Two letters for where there is no room: "QO". */
export function initials(name: string): string {
  const [first = "", second] = name.split(/[\s_-]+/).filter(Boolean);
  return (second === undefined ? first.slice(0, 2) : first.charAt(0) + second.charAt(0)).toUpperCase();
}
