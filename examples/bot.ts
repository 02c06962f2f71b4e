// A bot: node bot.ts http://127.0.0.1:8000 '{"opponent": "HOUSE"}', or '{"gameId": "game-…"}'.
import { setTimeout } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';

type Cell = { row: number; column: number };
type Rows = (string | null)[][];
type Game = { version: number; turn?: string; viewerMark: string; winner?: string; board: { rows: Rows } };

const url = `ws${process.argv[2]!.slice(4)}/graphql`;
const wish = { commandId: crypto.randomUUID(), ...JSON.parse(process.argv[3]!) };
const GUEST = 'mutation { playAsGuest { ... on Session { accessToken } } }';
const CREATE = `mutation ($input: CreateGameInput!) {
  createGame(input: $input) { ... on CreateGameSuccess { game { id } } } }`;
const JOIN = `mutation ($input: JoinGameInput!) {
  joinGame(input: $input) { ... on JoinGameSuccess { game { id } } } }`;
const SIT = `mutation ($input: IssueIntratokenInput!) {
  issueIntratoken(input: $input) { ... on Intratoken { accessToken } } }`;
const MOVE = 'mutation ($input: MakeMoveInput!) { makeMove(input: $input) { ... on Rejection { code } } }';
const FOLLOW = `subscription ($input: ID!) { gameEvents(gameId: $input) {
  game { version turn viewerMark winner board { rows } } } }`;

const choose = (free: Cell[], _game: Game): Cell => // your idea goes here
  free[Math.floor(Math.random() * free.length)]!;

const again = { retryAttempts: Infinity, shouldRetry: () => true, retryWait: () => setTimeout(1000) };
const connect = (who = {}): Client => createClient({ url, connectionParams: who, ...again });

async function* answers(client: Client, query: string, input?: unknown): AsyncGenerator<any> {
  for await (const { data } of client.iterate({ query, variables: { input } })) yield Object.values(data!)[0];
}
const ask = async (...asked: Parameters<typeof answers>) => (await answers(...asked).next()).value;

const account = connect({ Authorization: `Bearer ${(await ask(connect(), GUEST)).accessToken}` });
const gameId: string = (await ask(account, wish.gameId ? JOIN : CREATE, wish)).game.id;
const seat = connect({ Authorization: `Intra ${(await ask(account, SIT, { gameId })).accessToken}` });
let told = {};
for await (const { game } of answers(seat, FOLLOW, gameId)) {
  const { version: expectedVersion, turn, viewerMark: mark, winner, board }: Game = game;
  const free = board.rows.flatMap((cells, row) =>
    cells.flatMap((held, column) => (held ? [] : [{ row, column }])));
  const known = { gameId, expectedVersion, commandId: crypto.randomUUID() };
  if (free.length && turn === mark) await ask(seat, MOVE, { ...choose(free, game), ...known });
  told = { game: gameId, mark, winner };
}
console.log(JSON.stringify(told));
