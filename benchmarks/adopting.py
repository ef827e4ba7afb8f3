"""What does it cost to keep it switched on: the hook, the settings, the forms of a report?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import write_commit
from benchmarks.measuring import Row, shown, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments, Rounds

ROUNDS = 42
SECOND = 1e9
HOOK_BAR = 6.0
SETTINGS_BARS = {"own": 1.3, "excluding": 1.75}
FORM_BAR = 0.010

FORMS = ("json", "sarif", "github", "gitlab", "junit", "markdown")
FINDINGS = 24
SETTINGS = """\
[tool.acmrules]
ignore = ["ACM110"]
region = "eu-west-1"

[tool.acmrules.policy]
zones = ["brightharbor.io"]
"""
EXCLUDING = SETTINGS.replace("ignore", 'exclude = ["charts/"]\nignore')
ELSEWHERE = '[project]\nname = "site"\n\n[tool.ruff]\nline-length = 100\n'
SITES = {"none": None, "other": ELSEWHERE, "own": SETTINGS, "excluding": EXCLUDING}

# The whole program, but for the report.
SILENT = """\
import gc, os, sys
gc.disable()
from acmrules.cli.commands import check
from acmrules.cli.main import main
check._write_report = lambda *_: None
os._exit(main(sys.argv[1:]))
"""
TALKING = SILENT.replace("check._write_report = lambda *_: None\n", "")


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    python = environments.clean
    acmrules = python.parent / "acmrules"
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        commit = write_commit(folder / "commit")
        sites = {}
        for name, settings in SITES.items():
            sites[name] = folder / name / "site.yaml"
            sites[name].parent.mkdir()
            sites[name].write_bytes(commit["YAML"][-1].read_bytes())
            if settings:
                (folder / name / "pyproject.toml").write_text(settings)
        bad = folder / "names.txt"
        bad.write_text("".join(f"Api_{n}.Brightharbor.io\n" for n in range(FINDINGS)))
        commands: dict[str, list[str | Path]] = {"python -c pass": [python, "-c", "pass"]}
        commands |= {f"hook, {kind}": [acmrules, "check", *commit[kind]] for kind in commit}
        commands |= {f"settings, {name}": [acmrules, "check", site] for name, site in sites.items()}
        commands["silent"] = [python, "-c", SILENT, "check", bad]
        for form in FORMS:
            commands[form] = [python, "-c", TALKING, "check", "--format", form, bad]
        times, _ = started(commands, rounds=ROUNDS)
    yield _hook(times)
    yield _settings(times)
    over = {form: times.over(form, "silent") for form in FORMS}
    yield Row(
        f"{FINDINGS} findings as {', '.join(FORMS)}",
        f"{shown(FORM_BAR * SECOND)} beyond the run",
        " / ".join(shown(cost * SECOND) for cost in over.values()),
        "",
        max(over.values()) <= FORM_BAR,
    )


def _hook(times: Rounds) -> Row:
    reached = [times.ratio(name, "python -c pass") for name in ("hook, YAML", "hook, all kinds")]
    return Row(
        "the hook on 100 files, 10 with certificates: YAML / all formats",
        f"{HOOK_BAR:g} x",
        " / ".join(f"{ratio:.2f} x" for ratio in reached),
        "",
        max(reached) <= HOOK_BAR,
    )


def _settings(times: Rounds) -> Row:
    reached = {
        name: times.ratio(f"settings, {name}", "settings, none")
        for name in (*SETTINGS_BARS, "other")
    }
    return Row(
        "a check with settings / with `exclude` too / with a `pyproject.toml` of other tools,"
        " compared with none",
        " / ".join(f"{bar:g} x" for bar in (*SETTINGS_BARS.values(), 1)),
        " / ".join(f"{ratio:.2f} x" for ratio in reached.values()),
        "",
        all(reached[name] <= bar for name, bar in SETTINGS_BARS.items()),
    )
