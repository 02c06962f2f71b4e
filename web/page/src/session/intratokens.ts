/** The tokens that command a game, one for each game that is played here. */
import type { Client } from "urql";
import { IssueIntratokenDocument } from "../generated/graphql";
import { session } from "./session";

const kept = new Map<string, Promise<string>>();

session.watch(() => kept.clear());

/** Give the token of a game, as a header would have it; rejects if the viewer has no seat there. */
export function intratoken(client: Client, gameId: string): Promise<string> {
  const found = kept.get(gameId);
  if (found !== undefined) return found;
  const issued = issue(client, gameId);
  kept.set(gameId, issued);
  issued.catch(() => kept.delete(gameId));
  return issued;
}

export function refused(gameId: string): void {
  kept.delete(gameId);
}

async function issue(client: Client, gameId: string): Promise<string> {
  const { data, error } = await client.mutation(IssueIntratokenDocument, { input: { gameId } }).toPromise();
  const found = data?.issueIntratoken;
  if (found?.__typename === "Intratoken") return `${found.tokenType} ${found.accessToken}`;
  throw error ?? new Error(found?.message);
}
