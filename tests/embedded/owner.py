"""A process that owns an embedded Postgres until somebody ends it: `owner.py DATA_DIR [METHOD]`.

With METHOD (`spawn` or `fork`) it has a child of multiprocessing as well, which outlives it.
"""

import json
import multiprocessing
import signal
import sys
import time
from pathlib import Path

from xogql.embedded import EmbeddedPostgres


def main(data_dir: str, method: str = "") -> None:
    with EmbeddedPostgres(Path(data_dir)) as embedded:
        if method:
            multiprocessing.set_start_method(method)
            multiprocessing.Process(target=time.sleep, args=(60,)).start()
        child = sum(each.pid or 0 for each in multiprocessing.active_children())
        sys.stdout.write(json.dumps({"url": embedded.url, "child": child}))
        sys.stdout.write("\n")
        sys.stdout.flush()
        signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
