"""Every fenced block on a page has a language, and a test checks it by that language."""

import ast
import configparser
import doctest
import json
import re
import subprocess
import textwrap
import tomllib
from importlib import import_module
from importlib.util import find_spec

import hcl2
import pytest
import yaml
from lark.exceptions import LarkError
from tests.repository import test_transcripts
from tests.support.pages import ALL, ROOT, blocks_of

ELSEWHERE = {
    ("CONTRIBUTING.md", ""): "tests/repository/test_contributing.py",
    ("README.md", "pycon"): "tests/repository/test_readme.py",
    ("docs/pages/columns.md", "pycon"): "tests/repository/test_columns.py",
    ("docs/pages/fields.md", "pycon"): "tests/repository/test_testing.py",
    ("docs/pages/guards/cdk.md", "ts"): "tests/guards/cdk/test_plugin.py",
    ("docs/pages/guards/editors.md", "elisp"): "tests/support/editors/page.py",
    ("docs/pages/guards/editors.md", "lua"): "tests/support/editors/page.py",
    ("docs/pages/guards/forms.md", "pycon"): "tests/repository/test_forms.py",
    ("docs/pages/guards/policies.md", "rego"): "tests/repository/test_policies.py",
    ("docs/pages/guards/terraform-platforms.md", "rego"): (
        "tests/repository/test_terraform_platforms.py"
    ),
    ("docs/pages/json.md", "pycon"): "tests/lint/test_report_restoring.py",
    ("docs/pages/library.md", "pycon"): "tests/repository/test_library.py",
    ("docs/pages/reference/", "pycon"): "tests/repository/test_reference.py",
    ("docs/pages/reports.md", "markdown"): "tests/reports/test_findings.py",
    ("docs/pages/reports.md", "xml"): "tests/reports/test_findings.py",
    ("docs/pages/testing.md", "pycon"): "tests/repository/test_testing.py",
}
"""The tests of blocks that this module does not check: by page or folder, and by language."""

BLOCKS = [(page, block) for page in ALL for block in blocks_of(page)]


class AnyTag(yaml.SafeLoader):
    """A loader that accepts all tags, such as those of CloudFormation."""


def construct_any(loader, _suffix, node):
    """Return the content of a node with a tag."""
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    return loader.construct_mapping(node)


AnyTag.add_multi_constructor("!", construct_any)


def check_yaml(_page, text):
    """Parse documents; the examples of some rules are comments."""
    for _ in yaml.load_all(text, AnyTag):
        pass


def check_json(_page, text):
    """Parse a value, members of an object, or a value on each line."""
    text = re.sub(r"\n *# … \d+ lines like these(?=\n)", "", text)
    for whole in (text, f"{{{text}}}"):
        try:
            json.loads(whole)
        except ValueError:
            continue
        return
    for line in text.splitlines():
        json.loads(line)


def check_toml(_page, text):
    """Parse a document."""
    tomllib.loads(text)


def check_ini(_page, text):
    """Parse a document."""
    configparser.ConfigParser().read_string(text)


def check_terraform(_page, text):
    """Parse a configuration, or the part of one that a comment belongs to."""
    for whole in (
        text,
        f"{text}}}\n",
        f"{text}]\n",
        f"map = {{\n{text}}}\n",
        f"list = [\n{text}]\n",
    ):
        try:
            hcl2.loads(whole)
        except LarkError as error:
            wrong = error
        else:
            return
    raise wrong


def check_sh(_page, text):
    """Parse commands."""
    done = subprocess.run(
        ["bash", "-n"], input=text, text=True, capture_output=True, check=False, timeout=20
    )
    assert not done.stderr


def check_console(page, text):
    """Require commands on a page whose sessions are run and compared."""
    assert text.startswith("$ ")
    assert page in test_transcripts.PAGES or ROOT / page in test_transcripts.GENERATED


def check_python(_page, text):
    """Parse a program, and import what it imports from acmrules."""
    for node in ast.walk(ast.parse(textwrap.dedent(text))):
        if isinstance(node, ast.ImportFrom) and re.match(r"acmrules\b", node.module or ""):
            module = import_module(node.module)
            # Some names load what this environment may lack, so they are only looked for.
            names = {*dir(module), *getattr(module, "__all__", ())}
            for alias in node.names:
                assert alias.name in names or find_spec(f"{node.module}.{alias.name}")
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] == "acmrules":
                    import_module(alias.name)


def check_pycon(page, text):
    """Run a session."""
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def check_text(_page, text):
    """Accept anything but a session, which would need a language that is checked."""
    assert not text.startswith(">>> ")


def check_diff(_page, text):
    """Each line is added, removed, around a change, or a mark between two parts."""
    lines = text.splitlines()
    assert any(line.startswith(("+", "-")) for line in lines)
    assert all(line == "@@" or line[:1] in {"", " ", "+", "-"} for line in lines)


CHECKS = {
    "diff": check_diff,
    "yaml": check_yaml,
    "json": check_json,
    "toml": check_toml,
    "ini": check_ini,
    "hcl": check_terraform,
    "terraform": check_terraform,
    "sh": check_sh,
    "shell": check_sh,
    "console": check_console,
    "python": check_python,
    "pycon": check_pycon,
    "text": check_text,
}


def elsewhere(page, language):
    """Return the test of the blocks of a page in a language, if it is elsewhere."""
    places = [
        (place, kind) for place in (page, f"{page.rpartition('/')[0]}/") for kind in (language, "")
    ]
    return next((ELSEWHERE[place] for place in places if place in ELSEWHERE), None)


@pytest.mark.parametrize(
    ("page", "block"),
    [
        pytest.param(page, block, id=f"{page}:{block.line}")
        for page, block in BLOCKS
        if not elsewhere(page, block.language)
    ],
)
def test_blocks(page, block, tmp_path, monkeypatch):
    """A block has a language whose check it passes."""
    monkeypatch.chdir(tmp_path)
    CHECKS[block.language](page, block.text)


@pytest.mark.parametrize(("page", "language"), ELSEWHERE)
def test_blocks_with_another_test(page, language):
    """The test exists and names the page or its folder, which has such blocks."""
    name = page.rstrip("/").rpartition("/")[2]
    assert name in (ROOT / ELSEWHERE[page, language]).read_text("utf-8")
    assert any(
        place.startswith(page) and language in ("", block.language) for place, block in BLOCKS
    )


def test_there_are_blocks():
    """Of each language that a test checks, and hundreds in all."""
    assert len(BLOCKS) > 500
    assert {block.language for _, block in BLOCKS} >= CHECKS.keys()
    assert sum(not elsewhere(page, block.language) for page, block in BLOCKS) > 450


@pytest.mark.parametrize(
    ("language", "text", "error"),
    [
        ("diff", " a\n b\n", AssertionError),
        ("diff", "+ a\nb\n", AssertionError),
        ("yaml", "a: [", yaml.YAMLError),
        ("json", '{"a": }', ValueError),
        ("toml", "a = ", ValueError),
        ("ini", "a", configparser.Error),
        ("terraform", "a = {{", LarkError),
        ("sh", "if true", AssertionError),
        ("console", "acmrules check .", AssertionError),
        ("python", "from acmrules import nothing", AssertionError),
        ("python", "import acmrules.nothing", ImportError),
        ("python", "if", SyntaxError),
        ("pycon", ">>> 1\n2\n", AssertionError),
        ("text", ">>> 1\n1\n", AssertionError),
    ],
)
def test_a_wrong_block_is_reported(language, text, error):
    """Each check can fail."""
    with pytest.raises(error):
        CHECKS[language]("docs/pages/reading.md", text)
