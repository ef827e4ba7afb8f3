"""Queries and responses on loopback, over UDP and TCP."""

import asyncio
import json
import subprocess
import sys

import pytest
from tests.support.dns_exchanges import BOUND

from acmrules.network.dns.messages import message, name_of
from acmrules.network.dns.transport import Transport


@pytest.fixture(scope="module")
def found():
    """Return what a process of its own gets from a server on loopback."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.dns_exchanges"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert not done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "way",
    [
        "plain.test",
        "truncated.test",
        "old.test",
        "noise.test",
    ],
)
def test_a_response_arrives(found, way):
    """What does not fit comes over TCP; a server without EDNS, and noise before, do not matter."""
    assert found[way] == [f"{way}. 5 IN A 192.0.2.1"]


@pytest.mark.parametrize(
    ("way", "error"),
    [
        ("silent.test", "TimeoutError"),
        ("truncated.cut.test", "ConnectionError"),
        ("closed", "ConnectionRefusedError"),
        ("late", "TimeoutError"),
        ("unreachable", "Unreachable"),
    ],
)
def test_no_response_is_an_error(found, way, error):
    """Silence, a broken or refused connection, and a missing route differ."""
    assert found[way] == error


def test_the_number_of_queries_at_one_time_is_bounded(found):
    """More queries wait until others have their response."""
    assert found["bounded"] == [BOUND, 4 * BOUND]


def test_after_the_end_nothing_is_sent():
    """No socket is opened once the time is over; a test may not open one."""

    async def late():
        transport = Transport()
        assert not transport.is_busy
        end = asyncio.get_running_loop().time()
        await transport.exchange(message(name_of("a.test"), "A"), "192.0.2.1", 53, 5, end)

    with pytest.raises(TimeoutError):
        asyncio.run(late())
