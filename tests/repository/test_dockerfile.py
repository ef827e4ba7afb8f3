"""The image: its instructions, run without an engine in a temporary folder."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from acmrules.cli.main import FOUND

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "Dockerfile").read_text("utf-8")
INSTRUCTIONS = [
    re.sub(r" *\\\n *", " ", text).split(maxsplit=1)
    for text in re.findall(r"^[A-Z]+ (?:.*\\\n)*.*$", TEXT, re.MULTILINE)
]


def of_kind(kind):
    """Return the arguments of all instructions of a kind."""
    return [rest for name, rest in INSTRUCTIONS if name == kind]


def copied():
    """Return the files and directories of the repository that the image is built from."""
    words = [shlex.split(rest) for rest in of_kind("COPY")]
    return {name for word in words if "--from=build" not in word for name in word[:-1]}


def test_the_base_is_pinned():
    """Both stages have one base image, with its tag and its digest."""
    [base] = {rest.removesuffix(" AS build") for rest in of_kind("FROM")}
    assert re.fullmatch(r"python:3\.\d+-slim-\w+@sha256:[0-9a-f]{64}", base)


def test_the_program_has_no_privileges():
    """The last user is not root, and arguments replace the command, not the program."""
    assert of_kind("USER") == ["65534:65534"]
    assert json.loads(of_kind("ENTRYPOINT")[0]) == ["acmrules"]


def test_the_engine_receives_only_what_is_copied():
    """The list of ignored files excludes everything but the files that the image copies."""
    lines = (ROOT / "docs" / "Dockerfile.dockerignore").read_text("utf-8").split()
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == copied()


def test_a_page_has_the_commands_of_the_file():
    """The commands at the top of the file are those of the page about CI."""
    commands = re.findall(r"(?m)^#   (docker .*)$", TEXT)
    assert [words.split()[1] for words in commands] == ["build", "run"]
    assert "\n".join(commands) in (ROOT / "docs" / "pages" / "ci.md").read_text("utf-8")


@pytest.mark.slow
def test_the_instructions_install_a_working_program(tmp_path):
    """The copied files are enough to build acmrules, and the command checks a directory."""
    for name in copied():
        target = tmp_path / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        whole(ROOT / name, target)
    [script] = of_kind("RUN")
    script = script.replace("/source", f"{tmp_path}/source").replace("/opt/", f"{tmp_path}/")
    script = script.replace("python3 ", f"{sys.executable} ")
    done = subprocess.run(["sh", "-ec", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [entry], command = (json.loads(of_kind(kind)[0]) for kind in ("ENTRYPOINT", "CMD"))
    done = subprocess.run(
        [tmp_path / "acmrules" / "bin" / entry, *command],
        cwd=ROOT / "docs" / "examples" / "start",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (FOUND, "")
    assert not (tmp_path / "acmrules" / "bin" / "pip").exists()
