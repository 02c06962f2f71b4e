/** The tabs that GraphiQL opens with: a first game, step by step. */
import signUp from "./tabs/1-sign-up.graphql" with { type: "text" };
import createGame from "./tabs/2-create-game.graphql" with { type: "text" };
import waitingGames from "./tabs/3-waiting-games.graphql" with { type: "text" };
import joinGame from "./tabs/4-join-game.graphql" with { type: "text" };
import issueIntratoken from "./tabs/5-issue-intratoken.graphql" with { type: "text" };
import gameEvents from "./tabs/6-game-events.graphql" with { type: "text" };
import makeMove from "./tabs/7-make-move.graphql" with { type: "text" };

const asPlayer = pretty({ Authorization: "Bearer <accessToken>" });
const inGame = pretty({ Authorization: "Intra <intratoken>" });
const username = `player-${Math.random().toString(36).slice(2, 8)}`;

export const first = {
  query: signUp,
  variables: pretty({ input: { username, password: "a sentence of your own" } }),
};

export const tabs = [
  first,
  {
    query: createGame,
    variables: pretty({ input: { mark: "X", preset: "TIC_TAC_TOE" } }),
    headers: asPlayer,
  },
  { query: waitingGames, headers: asPlayer },
  { query: joinGame, variables: pretty({ input: { gameId: "<gameId>" } }), headers: asPlayer },
  {
    query: issueIntratoken,
    variables: pretty({ input: { gameId: "<gameId>" } }),
    headers: asPlayer,
  },
  { query: gameEvents, variables: pretty({ gameId: "<gameId>" }), headers: inGame },
  {
    query: makeMove,
    variables: pretty({ input: { gameId: "<gameId>", row: 0, column: 0 } }),
    headers: inGame,
  },
];

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
