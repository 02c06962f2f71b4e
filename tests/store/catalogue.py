"""What stands in a database's catalogue, line by line, for one to be compared with another."""

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

_TABLES = text("""
with tables as (
  select c.oid, c.relname, c.reloptions, c.relpersistence from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and c.relname <> 'alembic_version')
select format('table %s %s %s: %s',
  relname, relpersistence, reloptions, obj_description(oid, 'pg_class')) from tables
union all
select format('column %s.%s %s collate %s null=%s default=%s identity=%s: %s',
  relname, attname, format_type(atttypid, atttypmod), attcollation::regcollation, not attnotnull,
  pg_get_expr(adbin, adrelid), attidentity, col_description(tables.oid, attnum))
from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
left join pg_attrdef on adrelid = attrelid and adnum = attnum
union all
select format('constraint %s %s', conname, pg_get_constraintdef(pg_constraint.oid))
from tables join pg_constraint on conrelid = tables.oid and contype <> 'n'
union all
select format('index %s', pg_get_indexdef(indexrelid)) from tables join pg_index on indrelid = oid
order by 1
""")
_BEHAVIOUR = text("""
select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
union all
select format('function %s', pg_get_functiondef(oid)) from pg_proc
where pronamespace = 'public'::regnamespace
order by 1
""")


def tables(connection: Connection) -> list[str]:
    """What SQLAlchemy's metadata can say too: tables, columns, constraints, indexes, comments."""
    return list(connection.scalars(_TABLES))


def everything(connection: Connection) -> list[str]:
    """Those, and triggers and functions."""
    return tables(connection) + list(connection.scalars(_BEHAVIOUR))


async def tables_of(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return await connection.run_sync(tables)
