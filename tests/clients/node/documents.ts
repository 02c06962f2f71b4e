/** What the clients send, and what they get. */

import { readFileSync } from 'node:fs';

const document = (name: string) =>
  readFileSync(new URL(`documents/${name}.graphql`, import.meta.url), 'utf8');

export const SIGN_UP = document('sign-up');
export const LOGIN = document('login');
export const CREATE_GAME = document('create-game');
export const WAITING_GAMES = document('waiting-games');
export const JOIN_GAME = document('join-game');
export const ISSUE_INTRATOKEN = document('issue-intratoken');
export const MAKE_MOVE = document('make-move');
export const GAME = document('game');
export const HISTORY = document('history');
export const GAME_EVENTS = document('game-events');

export interface Game {
  readonly id: string;
  readonly version: number;
}

export interface GameEvent {
  readonly __typename: string;
  readonly version: number;
  readonly game: Game;
}

export interface GameEvents {
  readonly gameEvents: GameEvent;
}
