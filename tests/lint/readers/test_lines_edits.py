"""Changes written in lists of names."""

import pytest

from acmrules.lint import fixes
from acmrules.lint.readers import lines_edits
from acmrules.lint.readers.edits import Change
from acmrules.lint.readers.names import Lines
from acmrules.lint.rule import Edit
from acmrules.lint.source import Source
from mending import mended, refusals, with_edits


def test_names():
    """In a list of names a name has its line."""
    text = "# shop\nA.io # first\n\n  *.b.io\r\na.io # again\n # end"
    assert mended(text, "t.txt", unsafe=True) == "# shop\na.io # first\n\n  *.b.io\r\nb.io\n # end"
    assert mended("*.a.io", "t.txt", unsafe=True) == "*.a.io\na.io"
    assert refusals("b.a.io\x0ba.io\nb.a.io", "t.txt") == {}


@pytest.mark.parametrize(
    ("text", "edit", "reason"),
    [
        (
            "A.io",
            Edit(("validation_options", 0, "domain_name"), "b.io", insert=True),
            "such member",
        ),
        ("A.io", Edit(("tags",), "b.io"), "the value is not written in the file"),
    ],
)
def test_a_list_of_names_has_names_alone(text, edit, reason):
    """What a list of names cannot hold is not written into it."""
    with pytest.raises(fixes.Refused, match=reason):
        fixes.plan(with_edits(text, edit, name="t.txt"))
    lines = Lines(Source("t.txt", "a.io\x0bb.io"))
    for change in (Change((1,), {}, insert=True), Change((1,), None)):
        with pytest.raises(fixes.Refused):
            lines_edits.written(lines, change)
