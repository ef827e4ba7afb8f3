"""Columns of names on two workers of Spark, until one of them dies.

Run `python -m pytest -m cluster tests/hosts/test_cluster.py`, in the environment of `.ci/run hosts`
and on Linux; it takes about a minute, and CI leaves it out. `local-cluster` starts a master and
workers in the process of the driver, and executors with `$SPARK_HOME/bin`. Executors write into
`$SPARK_HOME/work`, so the home is a folder of links to the files of the installed PySpark.
"""

import os
import signal
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest
from tests.support.spark import configured

from acmrules.arrow import CertificateNames, examine, spark

pyspark = pytest.importorskip("pyspark", reason="only `.ci/run hosts` installs Spark")

pytestmark = pytest.mark.cluster

ROWS, PARTITIONS = 100_000, 8
FORMS = ("h{}.brightharbor.io", "a_{}.brightharbor.io", "*.H{}.Brightharbor.co.uk", "x{}..io")
COVERING = CertificateNames({"first": ["*.brightharbor.io"], "second": ["h7.brightharbor.io"]})


@pytest.fixture(scope="module")
def cluster(here, tmp_path_factory):
    """Return a session of a cluster: two workers with one executor each."""
    from pyspark.sql import SparkSession

    assert SparkSession.getActiveSession() is None, "run these tests without the others"
    home = tmp_path_factory.mktemp("home")
    for path in Path(pyspark.__file__).parent.iterdir():
        (home / path.name).symlink_to(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(here, "SPARK_HOME", str(home))
        patch.setitem(here, "SPARK_LOCAL_DIRS", str(tmp_path_factory.mktemp("local")))
        builder = configured(SparkSession.builder).master("local-cluster[2,1,1024]")
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


def names():
    """Return the rows of the tests: good names, faulty ones, and nulls."""
    texts = [None if i % 10 == 9 else FORMS[i % 4].format(i % 1000) for i in range(ROWS)]
    return pa.table({"key": pa.array(range(ROWS), pa.int64()), "name": texts})


def local():
    """Return the result of one process."""
    [batch] = names().combine_chunks().to_batches()
    return pa.Table.from_batches([examine(batch, certificates=COVERING)])


def gated(session, folder):
    """Return a frame whose partitions stop after their first batch until `folder/open` exists.

    Each attempt of a task leaves a file with the id of its process; two tasks run at a time.
    """
    gate = str(folder)

    def wait(batches):
        import os
        import time

        from pyspark import TaskContext

        task = TaskContext.get()
        attempt = f"{gate}/{task.partitionId()}-{task.taskAttemptId()}"
        for index, batch in enumerate(batches):
            if index == 1:
                with open(f"{attempt}.new", "w") as file:
                    file.write(str(os.getpid()))
                os.rename(f"{attempt}.new", attempt)
                while not os.path.exists(f"{gate}/open"):
                    time.sleep(0.05)
            yield batch

    frame = session.createDataFrame(names()).repartition(PARTITIONS, "key")
    return frame.mapInArrow(wait, frame.schema)


def parent(process):
    """Return the id of the parent of a process."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def command(process):
    """Return the command of a process."""
    return Path(f"/proc/{process}/cmdline").read_text()


def ancestor(process, part):
    """Return the nearest ancestor of a process with a part in its command."""
    while part not in command(process):
        process = parent(process)
    return process


def children(process):
    """Return the ids of the children of a process."""
    found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [each for each in found if parent(each) == process]


def kill_the_executor(worker):
    """End the executor of a Python worker, with all that runs in it."""
    os.kill(ancestor(worker, "CoarseGrainedExecutorBackend"), signal.SIGKILL)


def kill_the_python_workers(worker):
    """End the Python workers of an executor: one that examines is among them."""
    for each in children(parent(worker)):
        os.kill(each, signal.SIGKILL)


def wait_for(condition):
    """Wait until a condition is true, for at most two minutes."""
    for _ in range(1200):
        if found := condition():
            return found
        time.sleep(0.1)
    raise TimeoutError


def attempts(folder):
    """Return the files of the attempts of tasks."""
    return [path for path in folder.glob("*-*") if path.suffix != ".new"]


def collected(frame, into):
    """Collect a frame in a thread; append the table to a list."""
    thread = threading.Thread(target=lambda: into.append(frame.toArrow()))
    thread.start()
    return thread


def same(result, expected):
    """Return whether two tables have the same rows, each key once, in any order."""
    ordered = result.sort_by("key")
    return ordered.to_pydict() == expected.to_pydict()


def test_two_workers_have_the_rows_of_one_machine(cluster):
    """Both executors examine, and each key has the same answers as in one process."""
    frame = cluster.createDataFrame(names()).repartition(PARTITIONS, "key")
    result = spark.examine(frame, certificates=COVERING).toArrow()
    assert same(result, local())
    executors = cluster.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
    assert executors == 2


@pytest.mark.parametrize("kill", [kill_the_executor, kill_the_python_workers])
def test_a_killed_worker_changes_no_row(cluster, tmp_path, kill):
    """Spark repeats the tasks of a worker that dies, and no row is lost or doubled."""
    cluster.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 1000)
    tables = []
    thread = collected(spark.examine(gated(cluster, tmp_path), certificates=COVERING), tables)
    waiting = wait_for(lambda: (found := attempts(tmp_path))[1:] and found)
    kill(int(waiting[0].read_text()))
    (tmp_path / "open").touch()
    thread.join(timeout=120)
    [table] = tables
    assert same(table, local())
    tasks = [path.name.partition("-")[0] for path in attempts(tmp_path)]
    assert len(set(tasks)) == PARTITIONS < len(tasks)
