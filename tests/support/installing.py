"""Packages next to those of this environment, for tests with other versions.

uv is several times as fast as pip, but knows fewer indexes, so pip installs what it cannot.
"""

import os
import subprocess
import sys


def install(*packages, target=None, python=None, constraints=None, needed=False):
    """Install packages into a folder or an environment, without the constraints of this run.

    What they need is installed too if `needed` is set.
    """
    words = [] if needed else ["--no-deps"]
    words += ["--target", str(target)] if target else []
    words += ["-c", str(constraints)] if constraints else []
    words += [str(package) for package in packages]
    environ = {name: value for name, value in os.environ.items() if "CONSTRAINT" not in name}
    uv = ["uv", "pip", "install", "-q", "--system-certs", "--python", str(python or sys.executable)]
    pip = ["pip", *(("--python", str(python)) if python else ()), "install", "-qq", "--no-compile"]
    if subprocess.run(
        [sys.executable, "-m", *uv, *words], env=environ, check=False, stderr=subprocess.DEVNULL
    ).returncode:
        subprocess.run([sys.executable, "-m", *pip, *words], env=environ, check=True)
