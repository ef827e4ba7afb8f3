"""The sessions in the pages are those of a shell in a folder with the corpus and the examples.

`python tests/repository/test_transcripts.py [PAGE ...]` rewrites the output of each command in
the `console` blocks of `README.md` and the pages of the site, or of these pages (`tests/update.py`
has the other parts). A block after a sentence that ends with "as `NAME`:" is a file of the folder.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
SAVED = re.compile(r" as\s`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MARK = "\x1e"
SITE = ROOT / "docs" / "pages"
GENERATED = {SITE / "index.md", *(SITE / "rules").glob("*.md")}
"""Pages whose generators have the output of their commands on a fixed date."""
PAGES = [
    str(path.relative_to(ROOT))
    for path in (
        ROOT / "README.md",
        *sorted(SITE.rglob("*.md")),
    )
    if path not in GENERATED and BLOCK.search(path.read_text("utf-8"))
]


def sessions(page):
    """Return the blocks of a page, each as commands with their output."""
    text = (ROOT / page).read_text("utf-8")
    return [re.split(r"^\$ ", block, flags=re.MULTILINE)[1:] for block in BLOCK.findall(text)]


def command(step):
    """Return the command of a step: its first line, and lines after a backslash."""
    return re.match(r"(?:.*\\\n)*.*\n", step)[0]


def run_page(page, folder):
    """Return the blocks of a page with the output of a shell, one shell for the whole page."""
    for part in ("tests/corpus", "docs/examples"):
        shutil.copytree(ROOT / part, folder / part)
    for name, text in SAVED.findall((ROOT / page).read_text("utf-8")):
        (folder / name).write_text(text, "utf-8")
    (folder / "bin").mkdir()
    program = folder / "bin" / "acmrules"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m acmrules "$@"\n')
    program.chmod(0o755)
    (folder / "bin" / "python3").symlink_to(sys.executable)
    own = {
        "PATH": os.pathsep.join(
            [str(program.parent), os.path.dirname(sys.executable), os.environ["PATH"]]
        ),
        "HOME": str(folder),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONUTF8": "1",
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Someone"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "someone@brightharbor.io"),
        **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-01T12:00:00Z"),
    }
    blocks = sessions(page)
    script = "".join(f"{command(step)}echo -n {MARK}\n" for block in blocks for step in block)
    run = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=folder,
        env=own,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    outputs = iter(run.stdout.split(MARK))
    return [[command(step) + next(outputs) for step in block] for block in blocks]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_output_of_its_commands(page, tmp_path):
    """Each command of a page prints the output in the page."""
    assert sessions(page)
    assert run_page(page, tmp_path) == sessions(page)


def rewrite_page(page):
    """Write the output of the commands of a page into it."""
    with TemporaryDirectory() as scratch:
        blocks = iter(run_page(page, Path(scratch)))
    path = ROOT / page
    text = BLOCK.sub(
        lambda _: "".join(f"$ {step}" for step in next(blocks)), path.read_text("utf-8")
    )
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    for each in sys.argv[1:] or PAGES:
        rewrite_page(each)
