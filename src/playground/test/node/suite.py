"""Run pytest in the Python of the page; suite.mjs calls `run`."""

import json
import os
import re
import sys
import time
from collections import Counter

import pytest

ROOT = "/mnt"
_PROCESS = ("emscripten does not support processes", "can't start new thread")
_MISSING = re.compile(r"No module named '(\w+)|\b(\w+) is not installed; run `pip")


class Here:
    """Skips tests that turn out to need what is not here, and counts what is done."""

    def __init__(self, packages):
        self._packages = packages
        self.seconds = Counter()
        self.outcomes = Counter()
        self.reasons = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector):
        """Report a file that imports a package without pure Python as skipped."""
        report = yield
        self._skip(report, collector.path)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Report a test that needs a process, a thread or such a package as skipped."""
        report = yield
        self.seconds[item.path] += call.duration
        self._skip(report, item.path)
        if call.when == "call" or report.outcome != "passed":
            self.outcomes[report.outcome] += 1
        return report

    def _skip(self, report, path):
        reason = self._reason(str(report.longrepr)) if report.outcome == "failed" else ""
        if reason:
            self.reasons[reason] += 1
            report.outcome = "skipped"
            report.longrepr = (str(path), 0, f"Skipped: it needs {reason}")

    def _reason(self, error):
        if any(each in error for each in _PROCESS):
            return "a process or a thread"
        missing = {name for match in _MISSING.finditer(error) for name in match.groups() if name}
        return ", ".join(sorted(missing & self._packages))


def run(words, packages, least):
    """Run tests of the repository, print what took long, and return the exit code.

    `packages` are those that are not here. Fewer tests than `least` are a failure.
    """
    os.chdir(ROOT)
    sys.path.insert(0, ROOT)
    here = Here(set(packages))
    began = time.monotonic()
    options = ["-q", "-p", "no:cacheprovider", "-m", "not slow and not cluster", "-r", "fE"]
    code = pytest.main([*options, *words], plugins=[here])
    for path, seconds in here.seconds.most_common(10):
        print(f"{seconds:6.1f} s  {os.path.relpath(path, ROOT)}")
    print("skipped, because they need", json.dumps(here.reasons))
    print(f"{json.dumps(here.outcomes)} in {time.monotonic() - began:.0f} s")
    if not code and here.outcomes["passed"] < least:
        print(f"at least {least} tests must pass")
        return 1
    return int(code)
