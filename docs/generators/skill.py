"""The skill for agents, for a clone and for the package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from acmrules.guards.mcp import skill


def pages() -> dict[str, str]:
    """Return the skill, once for each place."""
    text = skill_page()
    return {"../src/acmrules/guards/mcp/SKILL.md": text, "skill/SKILL.md": text}


def skill_page() -> str:
    """Return the skill for agents, with what its commands print."""
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    program = f'acmrules() {{ "{sys.executable}" -m acmrules "$@"; }}\n'
    with TemporaryDirectory() as folder:

        def output_of(example: skill.SkillExample) -> str:
            for name, text in example.files:
                (Path(folder) / name).write_text(text, encoding="utf-8")
            run = ("bash", "-c", f"exec 2>&1\n{program}{example.command}")
            environment = own | {"PYTHONUTF8": "1"}
            done = subprocess.run(  # noqa: S603  (commands of the package)
                run, cwd=folder, env=environment, stdout=subprocess.PIPE, check=False
            )
            return done.stdout.decode("utf-8")

        return skill.skill(output_of)
