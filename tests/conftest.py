"""What holds for every test: how long hypothesis searches, and that it sends nothing itself."""

import os
import socket

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


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
