"""What an export of everything takes: seconds, bytes, and memory of the process that writes it."""

import resource
import subprocess
import sys
import time

from django.conf import settings
from django.test import Client


def run(size):
    print(f"\nExport of {size:,} organisations")
    print(f"{'format':<10}{'seconds':>9}{'first byte':>12}{'megabytes':>11}{'memory MB':>11}{'grown by':>10}")
    for extension in ("csv", "xlsx", "json", "geojson"):
        # Each in a process of its own: the highest memory of a process never falls again.
        subprocess.run([sys.executable, "-m", "bench.exports", extension], check=True)  # noqa: S603


def export(extension):
    import django

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.get("/healthz")
    before, started, first, length = megabytes(), time.perf_counter(), None, 0
    for piece in client.get(f"/katalog/eksport.{extension}").streaming_content:
        first = first or time.perf_counter()
        length += len(piece)
    seconds, peak = time.perf_counter() - started, megabytes()
    row = f"{extension:<10}{seconds:>9.1f}{first - started:>12.2f}{length / 1e6:>11.1f}"
    print(f"{row}{peak:>11.0f}{peak - before:>10.0f}")


def megabytes():
    """The most memory this process has had so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    export(sys.argv[1])
