// The grouped reference: the commands of a moment in one statement, and the hint after the commit.
import pg from 'pg';
import { connectionString, Log } from './log.mjs';
import { serve } from './server.mjs';

const LARGEST = 256;
const APPEND = `with command as materialized (
  select * from unnest($1::text[], $2::int[], $3::text[], $4::jsonb[], $5::text[], $6::uuid[], $7::text[], $8::jsonb[])
    as command(stream_id, version, type, data, actor, command_id, type2, data2)
  order by stream_id),
first as (
  insert into event (stream_id, version, type, data, actor, command_id, ordinal)
  select stream_id, version, type, data, actor, command_id, 0 from command
  where version = 1 or (select true from event e where e.stream_id = command.stream_id and e.version = command.version - 1)
  order by stream_id
  on conflict do nothing
  returning stream_id, version, command_id),
rest as (
  insert into event (stream_id, version, type, data, actor, command_id, ordinal)
  select c.stream_id, c.version + 1, c.type2, c.data2, c.actor, c.command_id, 1
  from first join command c using (stream_id, version, command_id) where c.type2 is not null)
select array_agg(command_id) as won from first`;

class Grouped extends Log {
  waiting = [];
  writing = false;
  hints = new Map();
  hinting = false;
  writer = new pg.Client({ connectionString });
  notifier = new pg.Client({ connectionString });

  async open() {
    await this.writer.connect();
    await this.writer.query('set plan_cache_mode = force_custom_plan');
    await this.notifier.connect();
    await super.open(({ from, streams }) => from === process.pid || this.catchUp(streams));
  }

  append(stream, version, events, player, commandId) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ stream, version, events, player, commandId, resolve, reject });
      if (!this.writing) {
        this.writing = true;
        setImmediate(() => this.write());
      }
    });
  }

  /** Append what waits, at most one command a stream; what comes meanwhile is the next batch. */
  async write() {
    while (this.waiting.length) {
      const batch = new Map();
      const later = [];
      for (const each of this.waiting) {
        if (batch.size < LARGEST && !batch.has(each.stream)) batch.set(each.stream, each);
        else later.push(each);
      }
      this.waiting = later;
      await this.writeAll([...batch.values()]);
    }
    this.writing = false;
  }

  async writeAll(batch) {
    try {
      const { rows } = await this.writer.query({ name: 'append', text: APPEND, values: columns(batch) });
      const won = new Set(rows[0].won);
      for (const each of batch) this.settle(each, won.has(each.commandId));
      this.hint();
    } catch (error) {
      for (const each of batch) each.reject(error);
    }
  }

  settle({ stream, version, events, resolve }, won) {
    if (won) {
      this.publish(stream, version, events);
      this.hints.set(stream, version);
    }
    resolve(won);
  }

  /** Tell other processes, one message under way at a time. */
  async hint() {
    if (this.hinting) return;
    this.hinting = true;
    while (this.hints.size) {
      const streams = [...this.hints].slice(0, 100);
      for (const [stream] of streams) this.hints.delete(stream);
      const payload = JSON.stringify({ from: process.pid, streams });
      await this.notifier.query({ name: 'hint', text: "select pg_notify('event', $1)", values: [payload] });
    }
    this.hinting = false;
  }

  async catchUp(streams) {
    for (const [stream, version] of streams) {
      if (!this.followers.has(stream)) continue;
      const news = await this.read(stream, version);
      this.publish(stream, version, news.map(({ event }) => event));
    }
  }
}

function columns(batch) {
  const data = ({ type, ...rest }) => JSON.stringify(rest);
  return [
    batch.map(({ stream }) => stream),
    batch.map(({ version }) => version + 1),
    batch.map(({ events }) => events[0].type),
    batch.map(({ events }) => data(events[0])),
    batch.map(({ player }) => player),
    batch.map(({ commandId }) => commandId),
    batch.map(({ events }) => events[1]?.type ?? null),
    batch.map(({ events }) => (events[1] ? data(events[1]) : null)),
  ];
}

const log = new Grouped();
await log.open();
serve('leang', log);
