"""Worker processes of a bulk run."""

import os
import signal
import subprocess
import sys

import pytest
from tests.support.bulk_tasks import Obey, children, is_running, piece, wait_until

from acmrules.bulk.errors import AGAIN, BulkRunError
from acmrules.bulk.workers import NoWorkers, Workers

FEWER = f": use fewer `--jobs`, and {AGAIN}"
LARGE = b"nothing" * 200_000
"""More than a pipe has room for."""


def test_workers_are_started_when_there_is_work_and_have_two_pieces_each():
    """So memory does not depend on the number of pieces, and a small file needs one process."""
    others = {*children(os.getpid())}
    with Workers(Obey(), 2) as workers:
        assert workers.in_flight == 0
        for number, processes in enumerate((1, 2, 2, 2)):
            assert workers.has_room
            workers.submit(piece(number, LARGE))
            assert len({*children(os.getpid())} - others) == processes
        assert not workers.has_room
        assert sorted(workers.wait() for _ in range(4)) == [0, 1, 2, 3]
        assert workers.in_flight == 0


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("kill 9", f"a worker was killed by SIGKILL, perhaps because memory ran out{FEWER}"),
        ("kill 11", f"a worker was killed by SIGSEGV; {AGAIN}"),
        ("kill 1", f"a worker was killed by SIGHUP; {AGAIN}"),
        ("exit 7", f"a worker ended with exit code 7; {AGAIN}"),
        ("exit 0", f"a worker ended with exit code 0; {AGAIN}"),
        ("fail no space left", "no space left"),
        ("divide", "a bug in acmrules, please report it: ZeroDivisionError: division by zero at"),
    ],
)
def test_a_worker_that_fails_ends_the_run(order, message, capfd):
    """The reason is an error, also if more pieces are sent to it."""
    with Workers(Obey(), 1) as workers, pytest.raises(BulkRunError) as caught:
        submit(workers, order.encode(), *[LARGE] * 8)
    assert str(caught.value).startswith(message)
    assert caught.value.is_bug == (order == "divide")
    assert capfd.readouterr() == ("", "")


def submit(workers, *contents):
    """Submit pieces, whether there is room or not, and wait for one."""
    for number, content in enumerate(contents):
        workers.submit(piece(number, content))
    workers.wait()


def test_a_task_that_cannot_begin_ends_the_run():
    """Memory may be too small for the certificates."""
    with Workers(Obey(begins=False), 1) as workers, pytest.raises(BulkRunError, match="cannot"):
        submit(workers, b"")


def test_what_a_worker_prints_is_not_an_answer(capfd):
    """It is printed on standard error."""
    with Workers(Obey(), 1) as workers:
        submit(workers, b"print noise")
    assert capfd.readouterr() == ("", "noise")


def test_workers_end_with_the_run(tmp_path, monkeypatch):
    """At once if the run fails, even in the middle of a piece."""
    file = tmp_path / "number"
    ends = []
    wait = subprocess.Popen.wait

    def noted(process, timeout=None):
        code = wait(process, timeout)
        ends.append(timeout)
        return code

    monkeypatch.setattr(subprocess.Popen, "wait", noted)

    def interrupted():
        with Workers(Obey(), 1) as workers:
            workers.submit(piece(0, b"hold " + os.fsencode(file)))
            wait_until(lambda: file.exists() and file.read_text())
            # An interrupt of the terminal is for this process alone.
            assert os.getpgid(int(file.read_text())) != os.getpgid(0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not is_running(file.read_text())
    # A wait without a timeout follows one that was in vain.
    assert len(ends) == 1
    assert None not in ends


PARENT = """
import sys
from tests.support.bulk_tasks import Obey, piece
from acmrules.bulk.workers import Workers
with Workers(Obey(), 1) as workers:
    workers.submit(piece(0, b"hang " + sys.argv[1].encode()))
    workers.wait()
"""


def test_a_worker_ends_when_its_parent_is_killed(tmp_path):
    """In the middle of a piece, after `kill -9`."""
    file = tmp_path / "number"
    path = os.pathsep.join(filter(None, sys.path))
    program = [sys.executable, "-c", PARENT, str(file)]
    process = subprocess.Popen(program, env=os.environ | {"PYTHONPATH": path})
    wait_until(lambda: file.exists() and file.read_text())
    assert is_running(file.read_text())
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait_until(lambda: not is_running(file.read_text()))


def test_this_process_can_do_the_work():
    """A part is made when its piece is submitted."""
    made = []
    with NoWorkers(made.append) as workers:
        for number in range(3):
            assert workers.has_room
            workers.submit(piece(number))
            assert (workers.in_flight, workers.has_room) == (1, False)
            assert workers.wait() == number
    assert made == [piece(0), piece(1), piece(2)]
