"""Networks of real name servers for tests."""

import contextlib
import os

import pytest
from filelock import FileLock
from tests.support.dns_servers import free_addresses, reason_to_skip
from tests.support.dns_zone_files import Network


@contextlib.contextmanager
def alone(programs, tmp_path_factory):
    """Let one worker at a time run BIND, which has the one address of the interface."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with FileLock(folder / "bind.lock") if "bind" in programs else contextlib.nullcontext():
        yield


@pytest.fixture
def network(request, tmp_path_factory):
    """Return addresses for servers; without the programs here, the test is skipped.

    The parameter is the programs of servers that are not NSD.
    """
    programs = getattr(request, "param", {})
    with alone(programs.values(), tmp_path_factory):
        if reason := reason_to_skip("nsd", "unbound", *programs.values()):
            pytest.skip(reason)
        yield Network(free_addresses(), programs)
