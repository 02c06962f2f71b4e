/** Commands of a game: each is sent with an id of its own until there is an answer. */
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { AnyVariables, Client } from "urql";
import { intratoken, refused } from "../session/intratokens";
import { passes, tokenRefused } from "../wire/failures";

const LONGEST_PAUSE = 3_000;

/**
 * Give the answer. What passes with time is asked again with the same commandId, which the server
 * carries out once; after a cut the socket itself sends again what has no answer yet.
 */
export async function command<Data, Variables extends AnyVariables>(
  client: Client,
  gameId: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  for (let attempts = 0; ; attempts++) {
    const authorization = await intratoken(client, gameId);
    const { data, error } = await client.mutation(document, variables, { authorization }).toPromise();
    if (data) return data;
    if (error !== undefined && tokenRefused(error) && attempts === 0) refused(gameId);
    else if (error === undefined || !passes(error)) throw error ?? new Error("no answer");
    else await pause(attempts);
  }
}

function pause(attempts: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE, 100 * 2 ** attempts);
  return new Promise((wake) => setTimeout(wake, longest * (0.5 + Math.random() / 2)));
}
