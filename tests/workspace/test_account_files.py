"""Which files show what exists in an account."""

import json

from tests.support.commands import GOOD
from tests.support.responses import description

from acmrules.workspace.account_files import shows_account
from acmrules.workspace.other_texts import OnlyTexts


def shows(text):
    return shows_account("file.json", OnlyTexts({"file.json": text}))


def test_a_response_shows_an_account():
    """So does a list of them."""
    assert shows(json.dumps(description()))
    assert shows(json.dumps([description(), description(number=2)]))


def test_templates_and_broken_files_do_not():
    """The error of a broken file is that of the reader."""
    assert not shows(json.dumps(GOOD) if isinstance(GOOD, dict) else str(GOOD))
    assert not shows(json.dumps(description())[:-9])
    assert not shows("")
    assert not shows_account("missing.json", OnlyTexts({}))
