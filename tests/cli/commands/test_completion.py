"""The command `completion`, in each shell: the whole table, and what a user types."""

import os
from pathlib import Path

import pytest
from tests.support import shells

from acmrules.cli.completion import values
from acmrules.cli.table import COMMANDS

SHELLS = ("bash", "zsh", "fish")
FILES = ("site.yaml", "main.tf", "names.txt", "base.json", "pyproject.toml", "prod.tfvars", "a.png")


@pytest.fixture
def ask(tmp_path, run):
    """Return a function that returns what a shell offers at the end of lines, as sets."""
    folder = tmp_path / "here"
    (folder / "infra").mkdir(parents=True)
    for name in (*FILES, "infra/my site.yaml"):
        (folder / name).write_text("")

    def call(shell, *lines):
        code, text, err = run("completion", shell)
        assert (code, err) == (0, "")
        scripts = tmp_path / shell
        scripts.mkdir()
        script = scripts / "script"
        script.write_text(text)
        offered = shells.completions(shell, script, lines, folder)
        return [{word.replace("\\ ", " ").removesuffix("/") for word in words} for words in offered]

    return call


def files_for(offered):
    """Return the files and folders of the test that values match."""
    if not offered.takes_files:
        return set()
    return {"infra", *(name for name in FILES if name.endswith(offered.suffixes or ""))}


def option_names(command):
    """Return the options of a command, by all their names."""
    names = {name for option in command.options for name in (option.name, option.short) if name}
    return names | {"--help"}


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_offered(ask, shell):
    """In each shell, after each command: each option, by all names, and nothing else."""
    commands = {command.name for command in COMMANDS}
    expected = {
        "acmrules ": commands | {"help"},
        "acmrules -": {"--help", "--version"},
        "acmrules help ": commands | {"help"},
        **{f"acmrules {command.name} -": option_names(command) for command in COMMANDS},
    }
    offered = dict(zip(expected, ask(shell, *expected), strict=True))
    assert offered == expected


@pytest.mark.parametrize("shell", SHELLS)
def test_every_value_is_offered(ask, shell):
    """In each shell, for each option and operand: its values, in both forms, and nothing else."""
    expected = {}
    for command, option, offered in values.named_values(COMMANDS):
        words = {word for word, _ in offered.words} | files_for(offered)
        lead = f"acmrules {command.name} "
        if option is None:
            expected[lead] = words
            continue
        expected[f"{lead}{option.name} "] = words
        expected[f"{lead}{option.name}="] = words
        if option.short:
            expected[f"{lead}{option.short} "] = words
    for line, words in zip(expected, ask(shell, *expected), strict=True):
        start = line.split()[-1] if line.endswith("=") else ""
        found = {word.removeprefix(start) for word in words}
        if len(line.split()) == 2:
            # Where no operand can follow, zsh offers the options.
            found = {word for word in found if not word.startswith("-")}
        assert found == expected[line], line


@pytest.mark.parametrize("shell", SHELLS)
def test_a_command_line_is_completed(ask, shell):
    """Beginnings, lists, repetitions, paths and `--` are completed as the command reads them."""
    lines = {
        "acmrules ch": {"check"},
        "acmrules help ex": {"explain"},
        "acmrules help explain ": set(),
        "acmrules nothing ": set(),
        "acmrules check --unsafe": {"--unsafe-fixes"},
        "acmrules check --region eu-central-1 --reg": set(),
        "acmrules check --kind names --ki": {"--kind"},
        "acmrules check --fix . --fi": set(),
        "acmrules check --select ACM101,ACM11": {"ACM101,ACM110", "ACM101,ACM111"},
        "acmrules check --ignore email-val": {"email-validation"},
        "acmrules check --quota nam": {"names="},
        "acmrules check --quota names=5 inf": {"infra"},
        "acmrules check --format sarif=ma": {"main.tf"},
        "acmrules check --format=sarif=ma": {"main.tf"},
        "acmrules check --format text --form": {"--format"},
        "acmrules check -o ma": {"main.tf"},
        "acmrules check -q --qui": {"--quiet"},
        "acmrules check -v --verb": set(),
        "acmrules check infra/": {"infra/my site.yaml"},
        "acmrules check . m": {"main.tf"},
        "acmrules check -- m": {"main.tf"},
        "acmrules check -- --fi": set(),
        "acmrules coverage example.com -- ": set(),
        "acmrules plan --service cloudfront-t": {
            "cloudfront-tenant",
            "cloudfront-tenant-managed",
        },
        "acmrules calendar --until 2028": {"2028-03-15"},
        "acmrules completion f": {"fish"},
    }
    for line, offered in zip(lines, ask(shell, *lines), strict=True):
        # Bash replaces only what follows the last `=`, the other shells the whole word.
        assert {word.rpartition("=")[2] or word for word in offered} == lines[line], line


PACKAGE = Path("/usr/share/bash-completion/bash_completion")


@pytest.mark.parametrize("package", [False, True])
def test_typing_in_bash(run, tmp_path, package):
    """In an interactive bash, with and without `bash-completion`, Tab completes words in place."""
    if package and not PACKAGE.exists():
        pytest.skip("the package bash-completion is not installed")
    folder = tmp_path / "here"
    (folder / "infra").mkdir(parents=True)
    (folder / "infra" / "my site.yaml").write_text("")
    script = tmp_path / "script"
    script.write_text(run("completion", "bash")[1])
    lines = [f"source {PACKAGE}"] * package + [f"source {script}"]
    keys = "acmrules che\t --format=js\t --quota nam\t7 --select ACM101,ACM11\t0 inf\tmy\t"
    assert shells.typed(lines, keys, folder) == [
        "check",
        "--format=json",
        "--quota",
        "names=7",
        "--select",
        "ACM101,ACM110",
        "infra/my site.yaml",
    ]


def test_fish_and_zsh_show_descriptions(run):
    """Options have their help, rules their titles."""
    for shell in ("zsh", "fish"):
        text = run("completion", shell)[1]
        assert "apply safe fixes" in text
        assert "A name is not a valid domain name." in text


def test_a_script_runs_nothing_of_acmrules(ask, tmp_path, monkeypatch):
    """A key press starts no acmrules: the script needs none on the path."""
    program = tmp_path / "bin" / "acmrules"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(program.parent), os.environ["PATH"])))
    assert ask("bash", "acmrules explain email-val") == [{"email-validation"}]
    assert not (tmp_path / "started").exists()


def test_zsh_loads_the_script_from_fpath(run, tmp_path):
    """The first line registers it, so that a file named `_acmrules` suffices."""
    folder = tmp_path / "functions"
    folder.mkdir()
    (folder / "_acmrules").write_text(run("completion", "zsh")[1])
    script = tmp_path / "zsh" / "script"
    script.parent.mkdir()
    script.write_text(f"fpath=({folder} $fpath)\nautoload -U compinit && compinit -D -u\n")
    lines = ["acmrules ch", "acmrules check --fi", "acmrules ex"]
    offered = shells.completions("zsh", script, lines, tmp_path)
    assert offered == [["check"], ["--fix"], ["explain"]]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["tcsh"], "unknown shell `tcsh` (choose from bash, zsh, fish)"),
        (["zhs"], "unknown shell `zhs`; did you mean `zsh`? (choose from bash, zsh, fish)"),
        (["bash", "zsh"], "`completion` accepts at most 1 shell"),
        ([], "`completion` needs at least one shell, for example `acmrules completion bash`"),
    ],
)
def test_other_shells(run, words, message):
    """A shell without a script is a usage error."""
    assert run("completion", *words) == (2, "", f"acmrules: {message}\n")
