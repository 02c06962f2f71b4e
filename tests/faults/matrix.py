"""Every fault there is."""

from tests.faults import (
    clocks,
    crashes,
    cuts,
    deafness,
    floods,
    outages,
    races,
    readers,
    restores,
    strain,
    tokens,
    versions,
)
from tests.faults.fault import Fault

_clock, _slow = clocks.JumpingClock(), strain.SlowDatabase()

MATRIX = (
    Fault("server-killed", "kill -9 of a server process", crashes.server_killed),
    Fault("deploy", "SIGTERM with open sockets, one server after the other", crashes.deployed),
    Fault("postgres-fast", "Postgres restarted, fast", outages.restarted_fast),
    Fault("postgres-immediate", "Postgres restarted, immediate", outages.restarted_at_once),
    Fault("postgres-killed", "kill -9 of Postgres", outages.killed),
    Fault("read-only", "failover to read-only", outages.read_only),
    Fault("disk-full", "disk full", outages.disk_full, outages.small_disk),
    Fault("listener-cut", "LISTEN connection cut", deafness.listener_cut),
    Fault("listener-silent", "LISTEN connection silently dead", deafness.listener_silent),
    Fault("queue-full", "NOTIFY queue full, a listener frozen", deafness.queue_full),
    Fault("hints-lost", "hints lost, all of them", deafness.hints_lost, deafness.deaf_server),
    Fault("hints-forged", "hints doubled, reordered, forged, early", deafness.hints_forged),
    Fault("lock-held", "a statement that hangs", strain.lock_held, strain.hasty_server),
    Fault("pool-exhausted", "pool exhausted", strain.pool_exhausted, strain.small_pool),
    Fault("slow-database", "a slow database (+200 ms)", _slow.act, _slow.setting),
    Fault("clock", "the clock of a host jumps", _clock.act, _clock.setting),
    Fault("deaf-followers", "a hundred followers that stop reading", readers.deaf_followers),
    Fault("flood", "a flood of everything", floods.flooded, floods.limited),
    Fault("races", "racing commands, one id on two processes", races.raced),
    Fault("client-cut", "clients cut in the middle of an answer", cuts.client_cut),
    Fault("token-ended", "tokens expired, or revoked", tokens.ended, tokens.brief_tokens),
    Fault("two-releases", "two releases at once", versions.rolling_deploy, versions.two_releases),
    Fault("restore", "the log restored to an earlier point", restores.restored),
    Fault("rebuild", "rebuild while the service runs", restores.rebuilt),
)
