"""The command `schema`."""

import json

import pytest

from acmrules.cli.main import CLEAN, UNREADABLE, main
from acmrules.workspace.schemas import SCHEMAS, schema_text


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_printed_as_the_package_has_it(name, capsys):
    """Editors and validators read it from a file, or from a pipe."""
    assert main(["schema", name]) == CLEAN
    printed = capsys.readouterr().out
    assert printed == schema_text(name)
    assert json.loads(printed)["$schema"].endswith("2020-12/schema")


def test_an_unknown_schema_is_a_usage_error(capsys):
    """The message suggests a name."""
    assert main(["schema", "setting"]) == UNREADABLE
    assert "unknown schema `setting`; did you mean `settings`?" in capsys.readouterr().err
