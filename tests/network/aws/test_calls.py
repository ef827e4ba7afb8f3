"""The scheduler of calls."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.network.aws.calls import ApiCall, ApiError, ApiResult, Scheduler
from acmrules.network.aws.operations import DESCRIBE, LIST

FAST = DESCRIBE.__replace__(rate=1_000_000)


def run(readers, send, **options):
    """Run readers to their end."""
    scheduler = Scheduler(send, **options)
    try:
        scheduler.run(readers)
    finally:
        scheduler.close()


def reader(batches, received, operation=FAST, region="eu-west-1"):
    """Make calls in batches, and remember the results."""
    for batch in batches:
        received.append((yield [ApiCall(operation, region, {"n": number}) for number in batch]))


def echo(call):
    """Answer a call with its number."""
    return ApiResult({"n": call.parameters["n"]})


@given(st.lists(st.lists(st.lists(st.integers(), max_size=5), max_size=4), max_size=4))
def test_each_reader_gets_the_results_of_its_calls_in_their_order(works):
    """Whatever the threads do, and also for a batch without calls."""
    received = [[] for _ in works]
    run([reader(*each) for each in zip(works, received, strict=True)], echo)
    for work, got in zip(works, received, strict=True):
        numbers = [[result.response["n"] for result in results] for results in got]
        assert [each for each in numbers if each] == [each for each in work if each]


def test_calls_of_one_operation_in_a_region_have_a_pace():
    """After those of one second, each waits for its turn; other Regions do not."""
    now = [0.0]
    sent = []

    def clock():
        now[0] += 0.01
        return now[0]

    def send(call):
        sent.append((call.region, now[0]))
        return ApiResult({})

    works = [reader([range(30)], [], LIST, region) for region in ("eu-west-1", "us-east-1")]
    run(works, send, clock=clock)
    for region in ("eu-west-1", "us-east-1"):
        times = [moment for place, moment in sent if place == region]
        assert len(times) == 30
        assert max(times) - min(times) >= (30 - LIST.rate) / LIST.rate - 0.5


def test_calls_run_side_by_side_within_a_limit():
    """As many as there are workers."""
    running, most = [0], [0]
    lock = threading.Lock()
    full = threading.Barrier(3, timeout=5)

    def send(call):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        full.wait()
        with lock:
            running[0] -= 1
        return echo(call)

    run([reader([range(6)], [])], send, workers=3)
    assert most == [3]


def test_an_expired_token_ends_the_calls_but_not_the_readers():
    """They get the error for every call that was not sent."""
    sent = []

    def send(call):
        sent.append(call)
        return ApiResult(error=ApiError("ExpiredTokenException", "expired"))

    received = []
    run([reader([range(100), range(100)], received)], send, workers=2)
    assert len(sent) <= 2
    assert {result.error.code for results in received for result in results} == {
        "ExpiredTokenException"
    }
    assert [len(results) for results in received] == [100, 100]


def test_a_bug_in_a_call_reaches_the_caller():
    """It is not lost in its thread."""

    def send(call):
        raise ZeroDivisionError(call)

    with pytest.raises(ZeroDivisionError):
        run([reader([[1]], [])], send)


def test_an_interrupt_ends_the_run_at_once():
    """Even if a call gets no response."""
    hang = threading.Event()

    def send(call):
        hang.wait(10)
        return echo(call)

    def step(_):
        raise KeyboardInterrupt

    def both(call):
        return echo(call) if call.parameters["n"] == 0 else send(call)

    scheduler = Scheduler(both)
    with pytest.raises(KeyboardInterrupt):
        scheduler.run([reader([range(3)], [])], step)
    scheduler.close()
    hang.set()
