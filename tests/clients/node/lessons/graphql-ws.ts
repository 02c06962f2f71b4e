import { type Client, createClient } from 'graphql-ws';
import { GAME_EVENTS, type GameEvent, type GameEvents } from '../documents.ts';
import { pause } from './failures.ts';
import type { Tokens } from './tokens.ts';
import { once } from './versions.ts';

export function connect(url: string, tokens: Tokens): Client {
  return createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    connectionParams: tokens.header, // asked at each connection
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: pause,
    on: { closed: (event) => { if ((event as CloseEvent).code === 4403) tokens.refused(); } },
  });
}

type Show = (event: GameEvent) => void;

/** Show every event past a version, in order and once, until the game is over. */
export async function follow(client: Client, gameId: string, show: Show, after = 0) {
  const request = { query: GAME_EVENTS, variables: { gameId, after } };
  const shown = once(after, show);
  for await (const { data, errors } of client.iterate<GameEvents>(request)) {
    if (errors) throw new AggregateError(errors);
    if (data) shown(data.gameEvents);
  }
}
