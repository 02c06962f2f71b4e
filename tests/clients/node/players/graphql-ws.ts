/** Plays with graphql-ws alone: queries and mutations over the socket, too. */

import type { Client } from 'graphql-ws';
import { passes, pause } from '../lessons/failures.ts';
import { connect, follow } from '../lessons/graphql-ws.ts';
import { play } from './stage.ts';

async function answer(client: Client, query: string, variables: Record<string, unknown>) {
  for (let attempts = 0; ; attempts += 1) {
    for await (const { data, errors } of client.iterate({ query, variables })) {
      if (data && !errors) return data as Record<string, Record<string, unknown>>;
      if (!errors || !passes(errors)) throw new Error(JSON.stringify(errors));
    }
    await pause(attempts);
  }
}

await play((url, tokens) => {
  const client = connect(url, tokens);
  return {
    ask: (query, variables) => answer(client, query, variables),
    follow: (gameId, show) => follow(client, gameId, show),
  };
});
