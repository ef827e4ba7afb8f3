"""The pages about problems: an answer first, with true templates, commands, rules and facts."""

import re
import shutil
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from tests.support.aws_commands import faults

from acmrules.cli.main import CLEAN, FOUND, main
from acmrules.facts import named_facts, sources
from acmrules.facts.timeline import Citation
from acmrules.lint.rules import CATALOGUE

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pages" / "problems"
EXAMPLES = ROOT / "docs" / "examples" / "problems"
INDEX = "README.md"
PAGES = sorted(path.name for path in FOLDER.glob("*.md") if path.name != INDEX)
DAY = "2026-11-30"

SECTIONS = ("Fix it", "Why", "Prevent it", "Rules that find it", "Related problems")
TOOLS = {"AWS CLI", "CloudFormation", "Terraform"}
FIRST_SCREEN = 22
"""The lines of a page that a reader sees first, with the lines that start the answer's code."""
SNIPPET = 160
"""The characters of a description that search engines show."""

REGIONS = {
    "cloudfront/fixed/certificate.yaml": "us-east-1",
    "changing-names/fixed/site.yaml": "us-east-1",
    "wildcard-and-apex/bad/site.yaml": "us-east-1",
    "wildcard-and-apex/fixed/site.yaml": "us-east-1",
}
"""The Regions of examples; that of the others is `eu-west-1`."""
CONSUMERS_ONLY = {"cloudfront/fixed/site.yaml"}
"""Examples without a certificate."""
BAD, FIXED = (
    sorted(
        path.relative_to(EXAMPLES).as_posix()
        for path in EXAMPLES.glob(f"*/{state}/*")
        if path.relative_to(EXAMPLES).as_posix() not in CONSUMERS_ONLY
    )
    for state in ("bad", "fixed")
)


def text_of(page):
    """Return the text of a page."""
    return (FOLDER / page).read_text("utf-8")


def blocks(page, *languages):
    """Return the code blocks of a page in some languages."""
    pattern = rf"(?ms)^ *```(?:{'|'.join(languages)})\n(.*?)^ *```$"
    return [dedent(block) for block in re.findall(pattern, text_of(page))]


def is_part(block, text):
    """Return whether a block is a run of lines of a file, with any indentation."""
    size = len(block.splitlines())
    lines = text.splitlines()
    runs = (lines[at : at + size] for at in range(len(lines)))
    return any(dedent("\n".join(run)) == block.removesuffix("\n") for run in runs)


def check(path, *options):
    """Run `check` on an example and return its exit code."""
    region = REGIONS.get(path, "eu-west-1")
    words = ("--region", region, "--as-of", DAY, "--fail-on", "warning", *options)
    return main(["check", str(EXAMPLES / path), *words])


def test_the_index_links_every_page():
    """Once, and no other page of the folder."""
    assert sorted(re.findall(r"\]\(([\w-]+\.md)\)", text_of(INDEX))) == PAGES
    assert len(PAGES) == 10


@pytest.mark.parametrize("page", [INDEX, *PAGES])
def test_a_page_has_a_description(page):
    """Of one sentence that a search engine shows completely."""
    head = yaml.safe_load(text_of(page).split("---\n")[1])
    assert re.fullmatch(r"[^.:!?](?:[^.:!?]|\.(?=\S))*\.", head["description"])
    assert len(head["description"]) <= SNIPPET


@pytest.mark.parametrize("page", [INDEX, *PAGES])
def test_the_first_screen_answers(page):
    """The title is followed by two to four sentences, and a command to run or a change to make."""
    lines = text_of(page).splitlines()
    title = next(at for at, line in enumerate(lines) if line.startswith("# "))
    code = next(at for at, line in enumerate(lines) if line.startswith("```"))
    assert re.fullmatch(r"```(?:sh|yaml|hcl)", lines[code])
    assert title < code <= FIRST_SCREEN
    answer = re.sub(r"\]\([^)]*\)|`[^`]*`", "", " ".join(lines[title + 1 : code]))
    assert 2 <= len(re.findall(r"[.:](?= |$)", answer)) <= 4


@pytest.mark.parametrize("page", PAGES)
def test_pages_have_the_same_sections(page):
    """In the same order, after the answer and the cases; a fix is for a tool."""
    headings = re.findall(r"(?m)^## (.*)$", text_of(page))
    assert headings[0].startswith("Which ")
    assert headings[1:] == [*SECTIONS]
    assert {*re.findall(r"(?m)^### (.*)$", text_of(page))} <= TOOLS


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_rules_that_exist(page):
    """The rules that find the problem."""
    linked = re.findall(r"\[(\w+)\]\(\.\./rules/(\w+)\.md\)", text_of(page))
    assert linked
    assert {rule for pair in linked for rule in pair} <= {rule.id for rule in CATALOGUE}
    assert all(text == target for text, target in linked)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_facts_that_exist(page):
    """By the anchors of their rows, which the text of the link begins."""
    anchors = {
        "fact-" + re.sub(r"[^a-z0-9]+", "-", fact.row.lower()): fact.row
        for fact in named_facts().values()
    }
    linked = re.findall(r"\[fact ([^\]]*)\]\(\.\./facts/\w+\.md#([^)]*)\)", text_of(page))
    assert linked
    assert text_of(page).count("#fact-") == len(linked)
    assert [row for row, anchor in linked if anchors[anchor].split()[0] != row] == []


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_aws_are_sources_of_facts(page):
    """So a page that AWS moves is found with the facts."""
    known = {each.url for each in vars(sources).values() if isinstance(each, Citation)}
    linked = re.findall(r"\]\((https://docs\.aws\.amazon\.com/[^)]*)\)", text_of(page))
    assert {*linked} <= known


@pytest.mark.parametrize("page", PAGES)
def test_templates_are_parts_of_checked_files(page):
    """Each YAML and HCL block is one run of lines of a fixed example of the page."""
    files = (EXAMPLES / page.removesuffix(".md") / "fixed").glob("*")
    texts = [path.read_text("utf-8") for path in files]
    shown = blocks(page, "yaml", "hcl")
    assert [block for block in shown if not any(is_part(block, text) for text in texts)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_example_is_on_its_page(page):
    """Each file is an argument of a command, or a block is a part of it."""
    examples = EXAMPLES / page.removesuffix(".md")
    words = re.findall(r"[^ \n]+", "".join(re.findall(r"(?m)^\$ (.*\n)", text_of(page))))
    shown = blocks(page, "yaml", "hcl")
    for path in (path for path in examples.rglob("*") if path.is_file()):
        name = path.relative_to(examples).as_posix()
        text = path.read_text("utf-8")
        assert name in words or any(is_part(block, text) for block in shown)


@pytest.mark.parametrize("path", BAD)
def test_a_bad_example_has_a_finding(path):
    """A warning or an error."""
    assert check(path) == FOUND


@pytest.mark.parametrize("path", FIXED)
def test_a_fixed_example_has_none(path, capsys):
    """Neither a warning nor an error, and everything was checked."""
    assert check(path, "--strict") == CLEAN, capsys.readouterr().out
    assert "certificate request" in capsys.readouterr().out


@pytest.mark.parametrize("page", ["changing-names", "unsupported-certificate"])
def test_fixes_make_the_fixed_example(tmp_path, page):
    """As the page says."""
    assert "check --fix" in text_of(f"{page}.md")
    shutil.copy(EXAMPLES / page / "bad" / "api.tf", tmp_path)
    assert main(["check", "--fix", str(tmp_path / "api.tf")]) == CLEAN
    assert (tmp_path / "api.tf").read_text() == (EXAMPLES / page / "fixed" / "api.tf").read_text()


@pytest.mark.parametrize("page", [INDEX, *PAGES])
def test_the_aws_cli_accepts_the_commands(page):
    """Each operation and option exists; only commands of the CLI itself are not compared."""
    lines = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    commands = [line.partition(" |")[0] for line in lines if line.startswith("aws ")]
    compared = [
        command
        for command in commands
        if not re.match(r"aws (?:cloudformation deploy|\w+ wait)", command)
    ]
    assert {command: found for command in compared if (found := faults(command))} == {}
