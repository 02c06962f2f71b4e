// A bot that plays one game: node bot.ts http://127.0.0.1:8000 [INPUT]
//
// INPUT is that of createGame, as '{"opponent": "HOUSE", "level": "EASY"}', or of joinGame, as
// '{"gameId": "game-…"}'. Without one it opens a game and plays whoever comes.

type Rows = (string | null)[][];
type Seat = { mark: string; player: { id: string } };
type Game = { version: number; turn?: string; winner?: string; board: { rows: Rows }; players: Seat[] };

const command = (name: string, success: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${success} } }`;

const [server, given] = process.argv.slice(2);
const wish = JSON.parse(given ?? '{}');
const GUEST = 'mutation { playAsGuest { ... on Session { accessToken player { id } } } }';
const CREATE = command('createGame', '... on CreateGameSuccess { game { id } }');
const JOIN = command('joinGame', '... on JoinGameSuccess { game { id } }');
const SIT = command('issueIntratoken', '... on Intratoken { accessToken }');
const MOVE = command('makeMove', '... on Rejection { code }');
const FOLLOW = `subscription ($game: ID!) { gameEvents(gameId: $game) {
  game { version turn winner board { rows } players { mark player { id } } } } }`;

/** Choose where to move: your idea goes here. */
function choose(rows: Rows, _mark: string): readonly [number, number] {
  const free = rows.flatMap((row, r) => row.flatMap((it, c) => (it ? [] : [[r, c] as const])));
  return free[Math.floor(Math.random() * free.length)]!;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));

function send(query: string, variables: object, token = '', Accept = 'application/json') {
  const headers = { 'Content-Type': 'application/json', Accept, ...(token && { Authorization: token }) };
  return fetch(`${server}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
}

/** Carry out a command: with a commandId it may be sent until there is an answer. */
async function ask(query: string, input = {}, token = ''): Promise<any> {
  for (;; await pause()) {
    const response = await send(query, { input }, token).catch(() => undefined);
    if (response && response.status >= 400 && response.status < 429) throw new Error(await response.text());
    const answer = await response?.json().catch(() => undefined);
    if (answer?.data) return Object.values(answer.data)[0];
  }
}

/** Give the game as it is, then after each event; when the connection broke, begin anew. */
async function* positions(game: string, token: string): AsyncGenerator<Game> {
  for (;; await pause()) {
    try {
      let text = '';
      const { body } = await send(FOLLOW, { game }, token, 'text/event-stream');
      for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
        const lines = (text + chunk).split('\n');
        text = lines.pop()!;
        for (const line of lines) {
          if (line.startsWith('data: {')) yield JSON.parse(line.slice(6)).data.gameEvents.game;
          else if (line.startsWith('event: complete')) return;
        }
      }
    } catch {} // the connection broke
  }
}

const guest = await ask(GUEST);
const account = `Bearer ${guest.accessToken}`;
const create = { commandId: crypto.randomUUID(), ...wish };
const gameId: string = (await ask(wish.gameId ? JOIN : CREATE, create, account)).game.id;
const seat = `Intra ${(await ask(SIT, { gameId }, account)).accessToken}`;
let told = {};
for await (const { version: expectedVersion, turn, winner, board, players } of positions(gameId, seat)) {
  const { mark } = players.find(({ player }) => player.id === guest.player.id)!;
  if (turn === mark && board.rows.flat().includes(null)) {
    const [row, column] = choose(board.rows, mark);
    await ask(MOVE, { gameId, row, column, expectedVersion, commandId: crypto.randomUUID() }, seat);
  }
  told = { game: gameId, mark, winner };
}
console.log(JSON.stringify(told));
