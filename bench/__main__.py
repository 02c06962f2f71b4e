"""`python -m bench [NAME ...]`: run the benchmarks of those names, or all."""

import sys

from bench import rules
from bench.table import Table

BENCHMARKS = {"rules": rules.measure}


def main(names: list[str]) -> None:
    """Run and print; an unknown name ends it."""
    if unknown := set(names) - BENCHMARKS.keys():
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        table: Table = BENCHMARKS[name]()
        print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
