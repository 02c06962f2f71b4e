/** Plays with Apollo Client: over HTTP, follows by socket, keeps games in its cache. */

import { type ApolloClient, gql } from '@apollo/client';
import { GAME, type Game } from '../documents.ts';
import { connect, follow } from '../lessons/apollo.ts';
import { play } from './stage.ts';

type Answer = Record<string, Record<string, unknown>>;

async function answer(client: ApolloClient, text: string, variables: Record<string, unknown>) {
  const document = gql(text);
  const isMutation = text.startsWith('mutation');
  const { data } = isMutation
    ? await client.mutate<Answer>({ mutation: document, variables })
    : await client.query<Answer>({ query: document, variables, fetchPolicy: 'network-only' });
  return data as Answer;
}

await play((url, tokens) => {
  const client = connect(url, tokens);
  return {
    ask: (text, variables) => answer(client, text, variables),
    follow: (gameId, show) => follow(client, gameId, show),
    cached: (id) => client.readQuery<{ game: Game }>({ query: gql(GAME), variables: { id } })?.game,
  };
});
