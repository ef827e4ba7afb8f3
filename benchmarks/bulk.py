"""What do millions of names cost against 100,000 certificates, from file to file?"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Self

from benchmarks import columns
from benchmarks.columns import CERTIFICATES
from benchmarks.measuring import ROOT, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
AT_ONCE = 100_000
LINEAR = 1.3
FLAT = 1.25
BETWEEN_LOOKS = 0.05


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    folder = Path(tempfile.mkdtemp(prefix="bulk"))
    try:
        runs = [_measured(environments.clean, folder, size) for size in SIZES]
    finally:
        shutil.rmtree(folder)
    seconds, peaks = zip(*runs, strict=True)
    # The start of the run, mostly the reading of the certificates, is in each of them.
    paces = [
        (seconds[i + 1] - seconds[i]) / (SIZES[i + 1] - SIZES[i]) for i in range(1, len(SIZES) - 1)
    ]
    yield Row(
        f"`bulk` on 10^4 / 10^5 / 10^6 / 10^7 hosts, {CERTIFICATES:,} certificates, Parquet",
        f"linear ({LINEAR} x from 10^6 on)",
        f"{' / '.join(f'{each:.3g} s' for each in seconds)};"
        f" {' / '.join(f'{pace * 1e6:.2f} us' for pace in paces)} for each more,"
        f" {paces[-1] / paces[0]:.2f} x",
        "",
        paces[-1] <= LINEAR * paces[0],
    )
    yield Row(
        "its peak memory, all processes together",
        f"flat ({FLAT} x from 10^6 on)",
        f"{' / '.join(f'{peak / 1024:.0f} MiB' for peak in peaks)}",
        "",
        peaks[-1] <= FLAT * peaks[-2],
    )


def _measured(python: Path, folder: Path, size: int) -> tuple[float, int]:
    """Return the seconds of a run on so many hosts, and its peak memory in KiB."""
    hosts, certificates, out = (
        folder / f"{name}.parquet" for name in ("in", "certificates", "out")
    )
    subprocess.check_call(
        [python, "-m", "benchmarks.bulk", hosts, certificates, str(size)], cwd=ROOT
    )
    command = [python, "-m", "acmrules", "bulk", hosts, out, "--certificates", certificates]
    begin = perf_counter()
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL) as process,
        _Watch(process.pid) as watch,
    ):
        code = process.wait()
    taken = perf_counter() - begin
    if code:
        raise RuntimeError(f"bulk on {size:,} hosts exits with {code}")
    return taken, watch.peak


class _Watch:
    """The most memory that a process and its children had resident together, in KiB."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._ended = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(BETWEEN_LOOKS):
            self.peak = max(self.peak, sum(map(_resident, _family(self._pid))))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def write(hosts: str, certificates: str, size: int) -> None:
    """Write the Parquet files of a run: hosts, five in a hundred faulty, and certificates."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(hosts, pa.schema({"name": pa.string()})) as writer:
        for batch in columns.batches(size, AT_ONCE):
            writer.write_batch(batch)
    if not Path(certificates).exists():
        ids, names = zip(*columns.certificates().items(), strict=True)
        pq.write_table(pa.table({"certificate": ids, "names": names}), certificates)


if __name__ == "__main__":
    import sys

    write(sys.argv[1], sys.argv[2], int(sys.argv[3]))
