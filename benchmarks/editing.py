"""What does a keystroke cost in an editor: from the change to the diagnostics of its text?"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import TYPE_CHECKING

from benchmarks.corpora import write_templates, write_tree
from benchmarks.measuring import Row, available, inside, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

ROUNDS = 60
FILES = 2_000
BAR = 50e6
NAMES = ("YAML", "JSON", "YAML among 2,000 files")


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    times = inside(environments.clean, "editing")
    if not times.rounds:
        yield Row("a keystroke in an editor", "", "", "pygls not installed", holds=True)
        return
    for name in NAMES:
        low, high = times.quartiles(name)
        reached = times.median(name)
        yield Row(
            f"a keystroke in an editor, from the change to the diagnostics, 300 resources, {name}",
            f"{shown(BAR)} with the pause after the last key",
            f"{shown(reached)} ({shown(low)} to {shown(high)}),"
            f" {times.ratio(name, 'parse'):.1f} x the parse of the YAML;"
            f" {shown(times.median(f'{name}, processor'))} of a processor",
            "",
            reached <= BAR,
        )


def measured() -> list[dict[str, float]]:
    """Return the nanoseconds of keystrokes in each text, and of parsing the YAML."""
    from tests.support.lsp_client import Client, span

    from acmrules.syntax.source import Source
    from acmrules.syntax.yaml.tree import trees

    times: list[dict[str, float]] = []
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        templates = write_templates(_made(folder / "templates"))
        sites = {}
        for name, source in zip(NAMES, ("large.yaml", "large.json", "large.yaml"), strict=True):
            root = folder / name.replace(",", "")
            _made(root)
            sites[name] = root / source
            sites[name].write_bytes(templates[source].read_bytes())
        write_tree(sites[NAMES[2]].parent / "tree", FILES)
        clients = {name: Client([path.parent]) for name, path in sites.items()}
        texts = {name: path.read_text() for name, path in sites.items()}
        uris = {name: clients[name].open(path) for name, path in sites.items()}
        for name, client in clients.items():
            client.published(uris[name])
        used = {name: processor_time(client.process.pid) for name, client in clients.items()}
        for version in range(2, ROUNDS + 2):
            times.append({})
            for name, client in clients.items():
                at = texts[name].index("team30") + len("team30")
                line = texts[name].count("\n", 0, at)
                column = at - texts[name].rfind("\n", 0, at) - 1
                begin = perf_counter_ns()
                client.change(uris[name], version, (span(line, column, line, column), "x"))
                client.published(uris[name], version)
                times[-1][name] = perf_counter_ns() - begin
                texts[name] = texts[name][:at] + "x" + texts[name][at:]
            begin = perf_counter_ns()
            assert [*trees(Source("site.yaml", texts[NAMES[0]]), texts=True)]
            times[-1]["parse"] = perf_counter_ns() - begin
        for name, client in clients.items():
            begun = used[name]
            spent = processor_time(client.process.pid) - begun
            times[0][f"{name}, processor"] = spent / ROUNDS
            client.stop()
    return times


def processor_time(pid: int) -> float:
    """Return the nanoseconds of a processor that a process has used; other work does not count."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1e9 / os.sysconf("SC_CLK_TCK")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    tell(measured() if available("pygls") else [])
