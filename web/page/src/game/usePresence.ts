/** Who is here, as far as this page knows: the server does not tell yet. */
import type { Mark } from "../generated/graphql";

export interface Presence {
  readonly watchers: number;
  readonly seats: readonly { readonly mark: Mark; readonly state: string; readonly since: string | null }[];
}

export function usePresence(_gameId: string): Presence | null {
  return null;
}
