import signal

import pytest

from tests.local.conftest import PATIENCE, processes_of, run_python, start_python

pytestmark = pytest.mark.processes

TWO_CHILDREN = """
import os, sys
from pathlib import Path
from local.supervisor import Stopped, Supervisor

try:
    with Supervisor(Path(os.environ["VAR_DIR"])) as supervisor:
        for name in ("first", "second"):
            supervisor.start(name, [sys.executable, "-c", "import signal; signal.pause()"])
        print("started", flush=True)
        supervisor.watch()
except Stopped:
    print("stopped")
"""
A_STEP = """
import os, sys
from pathlib import Path
from local.supervisor import Supervisor

with Supervisor(Path(os.environ["VAR_DIR"])) as supervisor:
    supervisor.run("count", [sys.executable, "-c", "print(1); print(2); raise SystemExit(3)"])
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_children_before_the_supervisor(var, number):
    with start_python(TWO_CHILDREN, var=var) as supervisor:
        assert supervisor.stdout.readline() == "started\n"
        assert len(processes_of(var)) == 3
        supervisor.send_signal(number)
        assert supervisor.communicate(timeout=PATIENCE) == ("stopped\n", "")
    assert processes_of(var) == []


def test_a_step_that_fails_is_named_with_the_last_line_of_its_log(var):
    code, output, errors = run_python(A_STEP, var=var)
    assert (code, output) == (1, "")
    assert errors.splitlines()[-1] == (
        f"local.failures.Failure: Krok count nie powiódł się (2); szczegóły: {var}/count.log"
    )
