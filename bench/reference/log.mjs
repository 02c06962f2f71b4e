// What both logs share: one table, games kept folded, and followers that read past their cursor.
import pg from 'pg';
import { absent, evolve } from './game.mjs';
import { show } from './server.mjs';

const TABLE = `create table if not exists event (
  stream_id text collate "C" not null,
  version integer not null,
  type text not null,
  data jsonb not null,
  actor text not null,
  command_id uuid not null,
  ordinal smallint not null,
  recorded_at timestamptz not null default now(),
  primary key (stream_id, version),
  unique (stream_id, command_id, ordinal)
) with (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000)`;
const READ = 'select version, type, data from event where stream_id = $1 and version > $2 order by version';
const FIND = 'select max(version) as version from event where stream_id = $1 and command_id = $2';

export const connectionString = process.env.DATABASE_URL;

export class Log {
  pool = new pg.Pool({ connectionString, max: 10, idleTimeoutMillis: 0 });
  games = new Map();
  followers = new Map();

  async open(heard) {
    await this.pool.query(TABLE);
    const listener = new pg.Client({ connectionString });
    await listener.connect();
    listener.on('notification', ({ payload }) => heard(JSON.parse(payload)));
    await listener.query('listen event');
  }

  /** Decide in the kept game and append; who lost a race reads, and decides anew. */
  async carryOut(stream, decide, input, player) {
    const commandId = input.commandId ?? crypto.randomUUID();
    for (let game = this.games.get(stream); ; game = undefined) {
      const fresh = game === undefined;
      game ??= await this.load(stream);
      const events = decide(game, input, player);
      const refused = typeof events === 'string';
      if (!refused && (await this.append(stream, game.version, events, player, commandId))) {
        return { game: this.keep(stream, events.reduce(evolve, game)) };
      }
      const first = await this.find(stream, commandId);
      if (first) return { game: await this.load(stream, first) };
      if (refused && fresh) return { refusal: events, game };
    }
  }

  keep(stream, game) {
    if (game.status === 'FINISHED') this.games.delete(stream);
    else this.games.set(stream, game);
    return game;
  }

  async load(stream, upto = Infinity) {
    const rows = await this.read(stream, 0);
    return rows.filter(({ version }) => version <= upto).map(({ event }) => event).reduce(evolve, absent);
  }

  async read(stream, after) {
    const { rows } = await this.pool.query({ name: 'read', text: READ, values: [stream, after] });
    return rows.map(({ version, type, data }) => ({ version, event: { type, ...data } }));
  }

  async find(stream, commandId) {
    const { rows } = await this.pool.query({ name: 'find', text: FIND, values: [stream, commandId] });
    return rows[0].version;
  }

  /** Give a stream's followers its news: events past *version*. */
  publish(stream, version, events) {
    for (const follower of this.followers.get(stream) ?? []) follower.hear(version, events);
  }

  async *follow(stream, after) {
    const follower = new Follower();
    const others = this.followers.get(stream) ?? new Set();
    this.followers.set(stream, others.add(follower));
    try {
      let game = absent;
      while (game.status !== 'FINISHED') {
        // What is heard is used as it comes; where it has a gap, and at first, the table is read.
        const news = follower.take(game.version) ?? (await this.read(stream, game.version));
        for (const { event } of news) {
          game = evolve(game, event);
          if (game.version > after) yield { gameEvents: message(stream, event, game) };
        }
        if (game.status !== 'FINISHED') await follower.news(game.version);
      }
    } finally {
      others.delete(follower);
      if (!others.size) this.followers.delete(stream);
    }
  }
}

class Follower {
  heard = [];
  wake = () => {};

  hear(version, events) {
    events.forEach((event, index) => this.heard.push({ version: version + index + 1, event }));
    this.wake();
  }

  /** Take what follows the version without a gap, or nothing at all. */
  take(version) {
    const news = this.heard.filter((each) => each.version > version);
    this.heard = [];
    return news.length && news[0].version === version + 1 ? news : null;
  }

  news(version) {
    if (this.heard.some((each) => each.version > version)) return null;
    return new Promise((resolve) => (this.wake = resolve));
  }
}

const message = (id, { type, ...event }, game) => ({
  __typename: type,
  ...event,
  version: game.version,
  game: show(id, game),
});
