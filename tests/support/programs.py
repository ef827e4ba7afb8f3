"""The programs in `docs/pages/recipes`, as modules and as processes."""

import importlib.util
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "pages" / "recipes"


def program(name):
    """Return the module of a program."""
    spec = importlib.util.spec_from_file_location(f"recipe_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(name, *words, text=""):
    """Run a program in a process of its own; return its exit code, its output and its errors."""
    done = subprocess.run(
        [sys.executable, FOLDER / f"{name}.py", *words],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr
