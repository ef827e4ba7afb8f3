"""What the tests of hosts share: connections on this machine, and one session of Spark."""

import os
import socket
import sys

import pytest
from tests.support.spark import configured

CONNECT = socket.socket.connect
FIND = socket.getaddrinfo
HERE = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(scope="module", autouse=True)
def no_network():
    """Refuse connections beyond this machine; engines talk to their own processes."""

    def connect(self, address):
        here = self.family == socket.AF_UNIX or address[0] in HERE
        assert here, f"a test reached for {address}"
        return CONNECT(self, address)

    def find(host, *words, **more):
        assert host in HERE, f"a test looked for {host}"
        return FIND(host, *words, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", find)
        yield


@pytest.fixture(scope="module")
def here(no_network):
    """Return the variables that keep Spark on this machine, and its workers on this Python."""
    del no_network
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.delenv("SPARK_HOME", raising=False)
        yield os.environ


@pytest.fixture(scope="module")
def session(here, tmp_path_factory):
    """Return a session of Spark with two threads, in a folder of its own."""
    del here
    sql = pytest.importorskip("pyspark.sql")
    folder = str(tmp_path_factory.mktemp("spark"))
    builder = configured(sql.SparkSession.builder, **{"spark.local.dir": folder})
    session = builder.master("local[2]").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
