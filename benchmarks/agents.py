"""What does it cost to start the server for agents, and to call it instead of the command?

`python -m benchmarks.agents FOLDER ROUNDS` is the part that runs in an environment with mcp.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.corpora import write_templates
from benchmarks.measuring import Row, inside, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

FILES = ("tiny.yaml", "large.yaml")
ROUNDS = 15
SECOND = 1e9
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "benchmarks", "version": "1"},
}


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    if not environments.has("mcp"):
        yield Row("`acmrules mcp`", "", "mcp not installed", "", holds=True)
        return
    with TemporaryDirectory() as folder:
        write_templates(Path(folder))
        times = inside(environments.peers, "agents", folder, ROUNDS)
    start = times.ratio("start", "command tiny.yaml")
    yield Row(
        "`acmrules mcp` until the tools are listed, compared with `check` of one template",
        "",
        f"{shown(times.median('start') * SECOND)}, {start:.1f} x",
        "",
        holds=True,
    )
    ratios = [times.ratio(f"call {file}", f"command {file}") for file in FILES]
    calls = [shown(times.median(f"call {file}") * SECOND) for file in FILES]
    yield Row(
        "a call of `check` in a session, compared with the command, one template / 300 resources",
        "1 x",
        f"{' / '.join(calls)}; {' / '.join(f'{ratio:.2f} x' for ratio in ratios)}",
        "",
        max(ratios) <= 1,
    )


class Session:
    """The server as a process, and the messages of a client."""

    def __init__(self, folder: str) -> None:
        command = [sys.executable, "-m", "acmrules", "mcp"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, text=True)
        self._id = 0
        self.request("initialize", HELLO)
        self._send({"method": "notifications/initialized"})

    def _send(self, message: dict[str, object]) -> None:
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self._process.stdin.flush()

    def request(self, method: str, params: dict[str, object]) -> dict[str, object]:
        self._id += 1
        self._send({"id": self._id, "method": method, "params": params})
        return json.loads(self._process.stdout.readline())["result"]

    def close(self) -> None:
        self._process.communicate()


def measured(folder: str, rounds: int) -> list[dict[str, float]]:
    """Return the seconds of a start, of calls, and of commands, round by round."""
    times: list[dict[str, float]] = []
    for _ in range(rounds):
        own = {}
        begin = perf_counter()
        session = Session(folder)
        session.request("tools/list", {})
        own["start"] = perf_counter() - begin
        for file in FILES:
            call = {"name": "check", "arguments": {"paths": [file]}}
            session.request("tools/call", call)
            begin = perf_counter()
            session.request("tools/call", call)
            own[f"call {file}"] = perf_counter() - begin
            command = [sys.executable, "-m", "acmrules", "check", file, "--format", "json"]
            begin = perf_counter()
            subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)
            own[f"command {file}"] = perf_counter() - begin
        session.close()
        times.append(own)
    return times


if __name__ == "__main__":
    tell(measured(sys.argv[1], int(sys.argv[2])))
