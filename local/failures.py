"""The one kind of error that the commands of this folder show to a person."""

import contextlib
import errno


class Failure(Exception):
    """One plain Polish sentence that says what is wrong and what to do about it."""


NO_SPACE = "Na dysku brakuje miejsca w folderze {folder}: zwolnij co najmniej {megabytes} MB i spróbuj ponownie."


@contextlib.contextmanager
def explained(folder):
    """Turn the operating system's refusals about `folder` into a Failure."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Failure(NO_SPACE.format(folder=folder, megabytes=500)) from error
        if error.errno in {errno.ENOTDIR, errno.EEXIST}:
            raise Failure(f"{folder} nie jest folderem: wskaż inny folder przez VAR_DIR.") from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise Failure(
                f"Brak prawa zapisu w {error.filename or folder}: wskaż inny folder przez VAR_DIR."
            ) from error
        raise


def last_line(log):
    """The last line of the log file `log` that is not empty, or an empty string."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
