// The lean reference: one statement a move, which notifies as well; followers are served by LISTEN.
import { Log } from './log.mjs';
import { serve } from './server.mjs';

const APPEND = `with written as (
  insert into event (stream_id, version, type, data, actor, command_id, ordinal)
  select $1, $2::int + place, type, data::jsonb, $5, $6, place - 1
  from unnest($3::text[], $4::text[]) with ordinality as new(type, data, place)
  returning version)
select pg_notify('event', $7) from (select max(version) from written) as done`;
const UNIQUE_VIOLATION = '23505';

class Lean extends Log {
  async append(stream, version, events, player, commandId) {
    const types = events.map(({ type }) => type);
    const datas = events.map(({ type, ...data }) => JSON.stringify(data));
    const hint = JSON.stringify({ stream, version, events });
    const values = [stream, version, types, datas, player, commandId, hint];
    try {
      await this.pool.query({ name: 'append', text: APPEND, values });
      return true;
    } catch (error) {
      if (error.code !== UNIQUE_VIOLATION) throw error;
      return false;
    }
  }
}

const log = new Lean();
await log.open(({ stream, version, events }) => log.publish(stream, version, events));
serve('lean', log);
