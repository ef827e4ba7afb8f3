"""The first page: its commands, from nothing to a hook, run in their order."""

import re
import subprocess
import sys

import pytest
from tests.repository.test_hooks import OURS, git, index, make_checkout
from tests.support.pages import ROOT, blocks_of

import acmrules

PAGE = "docs/pages/start.md"
EXAMPLES = ROOT / "docs" / "examples" / "home"
index = pytest.fixture(scope="module")(index.__wrapped__)


def commands():
    """Return the commands of the page in their order, of each block."""
    for block in blocks_of(PAGE):
        if block.language == "sh":
            yield block.text
        if block.language == "console":
            yield "".join(re.findall(r"(?m)^\$ (.*\n)", block.text))


def test_the_template_is_that_of_the_home_page():
    """And the fix of the page results in the second template of the home page."""
    [template] = [block.text for block in blocks_of(PAGE) if block.language == "yaml"]
    assert template == (EXAMPLES / "site.yaml").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("index")
def test_the_commands_run_in_order(tmp_path):
    """They install acmrules, find and fix the mistake, and the hook passes."""
    published = make_checkout(tmp_path / "published")
    git(published, "tag", f"v{acmrules.__version__}")
    words = ["-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path / "index"), str(published)]
    subprocess.run([sys.executable, *words], check=True)
    (tmp_path / ".gitconfig").write_text(
        f'[url "{published}"]\n  insteadOf = https://github.com/acmrules/acmrules\n'
    )
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "site.yaml").write_text((EXAMPLES / "site.yaml").read_text("utf-8"))
    done = subprocess.run(
        ["bash", "-c", "".join(commands())],
        cwd=folder,
        env=OURS
        | {
            "HOME": str(tmp_path),
            "PIP_FIND_LINKS": str(tmp_path / "index"),
            "PRE_COMMIT_COLOR": "never",
            "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("error[ACM205]") == 1
    assert re.search(r"(?m)^acmrules\.+Passed$", done.stdout), done.stdout
    fixed = (folder / "site.yaml").read_text("utf-8")
    assert fixed == (EXAMPLES / "edited.yaml").read_text("utf-8")
