// Two players play a game through Relay; prints what the follower's store holds in the end.
//   bun src/play.ts http://host:port
import { createClient } from 'graphql-ws';
import relay from 'relay-runtime';
import type { GraphQLTaggedNode, OperationType, Variables } from 'relay-runtime';

import signUp, { type accountSignUpMutation } from './__generated__/accountSignUpMutation.graphql.ts';
import boardFragment, { type game_board$data } from './__generated__/game_board.graphql.ts';
import events, { type gameEventsSubscription } from './__generated__/gameEventsSubscription.graphql.ts';
import intratoken, { type gameIntratokenMutation } from './__generated__/gameIntratokenMutation.graphql.ts';
import join, { type gameJoinMutation } from './__generated__/gameJoinMutation.graphql.ts';
import move, { type gameMoveMutation } from './__generated__/gameMoveMutation.graphql.ts';
import refetch, { type gameRefetchQuery } from './__generated__/gameRefetchQuery.graphql.ts';
import open, { type lobbyOpenMutation } from './__generated__/lobbyOpenMutation.graphql.ts';
import lobby, { type lobbyQuery } from './__generated__/lobbyQuery.graphql.ts';

const { ConnectionHandler, Environment, Network, Observable, RecordSource, ROOT_ID, Store } = relay;
const url = process.argv[2] ?? 'http://127.0.0.1:8000';

class Player {
  authorization: string | undefined;
  readonly environment = new Environment({
    network: Network.create(
      async ({ text }, variables) => {
        const headers: Record<string, string> = { 'content-type': 'application/json' };
        if (this.authorization) headers.authorization = this.authorization;
        const body = JSON.stringify({ query: text, variables });
        const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
        return answer.json();
      },
      ({ text }, variables) => Observable.create((sink) => this.#subscribe(text ?? '', variables, sink)),
    ),
    store: new Store(new RecordSource()),
  });

  #subscribe(query: string, variables: Variables, sink: any): () => void {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      connectionParams: () => ({ Authorization: this.authorization }),
    });
    return client.subscribe({ query, variables }, sink);
  }

  commit<T extends OperationType>(mutation: GraphQLTaggedNode, variables: T['variables']) {
    return new Promise<T['response']>((onCompleted, onError) => {
      relay.commitMutation<any>(this.environment, { mutation, variables, onCompleted, onError });
    });
  }

  async fetch<T extends OperationType>(query: GraphQLTaggedNode, variables: T['variables']) {
    return (await relay.fetchQuery<T>(this.environment, query, variables).toPromise())!;
  }

  /** The store's game: what a component with the fragment would show. */
  board(game: unknown): game_board$data {
    const selector = relay.getSingularSelector(boardFragment, game);
    return this.environment.lookup(selector as any).data as any;
  }

  async signedUp(username: string) {
    const { signUp: session } = await this.commit<accountSignUpMutation>(signUp, {
      input: { username, password: 'correct horse battery' },
    });
    this.authorization = `${session.tokenType} ${session.accessToken}`;
    return this;
  }

  async seated(gameId: string) {
    const { issueIntratoken: token } = await this.commit<gameIntratokenMutation>(intratoken, {
      input: { gameId },
    });
    this.authorization = `${token.tokenType} ${token.accessToken}`;
  }
}

const name = Math.random().toString(36).slice(2, 10);
const ann = await new Player().signedUp(`ann-${name}`);
const bob = await new Player().signedUp(`bob-${name}`);

await ann.fetch<lobbyQuery>(lobby, { first: 10 });
const connection = ConnectionHandler.getConnectionID(ROOT_ID, 'lobby_games', { status: 'WAITING' });
await ann.commit<lobbyOpenMutation>(open, { input: { mark: 'X' }, connections: [connection] });
const edges = ann.environment.getStore().getSource().get(connection)?.edges as any;
const appended = edges.__refs.at(-1);
const gameId = (ann.environment.getStore().getSource().get(appended)?.node as any).__ref as string;

await bob.commit<gameJoinMutation>(join, { input: { gameId } });
await ann.seated(gameId);
await bob.seated(gameId);

const versions: number[] = [];
const over = new Promise<void>((onCompleted, onError) => {
  relay.requestSubscription<gameEventsSubscription>(bob.environment, {
    subscription: events,
    variables: { gameId, after: 0 },
    onNext: (data) => versions.push(data!.gameEvents.version),
    onCompleted,
    onError,
  });
});
const cells = [[0, 0], [1, 0], [0, 1], [1, 1], [0, 2]] as const;
for (const [turn, [row, column]] of cells.entries()) {
  const player = turn % 2 ? bob : ann;
  await player.commit<gameMoveMutation>(move, { input: { gameId, row, column } });
}
await over;

const kept = { __id: gameId, __fragments: { game_board: {} }, __fragmentOwner: owner(gameId) };
const held = bob.board(kept);
await bob.fetch<gameRefetchQuery>(refetch, { id: gameId });
console.log(JSON.stringify({ versions, held, fetched: bob.board(kept) }));

function owner(id: string) {
  return relay.createOperationDescriptor(refetch, { id }).request;
}
