/** Players at a server, told by lines of JSON what to do; they tell by lines what comes of it. */

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as documents from '../documents.ts';
import { type Tokens, tokens } from '../lessons/tokens.ts';

type Answer = Record<string, Record<string, unknown>>;
type Document = Exclude<keyof typeof documents, 'GAME_EVENTS'>;

/** A library's client, for one token. */
export interface Connection {
  /** Send a query or mutation until it is answered. */
  ask(document: string, variables: Record<string, unknown>): Promise<Answer>;
  /** Show every event of a game from the first, in order and once, until it is over. */
  follow(gameId: string, show: (event: documents.GameEvent) => void): Promise<void>;
  /** The game as the library's cache has it. */
  cached?(gameId: string): unknown;
}

type Connect = (url: string, tokens: Tokens) => Connection;

const IN_A_GAME: ReadonlySet<Document> = new Set(['MAKE_MOVE', 'GAME', 'HISTORY']);

interface Order {
  readonly number: number;
  readonly player: string;
  readonly what: 'signUp' | 'sit' | 'follow' | 'ask' | 'kept';
  readonly document: Document;
  readonly variables: Record<string, unknown>;
  readonly gameId: string;
  readonly credentials: { readonly username: string; readonly password: string };
}

const nobody: Tokens = { header: async () => ({}), refused: () => undefined };

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function tokenOf(answer: Answer[string] | undefined): string {
  if (!answer?.['accessToken']) throw new Error(`No token: ${JSON.stringify(answer)}`);
  return `${answer['tokenType']} ${answer['accessToken']}`;
}

class Player {
  readonly #name: string;
  readonly #connect: (tokens: Tokens) => Connection;
  readonly #visitor: Connection;
  #account: Connection;
  #seat: Connection;
  #latest: documents.GameEvent | undefined;

  constructor(name: string, connect: (tokens: Tokens) => Connection) {
    this.#name = name;
    this.#connect = connect;
    this.#visitor = this.#account = this.#seat = connect(nobody);
  }

  async carryOut(order: Order): Promise<unknown> {
    switch (order.what) {
      case 'signUp':
        return this.#signUp(order.credentials);
      case 'sit':
        return this.#sit(order.gameId);
      case 'follow':
        void this.#follow(order.gameId).catch((error: unknown) => this.#fail(error));
        return null;
      case 'ask':
        return this.#asking(order.document).ask(documents[order.document], order.variables);
      case 'kept':
        return this.#seat.cached ? this.#seat.cached(order.gameId) : this.#latest?.game;
    }
  }

  async #signUp(credentials: Order['credentials']): Promise<unknown> {
    const { signUp } = await this.#visitor.ask(documents.SIGN_UP, { input: credentials });
    let first: string | undefined = tokenOf(signUp);
    const login = async (): Promise<string> => {
      const { login } = await this.#visitor.ask(documents.LOGIN, { input: credentials });
      return tokenOf(login);
    };
    this.#account = this.#connect(
      tokens(async () => {
        const token = first ?? (await login());
        first = undefined;
        return token;
      }),
    );
    return signUp;
  }

  #sit(gameId: string): null {
    const issue = async (): Promise<string> => {
      const { issueIntratoken } = await this.#account.ask(documents.ISSUE_INTRATOKEN, {
        input: { gameId },
      });
      tell({ player: this.#name, issued: gameId });
      return tokenOf(issueIntratoken);
    };
    this.#seat = this.#connect(tokens(issue));
    return null;
  }

  async #follow(gameId: string): Promise<void> {
    await this.#seat.follow(gameId, (event) => {
      this.#latest = event;
      tell({ player: this.#name, event });
    });
    tell({ player: this.#name, over: gameId });
  }

  #asking(document: Document): Connection {
    return IN_A_GAME.has(document) ? this.#seat : this.#account;
  }

  #fail(error: unknown): void {
    tell({ player: this.#name, failed: String(error) });
  }
}

/** Carry out orders until there are no more. */
export async function play(connect: Connect): Promise<void> {
  const url = String(process.argv[2]);
  const players = new Map<string, Player>();
  const lines = createInterface({ input: process.stdin });
  process.on('unhandledRejection', (error) => tell({ failed: String(error) }));
  lines.on('line', (line) => {
    const order = JSON.parse(line) as Order;
    const player =
      players.get(order.player) ?? new Player(order.player, (given) => connect(url, given));
    players.set(order.player, player);
    player.carryOut(order).then(
      (answer) => tell({ number: order.number, answer: answer ?? null }),
      (error: unknown) => tell({ number: order.number, failed: String(error) }),
    );
  });
  await once(lines, 'close');
  process.exit(0);
}
