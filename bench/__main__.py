"""`python -m bench [NAME ...]`: run the benchmarks of those names, or all, and print tables."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from inspect import getdoc
from types import ModuleType

from bench import (
    append,
    bots,
    fanout,
    fold,
    gomocup,
    growth,
    idle,
    lobby,
    machine,
    moves,
    page,
    perft,
    results,
    solved,
    start,
    workers,
)
from bench.options import Options
from bench.servers import STARTS
from bench.table import Table
from bench.versions import versions

BENCHMARKS: Sequence[ModuleType] = (
    moves,
    fanout,
    idle,
    fold,
    perft,
    bots,
    solved,
    gomocup,
    append,
    lobby,
    growth,
    start,
    workers,
    page,
)


def main() -> None:
    """Run and print, one table after the other; an unknown name ends it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    named = {each.__name__.rpartition(".")[2]: each for each in BENCHMARKS}
    arguments = _parser(named).parse_args()
    machine.open_many_files()
    options = Options(
        short=arguments.short,
        rounds=arguments.rounds,
        sizes=arguments.sizes,
        servers=arguments.servers,
    )
    for name in arguments.names or named:
        run(name, named[name].measure, getdoc(named[name]) or "", options, save=arguments.save)


def run(
    name: str,
    measure: Callable[[Options], Iterator[Table]],
    about: str,
    options: Options,
    *,
    save: bool,
) -> None:
    """Run one benchmark; what was measured before it was interrupted is kept, too."""
    told = [about, _circumstances()]
    print("\n\n".join([f"## {name}", *told]), flush=True)
    tables: list[Table] = []
    for table in measure(options):
        print(f"\n{table}", flush=True)
        tables.append(table)
        if save:
            results.keep(name, results.section(name, told, tables))


def _circumstances() -> str:
    today = datetime.now(UTC).date().isoformat()
    return (
        f"{today}. {machine.described()}; {versions()}. {machine.cores()}; "
        f"load average before: {machine.load_average():.1f}."
    )


def _parser(names: Sequence[str] | dict[str, ModuleType]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", choices=[*names, []], help=" ".join(names)
    )
    parser.add_argument("--short", action="store_true", help="small sizes, few rounds")
    parser.add_argument(
        "--save", action="store_true", help=f"keep results in bench/{results.PAGE.name}"
    )
    parser.add_argument("--rounds", type=int, help="how often everything is measured")
    parser.add_argument("--sizes", type=_numbers, default=(), help="such as 1,64")
    parser.add_argument("--servers", type=_servers, default=(), help=f"of {','.join(STARTS)}")
    return parser


def _numbers(value: str) -> Sequence[int]:
    return tuple(int(float(each)) for each in value.split(","))


def _servers(value: str) -> Sequence[str]:
    names = tuple(value.split(","))
    if unknown := set(names) - set(STARTS):
        reason = f"unknown: {', '.join(unknown)}"
        raise argparse.ArgumentTypeError(reason)
    return names


if __name__ == "__main__":
    main()
