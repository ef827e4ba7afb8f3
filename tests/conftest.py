"""Settings of all tests: length of searches, no network, and the versions that a test installs."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("brief", max_examples=10, deadline=None)
settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Some tests install acmrules: with these versions, unless `.ci/run` sets others.
for name in ("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"):
    os.environ.setdefault(name, str(Path(__file__).parent / "constraints.txt"))


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Refuse every connection and every look-up of an address."""

    def refuse(*_, **__):
        raise AssertionError("a test reached for the network")

    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield
