"""What `diagnose` answers in 20 public threads about pending, failing or expiring certificates.

`tests/threads` has what each person had, with made-up names and in our own words; `thread.toml`
says what turned out. `python tests/test_threads.py` rewrites the table in `docs/pages/threads.md`.
"""

import re
import tomllib
from pathlib import Path

import pytest

from acmrules.analysis.diagnoses import diagnoses
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.syntax.source import Source

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path for path in (ROOT / "tests" / "threads").iterdir() if path.is_dir())
PAGE = ROOT / "docs" / "pages" / "threads.md"
TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end -->)", re.DOTALL)


def thread(folder):
    """Return what a thread was about."""
    return tomllib.loads((folder / "thread.toml").read_text("utf-8"))


def diagnosis(folder):
    """Return the diagnosis of the certificate of a thread."""
    parameters = Parameters({}, scope=ReadScope.EVERYTHING)
    declarations = []
    for path in sorted(folder.iterdir()):
        if path.name != "thread.toml":
            source = Source(path.name, path.read_text("utf-8"))
            declarations += registry.read(source, parameters)
    inventory = take_inventory(declarations)
    [found] = diagnoses(inventory, thread(folder)["as_of"], inventory.account.dns).certificates
    return found.diagnosis


def causes(found):
    """Return the causes of a diagnosis, each once, as they are written in JSON."""
    return {str(each.cause) for each in found.all_obstacles}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_diagnosis_names_the_cause_of_a_thread(folder):
    """The diagnosis of what the person had names the cause that `thread.toml` states."""
    assert causes(diagnosis(folder)) >= {*thread(folder)["causes"]}


def test_there_are_twenty_threads():
    """The search was for 20 threads, and each has an address of its own."""
    assert len({thread(folder)["url"] for folder in FOLDERS}) == 20


def table():
    """Return the table of the threads, and how many the diagnosis solves."""
    threads = [thread(folder) for folder in FOLDERS]
    solved = sum("missed" not in each for each in threads)
    lines = [
        f"`diagnose` names the cause in {solved} of {len(threads)} threads:",
        "",
        "| thread | what the person had | what it was | `diagnose` |",
        "| --- | --- | --- | --- |",
    ]
    for each in threads:
        title = "/".join(each["url"].split("/")[3:5]) + " " + each["url"].rpartition("/")[2]
        answer = ", ".join(f"`{cause}`" for cause in each["causes"])
        miss = f"{answer}; not solved: {each['missed']}" if "missed" in each else answer
        lines.append(f"| [{title}]({each['url']}) | {each['had']} | {each['outcome']} | {miss} |")
    return "\n".join(lines) + "\n"


def test_the_page_lists_the_threads():
    """`docs/pages/threads.md` has the table that these threads result in."""
    assert TABLE.search(PAGE.read_text("utf-8"))[0] == table()


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    Path(PAGE).write_text(TABLE.sub(lambda _: table(), text), "utf-8")
