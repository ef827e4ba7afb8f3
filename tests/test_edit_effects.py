"""The effect of an edit: what the tool tries, combined with what ACM allows."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import days

from acmrules.edit_effects import COLUMNS, KEPT, REFUSED, UPDATES, Effect, effect
from acmrules.facts import sources, tools
from acmrules.facts.fact import CHECKED
from acmrules.request import Tool

_DOCS = Path(__file__).parent.parent / "docs" / "pages" / "compare.md"


@given(st.sampled_from([*UPDATES]), st.sampled_from(Tool), days(), st.booleans())
def test_an_edit_in_place_needs_the_tool_and_acm(attribute, tool, day, is_private):
    """An edit is in place only if the tool tries it and the API allows it."""
    fact = UPDATES[attribute]
    updates = (fact.history.era(day) or fact.history.eras[0]).value
    found = effect(attribute, tool, day, is_private=is_private)
    tried = getattr(updates, COLUMNS.get(tool, "api"))
    if found.value == "in place":
        assert tried == updates.api == "in place"
    elif tried == "in place":
        assert found.value in {REFUSED, "no effect", "edit refused"}
    else:
        assert found.value in {tried, "edit refused"}


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        (Tool.API, Effect("edit refused", "edit refused", sources.ACK_2773)),
        (Tool.TERRAFORM, Effect(REFUSED, "in place", sources.ACK_2773)),
        (Tool.CLOUDFORMATION, Effect(REFUSED, "in place", sources.ACK_2773)),
        (Tool.KUBERNETES, Effect("no effect", "in place", sources.CFN_CERT)),
    ],
)
def test_acm_does_not_update_the_options_of_private_certificates(tool, expected):
    """ACK skips this update, and the other tools try it."""
    assert effect("transparency_logging", tool, CHECKED, is_private=True) == expected


def test_the_sources_are_those_of_who_decides():
    """If ACM rejects what the tool tries, its error message is the source."""
    assert effect("export", Tool.TERRAFORM, CHECKED).source == tools.EXPORT_EDIT_ERROR.source
    assert effect("tags", Tool.TERRAFORM, CHECKED).source == sources.TF_CERT
    assert effect("export", Tool.API, CHECKED).is_disputed


@pytest.mark.parametrize("attribute", UPDATES)
def test_terraform_keeps_what_a_file_no_longer_sets(attribute):
    """Removing an argument that the provider also computes has no effect."""
    found = effect(attribute, Tool.TERRAFORM, CHECKED, is_removed=True)
    assert (found.value == KEPT) is (attribute in {"export", "key_algorithm", "validation_method"})
    assert effect(attribute, Tool.API, CHECKED, is_removed=True).value != KEPT


_WORDS = {REFUSED: "the deployment fails", "fixed": "new request", "edit refused": "refused"}


def test_the_table_in_the_documentation():
    """The page about `compare` has the effect of each attribute in each tool."""
    columns = (Tool.API, Tool.CLOUDFORMATION, Tool.TERRAFORM, Tool.KUBERNETES)
    written = re.findall(r"^\| `(\w+)` \| (.+) \|$", _DOCS.read_text("utf-8"), re.MULTILINE)
    rows = {name: cells.split(" | ") for name, cells in written if name in UPDATES}
    assert rows == {
        name: [_WORDS.get(e.value, e.value) for e in (effect(name, t, CHECKED) for t in columns)]
        for name in UPDATES
    }
