/** Plays with graphql-sse alone: queries and mutations as event streams, too. */

import { createClient } from 'graphql-sse';
import { passes, pause } from '../lessons/failures.ts';
import { follow } from '../lessons/graphql-sse.ts';
import { fetchWith, type Tokens } from '../lessons/tokens.ts';
import { play } from './stage.ts';

function asking(url: string, tokens: Tokens) {
  const client = createClient({
    url: `${url}/graphql`,
    fetchFn: fetchWith(tokens),
    retryAttempts: Infinity,
    retry: pause,
  });
  return async (query: string, variables: Record<string, unknown>) => {
    for (let attempts = 0; ; attempts += 1) {
      for await (const { data, errors } of client.iterate({ query, variables })) {
        if (data && !errors) return data as Record<string, Record<string, unknown>>;
        if (!errors || !passes(errors)) throw new Error(JSON.stringify(errors));
      }
      await pause(attempts);
    }
  };
}

await play((url, tokens) => ({
  ask: asking(url, tokens),
  follow: (gameId, show) => follow(url, tokens, gameId, show),
}));
