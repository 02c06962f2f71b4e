// What both references share: GraphQL over HTTP and graphql-transport-ws, documents parsed once.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { buildSchema, execute, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { create, join, move } from './game.mjs';

const schema = buildSchema(`
  scalar UUID
  enum Mark { X O }
  enum GameStatus { WAITING PLAYING FINISHED }
  enum Ending { LINE BOARD_FULL }
  type Game { id: ID! version: Int! status: GameStatus! turn: Mark winner: Mark }
  interface Rejection { code: String! message: String! }
  type GameRejection implements Rejection { code: String! message: String! game: Game! }
  interface GameEvent { version: Int! game: Game! }
  type GameCreated implements GameEvent { version: Int! game: Game! mark: Mark! }
  type PlayerJoined implements GameEvent { version: Int! game: Game! }
  type MoveMade implements GameEvent { version: Int! game: Game! mark: Mark! row: Int! column: Int! }
  type GameEnded implements GameEvent { version: Int! game: Game! ending: Ending! winner: Mark }
  type Session { accessToken: String! }
  type Intratoken { accessToken: String! }
  type CreateGameSuccess { game: Game! }
  type JoinGameSuccess { game: Game! }
  type MakeMoveSuccess { game: Game! }
  union SignUpResult = Session | GameRejection
  union IssueIntratokenResult = Intratoken | GameRejection
  union CreateGameResult = CreateGameSuccess | GameRejection
  union JoinGameResult = JoinGameSuccess | GameRejection
  union MakeMoveResult = MakeMoveSuccess | GameRejection
  input SignUpInput { username: String! password: String! }
  input RulesInput { rows: Int! columns: Int! line: Int! }
  input CreateGameInput { mark: Mark! rules: RulesInput commandId: UUID }
  input JoinGameInput { gameId: ID! commandId: UUID }
  input IssueIntratokenInput { gameId: ID! }
  input MakeMoveInput { gameId: ID! row: Int! column: Int! commandId: UUID }
  type Query { running: Boolean! }
  type Mutation {
    signUp(input: SignUpInput!): SignUpResult!
    createGame(input: CreateGameInput!): CreateGameResult!
    joinGame(input: JoinGameInput!): JoinGameResult!
    issueIntratoken(input: IssueIntratokenInput!): IssueIntratokenResult!
    makeMove(input: MakeMoveInput!): MakeMoveResult!
  }
  type Subscription { gameEvents(gameId: ID!, after: Int): GameEvent! }
`);

export const show = (id, game) => ({ __typename: 'Game', id, ...game });

/** Serve a log: `log.carryOut(stream, decide, input, player)` and `log.follow(stream, after)`. */
export function serve(name, log) {
  const command = (decide, success) => async ({ input }, { player }) => {
    const id = input.gameId ?? `game-${randomUUID()}`;
    const { refusal, game } = await log.carryOut(id, decide, input, player);
    if (!refusal) return { __typename: success, game: show(id, game) };
    return { __typename: 'GameRejection', code: refusal, message: refusal, game: show(id, game) };
  };
  const roots = {
    running: true,
    signUp: ({ input }) => ({ __typename: 'Session', accessToken: input.username }),
    issueIntratoken: (_, { player }) => ({ __typename: 'Intratoken', accessToken: player }),
    createGame: command(create, 'CreateGameSuccess'),
    joinGame: command(join, 'JoinGameSuccess'),
    makeMove: command(move, 'MakeMoveSuccess'),
    gameEvents: ({ gameId, after }) => log.follow(gameId, after ?? 0),
  };
  const http = createServer((request, response) => answer(request, response, roots));
  const sockets = new WebSocketServer({ server: http, path: '/graphql', maxPayload: 65536 });
  useServer({ onSubscribe: (context, _, payload) => work(payload, roots, context.connectionParams.Authorization) }, sockets);
  http.listen(Number(process.env.PORT ?? 0), '127.0.0.1', 4096, () => {
    console.log(`${name} serves at http://127.0.0.1:${http.address().port}`);
  });
  process.stdin.resume().on('end', () => process.exit(0));
}

const documents = new Map();

function documentOf(query) {
  let document = documents.get(query);
  if (!document) {
    document = parse(query);
    const errors = validate(schema, document);
    if (errors.length) throw errors[0];
    documents.set(query, document);
  }
  return document;
}

/** What is to be executed, by whom: the reference believes the name that stands in the token. */
function work({ query, variables }, rootValue, authorization = '') {
  const contextValue = { player: authorization.slice(authorization.indexOf(' ') + 1) };
  return { schema, rootValue, contextValue, document: documentOf(query), variableValues: variables };
}

async function answer(request, response, roots) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const payload = JSON.parse(Buffer.concat(parts).toString());
  const result = await execute(work(payload, roots, request.headers.authorization));
  const body = JSON.stringify(result);
  const length = Buffer.byteLength(body);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': length }).end(body);
}
