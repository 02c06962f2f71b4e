import { Client } from '@urql/core';
import { fetchWith, type Tokens } from './tokens.ts';
import { exchanges } from './urql.ts';

export function connect(url: string, tokens: Tokens): Client {
  return new Client({
    url: `${url}/graphql`,
    fetch: fetchWith(tokens),
    fetchSubscriptions: true,
    exchanges: exchanges(),
  });
}
