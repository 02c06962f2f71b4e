import { createClient } from 'graphql-sse';
import { GAME_EVENTS, type GameEvent, type GameEvents } from '../documents.ts';
import { passes, pause } from './failures.ts';
import { fetchWith, type Tokens } from './tokens.ts';

type Show = (event: GameEvent) => void;

/** Show every event past a version, in order and once, until the game is over. */
export async function follow(url: string, tokens: Tokens, gameId: string, show: Show, after = 0) {
  const client = createClient({
    url: `${url}/graphql`,
    fetchFn: fetchWith(tokens),
    headers: () => ({ 'Last-Event-ID': `${after}` }), // asked at each connection
    retryAttempts: Infinity,
    retry: pause,
  });
  for (let over = false; !over; ) {
    over = true;
    const request = { query: GAME_EVENTS, variables: { gameId } };
    for await (const { data, errors } of client.iterate<GameEvents>(request)) {
      if (errors && !passes(errors)) throw new AggregateError(errors);
      if (errors) over = false; // the token has expired: go on with another
      if (!data) continue;
      after = data.gameEvents.version;
      show(data.gameEvents);
    }
  }
}
