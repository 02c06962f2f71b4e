import { Client, type CombinedError, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { retryExchange } from '@urql/exchange-retry';
import { toAsyncIterable } from 'wonka';
import { GAME_EVENTS, type GameEvent, type GameEvents } from '../documents.ts';
import { passes } from './failures.ts';
import { connect as connectSocket } from './graphql-ws.ts';
import { fetchWith, type Tokens } from './tokens.ts';
import { gameKeys, once, possibleTypes } from './versions.ts';

type Show = (event: GameEvent) => void;

const again = ({ networkError, graphQLErrors }: CombinedError) =>
  networkError !== undefined || passes(graphQLErrors);
const none = () => null;

export const exchanges = () => [
  cacheExchange({
    possibleTypes,
    keys: { Game: gameKeys(), Board: none, Cell: none, Move: none, Rules: none, Seat: none },
    resolvers: { Query: { game: (_, { id }) => ({ __typename: 'Game', id: `${id}` }) } },
  }),
  retryExchange({ maxNumberAttempts: Infinity, maxDelayMs: 5_000, retryIf: again }),
  fetchExchange,
];

export function connect(url: string, tokens: Tokens): Client {
  const socket = connectSocket(url, tokens);
  const events = subscriptionExchange({
    forwardSubscription: ({ query = '', variables = {} }) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
    }),
  });
  const fetch = fetchWith(tokens);
  return new Client({ url: `${url}/graphql`, fetch, exchanges: [...exchanges(), events] });
}

/** Show every event past a version, in order and once, until the game is over. */
export async function follow(client: Client, gameId: string, show: Show, after = 0) {
  const events = client.subscription<GameEvents>(GAME_EVENTS, { gameId, after });
  const shown = once(after, show);
  for await (const { data, error } of toAsyncIterable(events)) {
    if (error) throw error;
    if (data) shown(data.gameEvents);
  }
}
