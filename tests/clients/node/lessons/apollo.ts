import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink } from '@apollo/client';
import { type FieldReadFunction, InMemoryCache, ServerError } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { throwError } from 'rxjs';
import { GAME_EVENTS, type GameEvent, type GameEvents } from '../documents.ts';
import { passes } from './failures.ts';
import { connect as connectSocket } from './graphql-ws.ts';
import { fetchWith, type Tokens } from './tokens.ts';
import { gameKeys, once, possibleTypes } from './versions.ts';

type Show = (event: GameEvent) => void;

function again(error: unknown): boolean {
  if (CombinedGraphQLErrors.is(error)) return passes(error.errors);
  return !ServerError.is(error) || error.statusCode >= 500;
}

export function connect(url: string, tokens: Tokens): ApolloClient {
  const http = ApolloLink.from([
    new RetryLink({ attempts: { max: Infinity, retryIf: again }, delay: { max: 5_000 } }),
    new ErrorLink(({ error }) => (again(error) ? throwError(() => error) : undefined)),
    new HttpLink({ uri: `${url}/graphql`, fetch: fetchWith(tokens) }),
  ]);
  const socket = new GraphQLWsLink(connectSocket(url, tokens));
  const link = ApolloLink.split((it) => it.operationType === 'subscription', socket, http);
  const cache = new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Game: { keyFields: gameKeys() },
      Query: { fields: { game: { read: newest } } },
    },
  });
  return new ApolloClient({ link, cache });
}

const newest: FieldReadFunction = (_, { args, toReference }) =>
  toReference({ __typename: 'Game', id: args?.['id'] });

/** Show every event past a version, in order and once, until the game is over. */
export function follow(client: ApolloClient, gameId: string, show: Show, after = 0) {
  const request = { query: gql(GAME_EVENTS), variables: { gameId, after } };
  const shown = once(after, show);
  return client.subscribe<GameEvents>(request).forEach(({ data, error }) => {
    if (error) throw error;
    if (data) shown(data.gameEvents);
  });
}
