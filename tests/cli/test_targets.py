"""Where the output goes: `--output`, and formats with files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.commands import ENVIRONMENTS, GOOD, read, write, write_all

from acmrules.cli import table
from acmrules.cli.options import Target, parse_target
from acmrules.cli.parser import UsageError

ACCOUNT = Path(__file__).parents[2] / "docs" / "examples" / "account" / "fine.json"
BAD = "a_b.brightharbor.io\nA.brightharbor.io\n"
MODULE = 'resource "aws_acm_certificate" "x" {\n  domain_name = "brightharbor.io"\n}\n'
WITH_FORMATS = {
    command.name: option.choices
    for command in table.COMMANDS
    for option in command.options
    if option.name == "--format"
}
OPERANDS = {
    "bulk": ("hosts.csv", "checked.csv"),
    "explain": ("ACM205",),
    "rules": (),
    "facts": (),
    "settings": (),
    "contacts": ("www.brightharbor.io",),
    "plan": ("www.brightharbor.io",),
    "compare": ("old.yaml", "site.yaml"),
    "inventory": ("--from", str(ACCOUNT), "--as-of", "2026-11-30"),
}


@pytest.mark.parametrize(
    ("command", "form"),
    [(name, form) for name, choices in WITH_FORMATS.items() for form in choices],
)
def test_a_file_has_what_is_printed_without_it(command, form, run):
    """The exit code and standard error are the same, for each command and format."""
    write("site.yaml", GOOD.replace("io\n", "io.\n"))
    write("old.yaml", GOOD)
    write("hosts.csv", "host\nwww.brightharbor.io\n")
    words = [command, *OPERANDS.get(command, ("site.yaml",))]
    words += ["--until", "2029-04-01"] if form == "svg" and command == "check" else []
    code, printed, remarks = run(*words, "--format", form)
    assert printed
    for options in ((f"--format={form}", "-o", "a/b/out"), ("--format", f"{form}=a/b/out")):
        assert run(*words, *options) == (code, "", remarks)
        assert read("a/b/out") == printed
        os.remove("a/b/out")


def test_several_outputs_in_one_run(run):
    """One format is printed, each other one has a file."""
    write("names.txt", BAD)
    words = ("check", "names.txt", "--format", "sarif=out.sarif", "--format", "concise")
    code, out, _ = run(*words, "--format=junit=out.xml")
    assert (code, out) == run("check", "names.txt", "--format", "concise")[:2]
    assert json.loads(read("out.sarif"))["version"] == "2.1.0"
    assert read("out.xml").startswith("<?xml")


def test_the_format_without_a_file_goes_to_the_output(run):
    """The other one keeps its own."""
    write("names.txt", BAD)
    run("check", "names.txt", "--format", "json=a.json", "--format", "concise", "-o", "b.txt")
    assert json.loads(read("a.json"))["findings"]
    assert read("b.txt").startswith("names.txt:1:2: error[ACM101]")
    run("check", "names.txt", "--format", "json=a.json", "-o", "-", "--format", "concise")


@pytest.mark.parametrize("dash", [("-o", "-"), ("--format", "text=-"), ("--output=-",)])
def test_a_hyphen_is_standard_output(dash, run):
    """No file of this name is created."""
    write("names.txt", BAD)
    assert run("check", "names.txt", *dash) == run("check", "names.txt")
    assert not os.path.exists("-")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--format", "text", "--format", "json"),
            "same destination; give one of them a file, for example `--format json=FILE`",
        ),
        (("--format", "json=a", "--format", "text=./a"), "two outputs have the same file `./a`"),
        (("--format", "json=a", "-o", "a"), "each `--format` has a file of its own"),
        (
            ("--format", "json=a", "--format", "text", "-o", "a"),
            "two outputs have the same file `a`",
        ),
        (("--format", "json="), "option `--format`: expected a file after `json=`"),
        (("--format", "=a"), "option `--format`: the value is empty (choose from text, "),
        (("--format", "jsn=a"), "option `--format`: unknown value `jsn`; did you mean `json`?"),
        (
            ("--format", "text", "--format", "text"),
            "`--format`: `text` is repeated; give one of them",
        ),
        (("--diff", "--format", "sarif=a"), "`--diff` prints text instead of a report, which `a`"),
        (("--diff", "--format", "json", "-o", "a"), "which `a` cannot have as `json`"),
        (("--list-files", "--format", "json=a"), "`--list-files` prints text instead of a report"),
        (("-o", "folder"), "`folder` is a directory; the output needs a file"),
        (("-o", "new/"), "`new/` is a directory; the output needs a file"),
        (("-o", "names.txt"), "`names.txt` is an input, so the output cannot replace it"),
        (("-o", "./names.txt"), "`./names.txt` is an input, so the output cannot replace it"),
        (("-o", "link"), "`link` is an input, so the output cannot replace it"),
        (("-o", "x.tfvars", "--var-file", "x.tfvars"), "`x.tfvars` is an input"),
    ],
)
def test_an_impossible_destination_is_reported_before_the_run(options, message, run):
    """Nothing is printed or written."""
    write("names.txt", BAD)
    write("folder/x.txt", "")
    write("x.tfvars", "a = 1\n")
    os.symlink("names.txt", "link")
    code, out, err = run("check", "names.txt", *options)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert (read("names.txt"), os.path.exists("a")) == (BAD, False)


@pytest.mark.parametrize("output", ["infra/site.yaml", "infra/main.tf", "infra/variables.tf"])
@pytest.mark.parametrize("command", ["check", "coverage", "plan", "validation", "calendar"])
def test_an_input_in_a_directory_is_not_replaced(command, output, run):
    """It declares a certificate, or is a file of a module."""
    write("infra/site.yaml", GOOD)
    write("infra/main.tf", MODULE)
    write("infra/variables.tf", 'variable "x" {}\n')
    before = read(output)
    code, out, err = run(command, "infra", "-o", output)
    assert (code, out, read(output)) == (2, "", before)
    assert f"`{output}` is an input, so the output cannot replace it" in err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".acmrules.toml", ""),
        ("pyproject.toml", "[tool.acmrules]\n"),
        (".acmrules-baseline.json", '{"version": 1, "findings": {}}'),
    ],
)
def test_settings_and_baselines_are_not_replaced(name, text, run):
    """A new file can have any name."""
    write("names.txt", BAD)
    write(f"infra/{name}", text)
    assert run("check", "names.txt", "-o", f"infra/{name}")[0] == 2
    assert read(f"infra/{name}") == text
    assert run("check", "names.txt", "-o", f"new/{name}")[0] == 1


def test_the_values_of_environments_are_inputs(run):
    """The run has found them by their place."""
    write_all(ENVIRONMENTS)
    assert run("check", ".", "-o", "env/dev.tfvars")[0] == 2
    assert read("env/dev.tfvars") == ENVIRONMENTS["env/dev.tfvars"]


def test_both_sides_of_a_comparison_are_inputs(run):
    """They are found in directories too."""
    write("old/site.yaml", GOOD)
    write("new/site.yaml", GOOD.replace("io\n", "io.\n"))
    assert run("compare", "old", "new", "-o", "new/site.yaml")[0] == 2
    assert read("new/site.yaml") != read("old/site.yaml")


@pytest.mark.parametrize("name", ["report.json", "report.txt", "report.yaml"])
def test_a_report_in_a_checked_directory_is_replaced(name, run):
    """The second run finds the report of the first one, which is no input of importance."""
    write("infra/names.txt", BAD)
    write("infra/site.yaml", GOOD)
    words = ("check", ".", "--format", "json", "-o", f"infra/{name}")
    first = run(*words), read(f"infra/{name}")
    assert (run(*words), read(f"infra/{name}")) == first
    assert first[0] == (0, "", "")


def test_a_run_that_fails_leaves_the_old_file(run, monkeypatch):
    """A file that cannot be written is reported, and the others are written."""
    write("names.txt", BAD)
    write("out", "old")
    assert run("check", "names.txt", "-o", "out", "--baseline", "gone.json")[0] == 2
    assert read("out") == "old"
    write("file", "")
    code, out, err = run("check", "names.txt", "--format", "json=file/x", "--format", "text=out")
    assert (code, out, err) == (2, "", "acmrules: file/x: not written: its directory is a file\n")
    assert "ACM101" in read("out")

    def broken(*_):
        raise RuntimeError("x")

    monkeypatch.setattr("acmrules.reports.findings.render", broken)
    assert run("check", "names.txt", "-o", "out")[0] == 3
    assert "ACM101" in read("out")


def test_each_file_that_cannot_be_written_is_reported(run):
    """One error does not hide the others."""
    write("names.txt", BAD)
    write("file", "")
    code, out, err = run("check", "names.txt", "--format", "json=file/x", "--format", "text=file/y")
    assert (code, out) == (2, "")
    assert err == "".join(
        f"acmrules: file/{name}: not written: its directory is a file\n" for name in "xy"
    )


def test_an_incomplete_report_is_written(run):
    """It lists the input that cannot be read, and the exit code says so."""
    write("names.txt", BAD)
    code, _, err = run("check", "names.txt", "gone.yaml", "--format", "json=out.json")
    assert (code, err) == (2, "acmrules: gone.yaml: no such file or directory\n")
    assert json.loads(read("out.json"))["errors"][0]["file"] == "gone.yaml"


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="needs the files of Linux")
def test_what_is_no_regular_file_is_written_to(tmp_path):
    """A pipe cannot be replaced."""
    (tmp_path / "a.txt").write_text(BAD)
    command = [sys.executable, "-m", "acmrules", "check", "a.txt", "-o", "/dev/stdout"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "ACM101" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/fd/2"), reason="needs the files of Linux")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_an_open_file_is_not_replaced(name, tmp_path):
    """What others write into it before and after the run stays."""
    (tmp_path / "a.txt").write_text(BAD)
    command = [sys.executable, "-m", "acmrules", "check", "a.txt", "-o", name]
    with open(tmp_path / "log", "w") as log:
        print("before", file=log, flush=True)
        subprocess.run(command, cwd=tmp_path, stdout=log, check=False)
        print("after", file=log)
    first, *lines, last = (tmp_path / "log").read_text().splitlines()
    assert (first, last) == ("before", "after")
    assert "ACM101" in lines[0]


def test_what_a_diff_shows_can_be_written(run):
    """It is the output of the run."""
    write("names.txt", BAD)
    shown = run("check", "names.txt", "--diff")
    assert run("check", "names.txt", "--diff", "-o", "fix.patch")[::2] == shown[::2]
    assert read("fix.patch") == shown[1]


def test_a_target_is_a_format_with_a_file():
    """The file may contain an equals sign."""
    assert parse_target("json") == parse_target("json=-") == Target("json")
    assert parse_target("json=a=b") == Target("json", "a=b")
    with pytest.raises(UsageError):
        parse_target("json=")
