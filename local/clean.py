"""`make clean`: throw away this clone's embedded servers with all their data, uploads and logs."""

import fcntl
import shutil
import sys

from local.failures import Failure
from local.place import place_of, var_dir


def main():
    var = var_dir()
    if not var.exists():
        return
    place = place_of(var)
    with (place.run / "keeper.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure("Wbudowane serwery są w użyciu: zatrzymaj demo i testy, a potem powtórz.") from error
        for folder in {place.data.parent, place.run, var}:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(str(failure))
