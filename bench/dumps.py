"""The nightly files of open data: seconds, memory of the process that writes them, bytes as served and on the disk."""

import subprocess
import sys
import tempfile
import time

from django.conf import settings

from bench.memory import Memory


def run(size):
    print(f"\nOpen data of one day, {size:,} organisations", flush=True)
    # In a process of its own: the highest memory of a process never falls again, and rows may have been invented here.
    subprocess.run([sys.executable, "-m", "bench.dumps"], check=True)  # noqa: S603


def measure():
    import django

    django.setup()
    from open_data.datasets import all_datasets
    from open_data.use_cases import dumps

    print(f"{'data set':<14}{'rows':>9}{'formats':>9}{'seconds':>9}{'MB served':>11}{'MB stored':>11}")
    made = []
    with tempfile.TemporaryDirectory() as folder, Memory() as memory, dumps.snapshot():
        settings.MEDIA_ROOT = folder
        started, busy = time.perf_counter(), time.process_time()
        for dataset in all_datasets():
            made.append(written(dataset))
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
    served, stored = (sum(column) for column in zip(*made, strict=True))
    print(f"{'together':<32}{seconds:>9.1f}{served / 1e6:>11.1f}{stored / 1e6:>11.1f}")
    print(f"of the processor {busy:.1f} s, without the database's share")
    print(f"memory at most {memory.most:.0f} MB")


def written(dataset):
    """(bytes as served, bytes on the disk)."""
    from open_data.dumps import files, formats

    started = time.perf_counter()
    with files.targets(dataset.formats) as targets:
        rows = formats.write(dataset, dataset.read(), targets)
        done = [target.finish() for target in targets.values()]
    seconds = time.perf_counter() - started
    served, stored = sum(one.size for one in done), sum(one.stored_size for one in done)
    print(f"{dataset.slug:<14}{rows:>9,}{len(done):>9}{seconds:>9.1f}{served / 1e6:>11.1f}{stored / 1e6:>11.1f}")
    return served, stored


if __name__ == "__main__":
    measure()
