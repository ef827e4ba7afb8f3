"""The page about editors: its blocks, and programs that run as it says."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "pages" / "guards" / "editors.md"
SCRIPTS = Path(__file__).parent
BLOCK = re.compile(r"^```(\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(heading, language):
    """Return the blocks of a language in a section."""
    sections = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    [section] = [each for each in sections if each.startswith(f"{heading}\n")]
    return [text for name, text in BLOCK.findall(section) if name == language]


def all_blocks():
    """Return the language and the text of each block."""
    return BLOCK.findall(PAGE.read_text("utf-8"))


def environment(folder):
    """Return the variables of a user who has `acmrules` on PATH, with a new home in a folder."""
    program = folder / "bin" / "acmrules"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m acmrules "$@"\n')
    program.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONUTF8": "1",
        "TERM": "dumb",
    }
