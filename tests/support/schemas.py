"""Programs of others that say whether a file is what it is meant to be; all work offline."""

import subprocess
import sys


def refusal(module, *words):
    """Return what a program says against a file, the empty text if it takes it."""
    done = subprocess.run(
        (sys.executable, "-m", module, *words), capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def refusal_by_schema(name, path):
    """Return what one of the schemas says that `check-jsonschema` brings along."""
    return refusal("check_jsonschema", "--builtin-schema", f"vendor.{name}", str(path))
