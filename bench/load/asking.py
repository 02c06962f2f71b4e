"""One question again and again, over one connection."""

from time import perf_counter
from typing import Any

from bench.load.play import quantile
from bench.load.table import Table


async def repeat(table: Table, query: str, variables: dict[str, Any], times: int) -> dict[str, Any]:
    """Ask as the first of its players; give how long that took in milliseconds, and one answer."""
    await table.seat(2)
    requester = await table.requester()
    latencies, answer = list[float](), {}
    for _ in range(times):
        began = perf_counter()
        answer = await requester.ask(query, variables, table.players[0])
        latencies.append(1000 * (perf_counter() - began))
    latencies.sort()
    return {
        "first": latencies[0],
        "p50": quantile(latencies, 0.5),
        "p99": quantile(latencies, 0.99),
        "answer": answer,
    }
