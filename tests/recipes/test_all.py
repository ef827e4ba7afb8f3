"""The programs in `docs/pages/recipes` as a whole."""

import ast
import re

from tests.support.programs import FOLDER

PROGRAMS = sorted(FOLDER.glob("*.py"))


def test_the_page_lists_every_program():
    """Each program is in the table of the page, and each row has its file."""
    listed = re.findall(
        r"^\| \[(\w+\.py)\]\(\1\)", (FOLDER / "README.md").read_text(), re.MULTILINE
    )
    assert sorted(listed) == [path.name for path in PROGRAMS]


def test_no_program_needs_a_private_name():
    """Each import is of a public module, and each name is exported."""
    import acmrules
    from acmrules import arrow, lint
    from acmrules.arrow import spark

    public = {
        "acmrules": {*acmrules.__all__, "lint"},
        **{module.__name__: {*module.__all__} for module in (lint, arrow, spark)},
    }
    for path in (*PROGRAMS, *FOLDER.glob("columns/*.py")):
        tree = ast.parse(path.read_text())
        aliases = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                aliases |= {a.asname or a.name: a.name for a in node.names if "acmrules" in a.name}
            elif isinstance(node, ast.ImportFrom) and "acmrules" in (node.module or ""):
                assert {alias.name for alias in node.names} <= public[node.module], path.name
                aliases |= {a.asname or a.name: f"acmrules.{a.name}" for a in node.names}
        assert aliases, path.name
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_") or node.attr == "__init__", path.name
                if isinstance(node.value, ast.Name) and aliases.get(node.value.id) in public:
                    assert node.attr in public[aliases[node.value.id]], path.name
