"""Validators from other projects; they work offline."""

import subprocess
import sys


def refusal(module, *words):
    """Return the output of a program that fails, and an empty string otherwise."""
    done = subprocess.run(
        (sys.executable, "-m", module, *words), capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def refusal_by_schema(name, path):
    """Return the errors of a file by a schema that is part of `check-jsonschema`."""
    return refusal("check_jsonschema", "--builtin-schema", f"vendor.{name}", str(path))
