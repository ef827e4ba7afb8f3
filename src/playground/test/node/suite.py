"""Run pytest in the Python of the page; suite.mjs calls `run`."""

import os
import sys
import time

import pytest

ROOT = "/mnt"
_IMPOSSIBLE = {
    "emscripten does not support processes": "it starts a process",
    "can't start new thread": "it starts a thread",
}


class Here:
    """Skips tests that turn out to need what the page has not, and counts the seconds of files."""

    def __init__(self):
        self.seconds = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Report a test that starts a process or a thread as skipped."""
        report = yield
        self.seconds[item.path] = self.seconds.get(item.path, 0) + call.duration
        if report.failed and call.excinfo:
            shown = str(report.longrepr)
            for error, reason in _IMPOSSIBLE.items():
                if error in shown:
                    report.outcome = "skipped"
                    report.longrepr = (str(item.path), item.location[1], f"Skipped: {reason}")
        return report


def run(words):
    """Run tests of the repository, print the slowest files, and return the exit code of pytest."""
    os.chdir(ROOT)
    sys.path.insert(0, ROOT)
    here = Here()
    began = time.monotonic()
    options = ["-q", "-p", "no:cacheprovider", "-m", "not slow and not cluster", "-r", "fE"]
    code = pytest.main([*options, *words], plugins=[here])
    slowest = sorted(here.seconds.items(), key=lambda each: -each[1])
    for path, seconds in slowest[: int(os.environ.get("SLOWEST", "10"))]:
        print(f"{seconds:6.1f} s  {path.relative_to(ROOT)}")
    print(f"{time.monotonic() - began:.0f} s in all")
    return int(code)
