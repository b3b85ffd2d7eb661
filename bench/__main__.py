"""`make bench`: every benchmark at each of SIZES=1000,10000,100000 organisations, each size in a database of its own.

Each benchmark is a module with a `run(size)`; it runs in a process of its own, so that one does not warm the next.
"""

import os
import subprocess
import sys

SUITES = (
    "bench.catalogue",
    "bench.api",
    "bench.changes",
    "bench.exports",
    "bench.imports",
    "bench.events",
    "bench.events_signups",
    "bench.attendance",
    "bench.procurement",
    "bench.procurement_matching",
    "bench.quality_mark",
    "bench.alerts",
    "bench.dumps",
)
DEFAULT_SIZES = "1000,10000,100000"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    from local.servers import ensure_environment

    ensure_environment()
    try:
        sizes = [int(size) for size in os.environ.get("SIZES", DEFAULT_SIZES).split(",")]
    except ValueError:
        sys.exit("SIZES to liczby po przecinku, na przykład SIZES=1000,10000")
    for suite in sys.argv[1:] or SUITES:
        for size in sizes:
            done = subprocess.run([sys.executable, "-m", "bench.one", suite, str(size)])  # noqa: S603
            if done.returncode:
                sys.exit(done.returncode)


if __name__ == "__main__":
    main()
