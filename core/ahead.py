"""Work done ahead of need: what waits for the database and what needs the processor take turns otherwise."""

from concurrent.futures import ThreadPoolExecutor


def one_ahead(work, given):
    """Yields `work(one)` for each one given, in order. While the caller uses a result, a thread works out the next.

    `given` is asked by the caller's thread, `work` must not touch the database. What `work` raises is raised here.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        waiting = None
        for one in given:
            coming = beside.submit(work, one)
            if waiting:
                yield waiting.result()
            waiting = coming
        if waiting:
            yield waiting.result()
