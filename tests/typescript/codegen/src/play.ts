// A player opens a game with documents that codegen typed, sent by their hashes alone.
//   bun src/play.ts http://host:port
import { graphql } from './gql/index.ts';
import type { TypedDocumentString } from './gql/graphql.ts';

const url = process.argv[2] ?? 'http://127.0.0.1:8000';
let authorization: string | undefined;

const SignUp = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      __typename
      ... on Session {
        tokenType
        accessToken
        player {
          username
        }
      }
      ... on Rejection {
        code
        message
      }
    }
  }
`);

const CreateGame = graphql(`
  mutation CreateGame($input: CreateGameInput!) {
    createGame(input: $input) {
      __typename
      ... on CreateGameSuccess {
        game {
          id
        }
      }
      ... on GameRejection {
        code
        game {
          version
        }
      }
      ... on InputRejection {
        code
        field
      }
    }
  }
`);

const ReadGame = graphql(`
  query ReadGame($id: ID!) {
    game(id: $id) {
      status
      rules {
        rows
        columns
        line
      }
      events {
        edges {
          node {
            __typename
            version
            ... on GameCreated {
              mark
            }
          }
        }
      }
    }
  }
`);

async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const documentId: unknown = document.__meta__?.hash;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (authorization) headers.authorization = authorization;
  const body = JSON.stringify({ documentId, variables });
  const answer = await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json();
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

const username = `ann-${Math.random().toString(36).slice(2, 10)}`;
const { signUp } = await ask(SignUp, { input: { username, password: 'correct horse battery' } });
if (signUp.__typename !== 'Session') throw new Error(signUp.code);
authorization = `${signUp.tokenType} ${signUp.accessToken}`;

const wished = { mark: 'O', rules: { rows: 4, columns: 5, line: 4 } } as const;
const { createGame } = await ask(CreateGame, { input: wished });
if (createGame.__typename !== 'CreateGameSuccess') throw new Error(createGame.code);

const { game } = await ask(ReadGame, { id: createGame.game.id });
const created = game?.events.edges[0]?.node;
const mark = created?.__typename === 'GameCreated' ? created.mark : undefined;
console.log(JSON.stringify({ status: game?.status, rules: game?.rules, mark }));
