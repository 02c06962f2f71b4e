/** What is the same with urql, however it follows. */

import type { Client } from '@urql/core';
import { GAME } from '../documents.ts';
import type { Tokens } from '../lessons/tokens.ts';
import { follow } from '../lessons/urql.ts';
import { play } from './stage.ts';

type Answer = Record<string, Record<string, unknown>>;

async function answer(client: Client, text: string, variables: Record<string, unknown>) {
  const operation = text.startsWith('mutation')
    ? client.mutation<Answer>(text, variables)
    : client.query<Answer>(text, variables, { requestPolicy: 'network-only' });
  const { data, error } = await operation.toPromise();
  if (error || !data) throw error;
  return data;
}

export function playWith(connect: (url: string, tokens: Tokens) => Client): Promise<void> {
  return play((url, tokens) => {
    const client = connect(url, tokens);
    return {
      ask: (text, variables) => answer(client, text, variables),
      follow: (gameId, show) => follow(client, gameId, show),
      cached: (id) => client.readQuery<Answer>(GAME, { id })?.data?.['game'],
    };
  });
}
